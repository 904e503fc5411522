import { createHash, createHmac, sign, verify } from 'node:crypto';
import { FileError } from '../../../machine/index.ts';
import { openInput, readAll } from '../input.ts';
import { type Call, DIGESTS, OpensslFailure, queued, readPlain, type Subcommand, writeOut } from './call.ts';
import { loadKey, loadPublicKey } from './keys.ts';

const OPTIONS = 'hex binary r c out= hmac= sign= verify= signature= prverify= d list';

/** As named by its own option, and as the unnamed default. */
const LABELS: Readonly<Record<string, string>> = {
  md5: 'MD5',
  sha1: 'SHA1',
  sha224: 'SHA2-224',
  sha256: 'SHA2-256',
  sha384: 'SHA2-384',
  sha512: 'SHA2-512',
};

async function run(call: Call): Promise<number> {
  const digest = DIGESTS.includes(call.name) ? call.name : (call.digest ?? 'sha256');
  const label = call.name === 'dgst' && call.digest === undefined ? 'SHA256' : (LABELS[digest] ?? digest);
  let status = 0;
  for (const path of call.operands.length > 0 ? call.operands : [undefined]) {
    const bytes = await readInput(call, path);
    if (bytes) status = Math.max(status, await tell(call, { digest, label, path, bytes }));
    else status = 1;
  }
  return status;
}

async function readInput(call: Call, path: string | undefined): Promise<Buffer | undefined> {
  try {
    return Buffer.from(await readAll(openInput(call.process, path ?? '-')));
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    const code = error.code === 'EACCES' ? '8000000D' : '80000002';
    const first = `${code}:system library:file_ctrl:${error.message}:../crypto/bio/bss_file.c:297:calling fopen(${path}, r)`;
    await call.process.error(
      `${path}: ${error.message}\n${queued(call, first, '10080002:BIO routines:file_ctrl:system lib:../crypto/bio/bss_file.c:300:')}`,
    );
    return undefined;
  }
}

interface Input {
  readonly digest: string;
  readonly label: string;
  readonly path: string | undefined;
  readonly bytes: Buffer;
}

async function tell(call: Call, { digest, label, path, bytes }: Input): Promise<number> {
  const verifier = call.value('verify');
  if (verifier !== undefined) return check(call, { digest, label, path, bytes }, verifier);
  const signer = call.value('sign');
  if (signer !== undefined) {
    const { privateKey } = await loadKey(call, signer);
    await writeOut(call, call.value('out'), sign(digest, bytes, privateKey));
    return 0;
  }
  const key = call.value('hmac');
  const hash = key === undefined ? createHash(digest) : createHmac(digest, key);
  const result = hash.update(bytes).digest();
  const hex = call.has('c') ? (result.toString('hex').match(/../g) ?? []).join(':') : result.toString('hex');
  const title = key === undefined ? label : `HMAC-${label}`;
  const text = call.has('r') ? `${hex} *${path ?? 'stdin'}\n` : `${title}(${path ?? 'stdin'})= ${hex}\n`;
  await writeOut(call, call.value('out'), call.has('binary') ? result : text);
  return 0;
}

async function check(call: Call, { digest, bytes }: Input, keyFile: string): Promise<number> {
  const signature = call.value('signature');
  if (signature === undefined) throw new OpensslFailure('No signature to verify: use the -signature option\n');
  const key = await loadPublicKey(call, keyFile);
  const good = verify(digest, bytes, key, await readPlain(call, signature));
  await call.process.print(good ? 'Verified OK\n' : 'Verification failure\n');
  return good ? 0 : 1;
}

export const dgst: Subcommand = { names: ['dgst', ...DIGESTS], options: OPTIONS, digests: 'checked', run };
