import { UsageError } from '../errors.ts';

/** `x.y`, `.x.y`, `{x.y}` and `{.x.y}` all mean `{.x.y}`. */
export function relaxedPath(text: string): string {
  if (text === '') return text;
  const match = /^\{\.?([^{}]+)\}$/.exec(text) ?? /^\.?([^{}]+)$/.exec(text);
  if (!match) throw new UsageError(`unexpected path string, expected a 'name1.name2' or '.name1.name2' or '{name1.name2}' or '{.name1.name2}'`);
  return `{.${match[1]}}`;
}
