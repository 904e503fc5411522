const POWERS = 'KMGTPE';

/** `10`, `2k`, `1M`, `3MB`, `1KiB`, `5b` as coreutils reads counts; undefined when it is none. */
export function parseSize(text: string): number | undefined {
  const match = /^(\d+)(?:(b)|([kKMGTPE])(i?B)?)?$/.exec(text);
  if (!match) return undefined;
  const [, digits = '', blocks, letter, suffix] = match;
  const value = Number(digits);
  if (blocks) return value * 512;
  if (!letter) return value;
  return value * (suffix === 'B' ? 1000 : 1024) ** (POWERS.indexOf(letter.toUpperCase()) + 1);
}

/** 1.5K, 12M: one decimal below ten, rounded up, as `ls -h` and `df -h` show sizes. */
export function humanSize(bytes: number, base: 1000 | 1024 = 1024): string {
  if (bytes < base) return String(bytes);
  let value = bytes;
  let power = -1;
  while (value >= base && power < POWERS.length - 1) {
    value /= base;
    power++;
  }
  const rounded = value < 10 ? Math.ceil(value * 10) / 10 : Math.ceil(value);
  if (rounded >= base && power < POWERS.length - 1) return `1.0${POWERS.charAt(power + 1)}`;
  const letter = base === 1000 && power === 0 ? 'k' : POWERS.charAt(power);
  return `${rounded < 10 ? rounded.toFixed(1) : Math.ceil(value)}${letter}`;
}
