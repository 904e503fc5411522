/** The user asked for something that cannot be done; the message is the whole sentence. Exit code 2 unless said otherwise. */
export class CliError extends Error {
  override readonly name = 'CliError';
  readonly code: number;

  constructor(message: string, code = 2) {
    super(message);
    this.code = code;
  }
}

/** One line for any failure, and the exit code it deserves. What nobody foresaw is a bug: it says so, and shows its trace only on demand. */
export function wordError(error: unknown): { message: string; code: number } {
  if (error instanceof CliError) return { message: error.message, code: error.code };
  if (error instanceof Error && error.name === 'ContentError') return { message: error.message, code: 2 };
  if (error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')) {
    return { message: `${firstSentence(error.message)}; \`kubeproctor --help\` lists the flags`, code: 2 };
  }
  if (process.env.KUBEPROCTOR_TRACE && error instanceof Error) return { message: error.stack ?? error.message, code: 70 };
  const reason = error instanceof Error ? error.message : String(error);
  return { message: `something went wrong that should not have: ${reason.split('\n')[0]} (KUBEPROCTOR_TRACE=1 shows where)`, code: 70 };
}

const firstSentence = (text: string) => text.split(/\. |\n/)[0]?.replace(/\.$/, '') ?? text;
