import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import {
  type Curve,
  ecKey,
  ed25519Key,
  type KeyPair,
  parsePrivateKey,
  privateKeyPem,
  publicKeyDer,
  readPem,
  rsaKey,
  toPem,
} from '../../../machine/x509/index.ts';
import { type Call, OpensslFailure, queued, readStore, unreadable, writeOut } from './call.ts';

const CURVES: Readonly<Record<string, Curve>> = {
  prime256v1: 'prime256v1',
  'P-256': 'prime256v1',
  secp256r1: 'prime256v1',
  secp384r1: 'secp384r1',
  'P-384': 'secp384r1',
};

const MOST_BITS = 4096;

export function curveNamed(name: string): Curve | undefined {
  return Object.hasOwn(CURVES, name) ? CURVES[name] : undefined;
}

export function makeRsa(call: Call, bits: number): KeyPair {
  if (bits < 512) {
    const why = '0200011A:rsa routines:rsa_multiprime_keygen:key size too small:../crypto/rsa/rsa_gen.c:175:';
    throw new OpensslFailure(`Error generating RSA key\n${queued(call, why)}`);
  }
  if (bits > MOST_BITS) throw new OpensslFailure(`kubeproctor does not simulate RSA keys of more than ${MOST_BITS} bits\n`);
  return rsaKey(call.random, bits + (bits % 2));
}

/** What a search for primes leaves on the terminal. */
export function primeDots(call: Call): string {
  const { random } = call;
  const run = (): string => Array.from({ length: 4 + random.int(90) }, () => (random.int(6) === 0 ? '+' : '.')).join('');
  const found = '+'.repeat(65);
  const prime = (): string => `${run()}${found}*${run()}${found}*${run()}${found}\n`;
  return prime() + prime();
}

export interface KeyOrder {
  readonly algorithm: string;
  /** `rsa_keygen_bits:2048`, `ec_paramgen_curve:P-256`. */
  readonly options: readonly string[];
  readonly bits?: number;
}

/** A new key, with what is said on stderr meanwhile; undefined for an unknown algorithm. */
export function orderKey(call: Call, { algorithm, options, bits }: KeyOrder): { key: KeyPair; chatter: string } | undefined {
  const option = (name: string) => options.findLast((one) => one.startsWith(`${name}:`))?.slice(name.length + 1);
  const kind = algorithm.toLowerCase();
  if (kind === 'rsa') return { key: makeRsa(call, Number(option('rsa_keygen_bits') ?? bits ?? 2048)), chatter: primeDots(call) };
  if (kind === 'ed25519') return { key: ed25519Key(call.random), chatter: '' };
  if (kind !== 'ec') return undefined;
  const name = option('ec_paramgen_curve') ?? option('group');
  const curve = name === undefined ? undefined : curveNamed(name);
  if (!curve) {
    const detail =
      name === undefined
        ? '1C800099:Provider routines:ec_gen:no parameters set:../providers/implementations/keymgmt/ec_kmgmt.c:1148:'
        : `0800008D:elliptic curve routines:group_new_from_name:invalid curve:../crypto/ec/ec_lib.c:1465:`;
    throw new OpensslFailure(`genpkey: Error generating EC key\n${queued(call, detail)}`);
  }
  return { key: ecKey(call.random, curve), chatter: '' };
}

/** The private key in a file; worded as openssl does where there is none. */
export async function loadKey(call: Call, path: string | undefined, { what = 'private key', after = '' } = {}): Promise<KeyPair> {
  const bytes = await readStore(call, path, what, after);
  const key = parsePrivateKey(bytes.toString('latin1')) ?? derKey(bytes);
  if (!key) throw unreadable(path, what, after);
  return key;
}

function derKey(der: Buffer): KeyPair | undefined {
  for (const type of ['pkcs8', 'pkcs1', 'sec1'] as const) {
    try {
      const privateKey = createPrivateKey({ key: der, format: 'der', type });
      return { privateKey, publicKey: createPublicKey(privateKey) };
    } catch {}
  }
  return undefined;
}

export async function loadPublicKey(call: Call, path: string | undefined): Promise<KeyObject> {
  const bytes = await readStore(call, path, 'public key');
  const block = readPem(bytes.toString('latin1')).find(({ label }) => label === 'PUBLIC KEY');
  try {
    return createPublicKey({ key: block?.der ?? bytes, format: 'der', type: 'spki' });
  } catch {
    throw unreadable(path, 'public key');
  }
}

export const publicKeyPem = (key: KeyObject): string => toPem('PUBLIC KEY', publicKeyDer(key));

/** A private key in the form asked for by `-outform`; `traditional` names its algorithm. */
export function keyContent(key: KeyPair, form: string | undefined, traditional = false): string | Uint8Array {
  const pem = privateKeyPem(key, traditional);
  return form?.toUpperCase() === 'DER' ? (readPem(pem)[0]?.der ?? '') : pem;
}

export const writeKey = (call: Call, key: KeyPair, traditional = false): Promise<void> =>
  writeOut(call, call.value('out'), keyContent(key, call.value('outform'), traditional), { secret: true });

export const writePublicKey = (call: Call, key: KeyObject): Promise<void> =>
  writeOut(call, call.value('out'), call.value('outform')?.toUpperCase() === 'DER' ? publicKeyDer(key) : publicKeyPem(key));

export function refuseEncryption(call: Call, ...options: readonly string[]): void {
  if (options.some((option) => call.has(option))) throw new OpensslFailure('kubeproctor does not simulate encrypted keys\n');
}
