/** A volume cannot be mounted; the message is what follows `MountVolume.SetUp failed for volume "x" : `. */
export class MountError extends Error {
  override readonly name = 'MountError';
  /** The whole sentence, where it is not of the usual form. */
  readonly sentence: string | undefined;

  constructor(message: string, sentence?: string) {
    super(message);
    this.sentence = sentence;
  }
}
