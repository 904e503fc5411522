import { byCodePoint, isPlainObject } from '../../../api/machinery/json.ts';

/** YAML in flow style with every string quoted, as kubectl's kyaml output. */
export const toKyaml = (value: unknown): string => `---\n${render(value, '')}\n`;

function render(value: unknown, indent: string): string {
  if (Array.isArray(value)) return renderList(value, indent);
  if (isPlainObject(value)) return renderMap(Object.entries(value), indent);
  return typeof value === 'string' ? JSON.stringify(value) : String(value ?? null);
}

function renderMap(entries: readonly (readonly [string, unknown])[], indent: string): string {
  const fields = entries.filter(([, inner]) => inner !== undefined).sort(([a], [b]) => byCodePoint(a, b));
  if (fields.length === 0) return '{}';
  const inside = `${indent}  `;
  return `{\n${fields.map(([key, inner]) => `${inside}${renderKey(key)}: ${render(inner, inside)},\n`).join('')}${indent}}`;
}

/** Lists of objects open and close beside their brackets. */
function renderList(list: readonly unknown[], indent: string): string {
  if (list.length === 0) return '[]';
  if (list.every((item) => isPlainObject(item) || Array.isArray(item))) return `[${list.map((item) => render(item, indent)).join(', ')}]`;
  const inside = `${indent}  `;
  return `[\n${list.map((item) => `${inside}${render(item, inside)},\n`).join('')}${indent}]`;
}

const renderKey = (key: string): string =>
  /^[A-Za-z_][A-Za-z0-9_./-]*$/.test(key) && !/^(y|n|yes|no|on|off|true|false|null|~)$/i.test(key) ? key : JSON.stringify(key);
