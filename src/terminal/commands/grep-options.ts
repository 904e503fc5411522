import { chomp, openInput, readText } from './input.ts';
import { posixRegex } from './posix-regex.ts';
import type { Invocation } from './utility.ts';

export const GREP_OPTIONS =
  'E,extended-regexp F,fixed-strings G,basic-regexp P,perl-regexp e,regexp= f,file= i,ignore-case y no-ignore-case w,word-regexp x,line-regexp ' +
  'z,null-data s,no-messages v,invert-match m,max-count= b,byte-offset n,line-number line-buffered H,with-filename h,no-filename label= ' +
  'o,only-matching q,quiet,silent binary-files= a,text I d,directories= D,devices= r,recursive R,dereference-recursive include= exclude= ' +
  'exclude-from= exclude-dir= L,files-without-match l,files-with-matches c,count T,initial-tab Z,null A,after-context= B,before-context= ' +
  'C,context= group-separator= no-group-separator color,colour? U,binary V';

export interface GrepSettings {
  readonly pattern: RegExp;
  readonly invert: boolean;
  readonly limit: number;
  readonly before: number;
  readonly after: number;
  readonly color: boolean;
  readonly terminator: string;
}

export const grepPatternsGiven = ({ options }: Invocation): boolean => options.has('e') || options.has('f');

export async function readPatterns(u: Invocation): Promise<string[]> {
  const patterns = u.options.values('e');
  for (const file of u.options.values('f')) {
    const text = await readText(openInput(u.process, file));
    if (text !== '') patterns.push(chomp(text));
  }
  return patterns.flatMap((pattern) => pattern.split('\n'));
}

/** All patterns as one expression. */
export function compilePatterns(u: Invocation, patterns: readonly string[]): RegExp {
  const kind = u.options.last('E', 'F', 'G', 'P') ?? (u.name.includes('egrep') ? 'E' : u.name.includes('fgrep') ? 'F' : 'G');
  const word = (source: string) => `(?<![\\p{L}\\p{N}_])(?:${source})(?![\\p{L}\\p{N}_])`;
  const wrap = (source: string) => (u.options.has('x') ? `^(?:${source})$` : u.options.has('w') ? word(source) : source);
  const each = patterns.map((pattern) =>
    posixRegex(pattern, { extended: kind === 'E', fixed: kind === 'F', perl: kind === 'P', wrap, ignoreCase: isCaseless(u), flags: 'gm' }),
  );
  const [only] = each;
  if (each.length === 1 && only) return only;
  if (!only) return /(?!)/g;
  return new RegExp(each.map(({ source }) => `(?:${source})`).join('|'), only.flags);
}

const isCaseless = ({ options }: Invocation): boolean => ['i', 'y'].includes(options.last('i', 'y', 'no-ignore-case') ?? '');

export function wantsColor({ options, process }: Invocation): boolean {
  const when = options.has('color') ? (options.value('color') ?? 'auto') : 'never';
  return when === 'always' || (when === 'auto' && process.stdout.tty !== undefined && process.env.get('TERM') !== 'dumb');
}
