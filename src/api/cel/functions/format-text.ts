import { byCodePoint } from '../../machinery/json.ts';
import { textOf } from '../text.ts';
import { CelError, CelMap, CelUint, type CelValue, isList, typeNameOf } from '../values.ts';

const CLAUSE = /%(%|(?:\.(\d+))?([a-zA-Z]))/g;

/** `'%s has %d'.format([…])` */
export function formatText(format: string, args: readonly CelValue[]): string {
  let index = 0;
  return format.replace(CLAUSE, (_all, what: string, precision: string | undefined, verb: string | undefined) => {
    if (what === '%') return '%';
    if (index >= args.length) throw new CelError(`index ${index} out of range`);
    const arg = args[index] ?? null;
    index += 1;
    return show(verb ?? '', arg, precision === undefined ? 6 : Number(precision));
  });
}

function show(verb: string, arg: CelValue, precision: number): string {
  switch (verb) {
    case 's':
      return shownString(arg);
    case 'd':
      return whole(arg, 'decimal', 'integers').toString();
    case 'f':
      return real(arg, 'fixed-point').toFixed(precision);
    case 'e':
      return real(arg, 'scientific')
        .toExponential(precision)
        .replace(/e([+-])(\d)$/, 'e$10$2');
    case 'b':
      return typeof arg === 'boolean' ? (arg ? '1' : '0') : whole(arg, 'binary', 'integers and bools').toString(2);
    case 'o':
      return whole(arg, 'octal', 'integers').toString(8);
    case 'x':
    case 'X':
      return verb === 'X' ? hex(arg).toUpperCase() : hex(arg);
    default:
      throw new CelError(`unrecognized formatting clause "${verb}"`);
  }
}

const clauseError = (name: string, takes: string, given: CelValue): CelError =>
  new CelError(`error during formatting: ${name} clause can only be used on ${takes}, was given ${typeNameOf(given)}`);

function whole(arg: CelValue, name: string, takes: string): bigint {
  if (typeof arg === 'bigint') return arg;
  if (arg instanceof CelUint) return arg.value;
  throw clauseError(name, takes, arg);
}

function real(arg: CelValue, name: string): number {
  if (typeof arg === 'number') return arg;
  if (typeof arg === 'bigint') return Number(arg);
  if (arg instanceof CelUint) return Number(arg.value);
  throw clauseError(name, 'doubles', arg);
}

function hex(arg: CelValue): string {
  const bytes = typeof arg === 'string' ? new TextEncoder().encode(arg) : arg;
  if (bytes instanceof Uint8Array) return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return whole(arg, 'hex', 'integers, byte buffers, and strings').toString(16);
}

function shownString(arg: CelValue): string {
  if (isList(arg)) return `[${arg.map(shownString).join(', ')}]`;
  if (arg instanceof CelMap) {
    const parts = arg.entries().map(([key, value]) => `${shownString(key)}: ${shownString(value)}`);
    return `{${parts.sort(byCodePoint).join(', ')}}`;
  }
  return textOf(arg) ?? typeNameOf(arg);
}
