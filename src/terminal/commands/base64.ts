import { openInput, readAll } from './input.ts';
import { quote, quoteIfNeeded } from './quoting.ts';
import { defineUtility, Failure } from './utility.ts';

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

export const base64 = defineUtility({
  names: ['base64', 'base32'],
  options: 'd,D,decode i,ignore-garbage w,wrap=',
  usage: 'base64 [OPTION]... [FILE]',
  async run(u) {
    const [name = '-', extra] = u.operands;
    if (extra !== undefined) throw new Failure(`extra operand ${quote(extra)}`, { usage: true });
    const wrap = u.options.value('w') ?? '76';
    if (!/^\d+$/.test(wrap)) throw new Failure(`invalid wrap size: ${quote(wrap)}`);
    await u.tolerate(quoteIfNeeded(name), async () => {
      const bytes = await readAll(openInput(u.process, name));
      const codec = u.name === 'base32' ? base32 : base64Codec;
      if (!u.options.has('d')) return u.print(wrapped(codec.encode(bytes), Number(wrap)));
      const text = new TextDecoder('latin1').decode(bytes).replaceAll('\n', '');
      const { decoded, valid } = codec.decode(u.options.has('i') ? text.replace(codec.garbage, '') : text);
      if (decoded.length > 0) await u.process.stdout.write(decoded);
      if (!valid) await u.complain('invalid input');
    });
  },
});

function wrapped(text: string, width: number): string {
  if (width === 0) return text;
  return (text.match(new RegExp(`.{1,${width}}`, 'g')) ?? []).map((line) => `${line}\n`).join('');
}

const base64Codec = {
  garbage: /[^A-Za-z0-9+/=]/g,
  encode: (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64'),
  decode(text: string): { decoded: Uint8Array; valid: boolean } {
    const good = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?/.exec(text)?.[0] ?? '';
    const rest = text.slice(good.length);
    const partial = /^[A-Za-z0-9+/]{2,3}/.exec(rest)?.[0] ?? '';
    return { decoded: Buffer.from(good + partial, 'base64'), valid: rest === '' };
  },
};

const base32 = {
  garbage: /[^A-Z2-7=]/g,
  encode(bytes: Uint8Array): string {
    let bits = '';
    for (const byte of bytes) bits += byte.toString(2).padStart(8, '0');
    const digits = (bits.match(/.{1,5}/g) ?? []).map((five) => DIGITS.charAt(Number.parseInt(five.padEnd(5, '0'), 2))).join('');
    return digits.padEnd(Math.ceil(digits.length / 8) * 8, '=');
  },
  decode(text: string): { decoded: Uint8Array; valid: boolean } {
    const digits = /^[A-Z2-7]*/.exec(text)?.[0] ?? '';
    const bits = Array.from(digits, (digit) => DIGITS.indexOf(digit).toString(2).padStart(5, '0')).join('');
    return { decoded: Uint8Array.from(bits.match(/.{8}/g) ?? [], (byte) => Number.parseInt(byte, 2)), valid: /^=*$/.test(text.slice(digits.length)) };
  },
};
