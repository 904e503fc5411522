import { type Call, OpensslFailure, readPlain, refuseOperands, type Subcommand, writeOut } from './call.ts';

export const base64Lines = (bytes: Uint8Array): string =>
  (
    Buffer.from(bytes)
      .toString('base64')
      .match(/.{1,64}/g) ?? []
  )
    .map((line) => `${line}\n`)
    .join('');

const OPTIONS = 'in= out= d e A a base64 none';
const CIPHERS = 'aes-256-cbc aes-128-cbc aes256 aes128 des3 k= pass= pbkdf2 iter= salt nosalt K= iv= md= p';

async function code(call: Call): Promise<number> {
  refuseOperands(call);
  const bytes = await readPlain(call, call.value('in'));
  const coded = call.name === 'base64' || call.has('base64') || call.has('a');
  const content = !coded ? bytes : call.has('d') ? decode(bytes, call.has('A')) : call.has('A') ? bytes.toString('base64') : base64Lines(bytes);
  if (content.length > 0) await writeOut(call, call.value('out'), content);
  return 0;
}

/** Without `-A` a text of a single line that does not end gives nothing; neither does anything but base64. */
function decode(bytes: Buffer, single: boolean): Buffer {
  const text = bytes.toString('latin1');
  if (!single && (!text.includes('\n') || /[^A-Za-z0-9+/=\s]/.test(text))) return Buffer.alloc(0);
  return Buffer.from(text.replace(/\s/g, ''), 'base64');
}

export const enc: Subcommand = {
  names: ['enc'],
  options: `${OPTIONS} ${CIPHERS}`,
  run(call) {
    const cipher = call.given.find(({ name }) => ` ${CIPHERS} `.includes(` ${name} `));
    if (cipher) throw new OpensslFailure(`kubeproctor does not simulate openssl enc -${cipher.name}\n`);
    return code(call);
  },
};

export const base64: Subcommand = { names: ['base64'], options: OPTIONS, run: code };
