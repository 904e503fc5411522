import { isPlainObject } from './json.ts';
import { compareYamlKeys, formatYamlNumber } from './yaml-order.ts';
import { chooseStyle, writeDoubleQuoted, writeLiteral, writePlain, writeSingleQuoted } from './yaml-styles.ts';

/** Text under construction that knows its column, for go-yaml folds long lines by it. */
export class YamlText {
  #parts: string[] = [];
  column = 0;

  add(text: string): void {
    this.#parts.push(text);
    const newline = text.lastIndexOf('\n');
    this.column = newline < 0 ? this.column + [...text].length : [...text.slice(newline + 1)].length;
  }

  toString(): string {
    return this.#parts.join('');
  }
}

/** The value as sigs.k8s.io/yaml prints it: sorted keys, two spaces, lists not indented under their key. Ends with a newline. */
export function toYaml(value: unknown): string {
  const out = new YamlText();
  writeNode(out, value, 0, 'root');
  const text = out.toString();
  return text.endsWith('\n') ? text : `${text}\n`;
}

type Place = 'root' | 'value' | 'item';

function writeNode(out: YamlText, value: unknown, indent: number, place: Place): void {
  if (Array.isArray(value)) writeList(out, value, indent, place);
  else if (isPlainObject(value)) writeMap(out, value, indent, place);
  else writeScalar(out, value, indent, place);
}

function writeList(out: YamlText, items: readonly unknown[], indent: number, place: Place): void {
  if (items.length === 0) {
    out.add(place === 'root' ? '[]' : ' []');
    return;
  }
  const lead = place === 'item' ? ' ' : '';
  if (place === 'value') out.add(`\n${' '.repeat(indent)}`);
  items.forEach((item, i) => {
    out.add(i === 0 ? `${lead}-` : `${lineEnd(out)}${' '.repeat(indent)}-`);
    writeNode(out, item, indent + 2, 'item');
  });
}

function writeMap(out: YamlText, map: Record<string, unknown>, indent: number, place: Place): void {
  const keys = Object.keys(map)
    .filter((key) => map[key] !== undefined)
    .sort(compareYamlKeys);
  if (keys.length === 0) {
    out.add(place === 'root' ? '{}' : ' {}');
    return;
  }
  const lead = place === 'item' ? ' ' : '';
  if (place === 'value') out.add(`\n${' '.repeat(indent)}`);
  keys.forEach((key, i) => {
    out.add(i === 0 ? lead : `${lineEnd(out)}${' '.repeat(indent)}`);
    writeKey(out, key, indent);
    const value = map[key];
    writeNode(out, value, Array.isArray(value) ? indent : indent + 2, 'value');
  });
}

/** A literal block ends with its own newline. */
const lineEnd = (out: YamlText): string => (out.column === 0 ? '' : '\n');

function writeKey(out: YamlText, key: string, indent: number): void {
  const simple = Buffer.byteLength(key) <= 128 && !key.includes('\n');
  if (!simple) {
    out.add('?');
    writeScalar(out, key, indent + 2, 'item');
    out.add(`${lineEnd(out)}${' '.repeat(indent)}:`);
    return;
  }
  const style = chooseStyle(key, true);
  if (style === 'plain') out.add(key);
  else if (style === 'single') writeSingleQuoted(out, key, 0, false);
  else writeDoubleQuoted(out, key, 0, false);
  out.add(':');
}

function writeScalar(out: YamlText, value: unknown, indent: number, place: Place): void {
  if (place !== 'root') out.add(' ');
  if (typeof value === 'string') writeString(out, value, place === 'root' ? 2 : indent);
  else if (typeof value === 'number') out.add(formatYamlNumber(value));
  else out.add(value === undefined ? 'null' : String(value));
}

function writeString(out: YamlText, text: string, margin: number): void {
  const style = chooseStyle(text, false);
  if (style === 'plain') writePlain(out, text, margin);
  else if (style === 'single') writeSingleQuoted(out, text, margin, true);
  else if (style === 'double') writeDoubleQuoted(out, text, margin, true);
  else writeLiteral(out, text, margin);
}
