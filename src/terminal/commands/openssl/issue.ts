import type { Digest, KeyPair } from '../../../machine/x509/keys.ts';
import { type Call, OpensslFailure } from './call.ts';

const DAY = 86_400_000;

export function daysOf(call: Call): number {
  const days = call.value('days') ?? '30';
  if (!/^\+?\d+$/.test(days) || Number(days) === 0) {
    const why = /^-?\d+$/.test(days) ? `Non-positive number "${days}" for option -days` : `Can't parse "${days}" as a number`;
    throw new OpensslFailure(`${call.name}: ${why}\n${call.name}: Use -help for summary.\n`);
  }
  return Number(days);
}

/** From now, in whole seconds, for `-days`. */
export function validity(call: Call): { notBefore: number; notAfter: number } {
  const notBefore = Math.floor(call.process.clock.now() / 1000) * 1000;
  return { notBefore, notAfter: notBefore + daysOf(call) * DAY };
}

/** 159 random bits. */
export function randomSerial(call: Call): bigint {
  const bytes = Buffer.from(call.random.bytes(20));
  bytes[0] = (bytes[0] ?? 0) & 0x7f;
  return BigInt(`0x${bytes.toString('hex')}`);
}

export function statedSerial(call: Call): bigint | undefined {
  const text = call.value('set_serial');
  if (text === undefined) return undefined;
  try {
    return BigInt(text);
  } catch {
    throw new OpensslFailure(`${call.name}: Unable to parse serial number "${text}"\n`);
  }
}

export function signatureDigest(call: Call): Digest {
  const { digest = 'sha256' } = call;
  if (digest === 'sha256' || digest === 'sha384' || digest === 'sha512') return digest;
  throw new OpensslFailure(`kubeproctor does not simulate signatures with ${digest}\n`);
}

export const belongsTogether = (key: KeyPair, spki: Buffer): boolean => key.publicKey.export({ format: 'der', type: 'spki' }).equals(spki);
