import { checkPrimeSync } from 'node:crypto';
import { integer, sequence } from './der.ts';
import type { ByteSource } from './keys.ts';

const EXPONENT = 65537n;
const SMALL_PRIMES = [3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97].map(BigInt);

/** An RSA private key in PKCS#1, wholly determined by the source's bytes. */
export function generateRsa(source: ByteSource, bits: number): Buffer {
  const p = prime(source, bits / 2);
  const q = prime(source, bits / 2);
  const d = inverse(EXPONENT, (p - 1n) * (q - 1n));
  return sequence(...[0n, p * q, EXPONENT, d, p, q, d % (p - 1n), d % (q - 1n), inverse(q, p)].map(integer));
}

function prime(source: ByteSource, bits: number): bigint {
  const bytes = Buffer.from(source.bytes(Math.ceil(bits / 8)));
  bytes[0] = (bytes[0] ?? 0) | 0xc0;
  let candidate = BigInt(`0x${bytes.toString('hex')}`) | 1n;
  while (!isSuitable(candidate)) candidate += 2n;
  return candidate;
}

const isSuitable = (n: bigint): boolean => SMALL_PRIMES.every((p) => n % p !== 0n) && (n - 1n) % EXPONENT !== 0n && checkPrimeSync(n);

function inverse(value: bigint, modulus: bigint): bigint {
  let [r0, r1, s0, s1] = [modulus, value % modulus, 0n, 1n];
  while (r1 !== 0n) {
    const quotient = r0 / r1;
    [r0, r1, s0, s1] = [r1, r0 - quotient * r1, s1, s0 - quotient * s1];
  }
  return ((s0 % modulus) + modulus) % modulus;
}
