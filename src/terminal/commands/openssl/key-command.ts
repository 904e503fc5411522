import { type Call, OpensslFailure, refuseOperands, writeOut } from './call.ts';
import { modulusOf, privateKeyText, publicKeyText } from './key-text.ts';
import { loadKey, loadPublicKey, refuseEncryption, writeKey, writePublicKey } from './keys.ts';

export const KEY_OPTIONS =
  'in= out= inform= outform= noout text text_pub pubin pubout check passin= passout= traditional aes256 aes-256-cbc aes128 des3';

/** How `rsa`, `ec` and `pkey` differ. */
export interface KeyCommand {
  /** `RSA`, `EC`: told on stderr when a key is written. */
  readonly label?: string;
  readonly announcesReading?: boolean;
  readonly traditional?: boolean;
  /** Said by `-check`. */
  readonly sound: string;
  /** `pkey` prints the key before its text, the others the text before the key. */
  readonly keyFirst?: boolean;
}

/** Reads a key and prints it in the forms asked for. */
export async function runKeyCommand(call: Call, command: KeyCommand): Promise<number> {
  refuseOperands(call);
  refuseEncryption(call, 'aes256', 'aes-256-cbc', 'aes128', 'des3');
  if (command.announcesReading) await call.process.error('read EC key\n');
  if (call.has('pubin')) return showPublic(call, command);
  const key = await loadKey(call, call.value('in'));
  const { publicKey } = key;
  if (command.label === 'RSA' && publicKey.asymmetricKeyType !== 'rsa') throw new OpensslFailure('Not an RSA key\n');
  const asText = call.has('text') ? privateKeyText(key) : call.has('text_pub') ? publicKeyText(publicKey, 0) : '';
  const beside = (text: string) => (text === '' ? Promise.resolve() : call.process.print(text));
  if (!command.keyFirst) await beside(asText);
  if (call.has('modulus')) await beside(`Modulus=${modulusOf(publicKey).toString('hex').toUpperCase()}\n`);
  if (call.has('check')) await call.process[command.label === 'EC' ? 'error' : 'print'](`${command.sound}\n`);
  if (!call.has('noout')) {
    if (command.label) await call.process.error(`writing ${command.label} key\n`);
    if (call.has('pubout')) await writePublicKey(call, publicKey);
    else await writeKey(call, key, (command.traditional ?? false) || call.has('traditional'));
  }
  if (command.keyFirst) await beside(asText);
  return 0;
}

async function showPublic(call: Call, { label, keyFirst }: KeyCommand): Promise<number> {
  const key = await loadPublicKey(call, call.value('in'));
  const asText = call.has('text') || call.has('text_pub') ? publicKeyText(key, 0) : '';
  if (!keyFirst && asText !== '') await call.process.print(asText);
  if (call.has('modulus')) await call.process.print(`Modulus=${modulusOf(key).toString('hex').toUpperCase()}\n`);
  if (!call.has('noout')) {
    if (label) await call.process.error(`writing ${label} key\n`);
    await writePublicKey(call, key);
  }
  if (keyFirst && asText !== '') await writeOut(call, undefined, asText);
  return 0;
}
