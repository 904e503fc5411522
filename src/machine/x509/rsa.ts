import { checkPrimeSync } from 'node:crypto';
import { integer, sequence } from './der.ts';
import type { ByteSource } from './keys.ts';

const EXPONENT = 65537n;
const SIEVED = 2_000;
const SMALL_PRIMES = primesBelow(SIEVED);

/** An RSA private key in PKCS#1, wholly determined by the source's bytes. */
export function generateRsa(source: ByteSource, bits: number): Buffer {
  const p = prime(source, bits / 2);
  const q = prime(source, bits / 2);
  const d = inverse(EXPONENT, (p - 1n) * (q - 1n));
  return sequence(...[0n, p * q, EXPONENT, d, p, q, d % (p - 1n), d % (q - 1n), inverse(q, p)].map(integer));
}

/** The next prime from a random start; remainders by small primes are kept along, which spares dividing most candidates. */
function prime(source: ByteSource, bits: number): bigint {
  const bytes = Buffer.from(source.bytes(Math.ceil(bits / 8)));
  bytes[0] = (bytes[0] ?? 0) | 0xc0;
  const start = BigInt(`0x${bytes.toString('hex')}`) | 1n;
  const remainders = SMALL_PRIMES.map((p) => Number(start % BigInt(p)));
  for (let step = 0; ; step += 2) {
    if (SMALL_PRIMES.some((p, n) => ((remainders[n] ?? 0) + step) % p === 0)) continue;
    const candidate = start + BigInt(step);
    if ((candidate - 1n) % EXPONENT !== 0n && checkPrimeSync(candidate)) return candidate;
  }
}

function primesBelow(limit: number): number[] {
  const composite = new Uint8Array(limit);
  const primes: number[] = [];
  for (let n = 3; n < limit; n += 2) {
    if (composite[n]) continue;
    primes.push(n);
    for (let multiple = n * n; multiple < limit; multiple += 2 * n) composite[multiple] = 1;
  }
  return primes;
}

function inverse(value: bigint, modulus: bigint): bigint {
  let [r0, r1, s0, s1] = [modulus, value % modulus, 0n, 1n];
  while (r1 !== 0n) {
    const quotient = r0 / r1;
    [r0, r1, s0, s1] = [r1, r0 - quotient * r1, s1, s0 - quotient * s1];
  }
  return ((s0 % modulus) + modulus) % modulus;
}
