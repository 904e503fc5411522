import { parseDuration } from '../../../api/machinery/duration.ts';

/** One flag. `parse` takes the text given and the value so far (repeated flags), and throws an Error with Go's words. */
export interface FlagSpec<T = unknown> {
  readonly type: FlagType;
  readonly short?: string | undefined;
  readonly default: T;
  readonly help: string;
  /** The value of the flag when it stands alone (`--dry-run`, booleans). */
  readonly bare?: string | undefined;
  readonly deprecated?: string | undefined;
  readonly required?: boolean | undefined;
  readonly hidden?: boolean | undefined;
  /** What tab completion offers. */
  readonly values?: readonly string[] | undefined;
  parse(text: string, before: T, first: boolean): T;
}

export type FlagType = 'bool' | 'string' | 'int' | 'list' | 'duration';
export type FlagSpecs = Readonly<Record<string, FlagSpec>>;
export type FlagValues<F extends FlagSpecs> = { readonly [K in keyof F]: F[K] extends FlagSpec<infer T> ? T : never };

interface Extras<T> {
  readonly default?: T;
  readonly bare?: string;
  readonly deprecated?: string;
  readonly required?: boolean;
  readonly hidden?: boolean;
  readonly values?: readonly string[];
}

/** The first word may be a shorthand letter: `bool('A', 'Look in every namespace.')`. */
type Maker<T> = (short: string, help: string, extras?: Extras<T>) => FlagSpec<T>;

const maker =
  <T>(type: FlagType, empty: T, parse: FlagSpec<T>['parse']): Maker<T> =>
  (short, help, extras = {}) => ({
    type,
    short: short || undefined,
    help,
    ...extras,
    default: extras.default ?? empty,
    bare: extras.bare ?? (type === 'bool' ? 'true' : undefined),
    parse,
  });

export const bool = maker<boolean>('bool', false, parseBool);
export const string = maker<string>('string', '', (text) => text);
export const int = maker<number>('int', 0, parseInteger);
/** Virtual milliseconds; prints as Go's durations do. */
export const duration = maker<number>('duration', 0, (text) => parseDuration(text));
/** pflag's StringSlice: commas separate, repeats add up. */
export const strings = maker<readonly string[]>('list', [], (text, before, first) => [...(first ? [] : before), ...splitCsv(text)]);
/** pflag's StringArray: one value per flag, commas and all. */
export const array = maker<readonly string[]>('list', [], (text, before, first) => [...(first ? [] : before), text]);
/** pflag's StringToString: NAME=value, commas separate, repeats add up. */
export const pairs = maker<readonly string[]>('list', [], (text, before, first) => [...(first ? [] : before), ...splitPairs(text)]);

function splitPairs(text: string): string[] {
  const found = text.split('=').length === 2 ? [text.replace(/^"|"$/g, '')] : splitCsv(text);
  const broken = text.includes('=') ? found.find((pair) => !pair.includes('=')) : text;
  if (broken !== undefined) throw new Error(`${broken} must be formatted as key=value`);
  return found;
}

function parseBool(text: string): boolean {
  if (['1', 't', 'T', 'true', 'TRUE', 'True'].includes(text)) return true;
  if (['0', 'f', 'F', 'false', 'FALSE', 'False'].includes(text)) return false;
  throw new Error(`strconv.ParseBool: parsing ${JSON.stringify(text)}: invalid syntax`);
}

function parseInteger(text: string): number {
  if (!/^[+-]?\d+$/.test(text)) throw new Error(`strconv.ParseInt: parsing ${JSON.stringify(text)}: invalid syntax`);
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new Error(`strconv.ParseInt: parsing ${JSON.stringify(text)}: value out of range`);
  return value;
}

/** One CSV record: quotes protect commas. */
export function splitCsv(text: string): string[] {
  if (text === '') return [];
  const fields: string[] = [];
  let field = '';
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (quoted && c === '"' && text[i + 1] === '"') {
      field += '"';
      i++;
    } else if (c === '"' && (quoted || field === '')) quoted = !quoted;
    else if (c === ',' && !quoted) {
      fields.push(field);
      field = '';
    } else field += c;
  }
  return [...fields, field];
}
