import { describeField, describeMember, describeSchema } from '../../../../api/schema/explain.ts';
import type { Schema } from '../../../../api/schema/schema.ts';
import { indented, wordWrap } from './word-wrap.ts';

/** What `kubectl explain` says below its heading; undefined when the path leads nowhere. */
export function explainPath(root: Schema, path: readonly string[], recursive: boolean): string | undefined {
  let owner: Schema | undefined;
  let schema: Schema = root;
  for (const name of path) {
    owner = withFields(schema);
    const next = owner?.fields?.get(name);
    if (!next) return undefined;
    schema = next;
  }
  const field = path.at(-1);
  const heading = field === undefined ? '' : `FIELD: ${field} <${typeGuess(schema)}>\n${longEnum(schema)}\n\n`;
  const texts = owner && field !== undefined ? describeMember(owner, field) : [describeSchema(schema)].filter(Boolean);
  const description = texts.map((text) => `${text}\n`).join('') || '<empty>';
  const fields = fieldList(schema, { level: 1, recursive, seen: [] });
  return `${heading}DESCRIPTION:\n${indented(wordWrap(description, 76), 4)}\n${fields ? `FIELDS:\n${fields}` : ''}`;
}

/** Through lists and maps to the structure whose fields a path may name. */
export function withFields(schema: Schema): Schema | undefined {
  let at: Schema | undefined = schema;
  while (at && !at.fields && at.items) at = at.items;
  return at;
}

/** `string`, `[]Container`, `map[string]Quantity`, `PodSpec`. */
export function typeGuess(schema: Schema): string {
  if (schema.kind === 'list' && schema.items) return `[]${typeGuess(schema.items)}`;
  if (schema.kind === 'map' && schema.items) return `map[string]${typeGuess(schema.items)}`;
  switch (schema.kind) {
    case 'quantity':
      return schema.definition === undefined && schema.goType === '' ? 'string' : 'Quantity';
    case 'int-or-string':
      return schema.goType === '' ? 'Object' : 'IntOrString';
    case 'time':
    case 'micro-time':
    case 'bytes':
    case 'string':
      return 'string';
    case 'integer':
    case 'number':
    case 'boolean':
      return schema.kind;
    default:
      return schema.definition?.split('.').at(-1) ?? 'Object';
  }
}

interface ListOptions {
  readonly level: number;
  readonly recursive: boolean;
  /** Definitions on the way here: a structure inside itself is not opened again. */
  readonly seen: readonly string[];
}

function fieldList(schema: Schema, options: ListOptions): string {
  const owner = withFields(schema);
  if (!owner?.fields || (owner.definition && options.seen.includes(owner.definition))) return '';
  const seen = owner.definition ? [...options.seen, owner.definition] : options.seen;
  return [...owner.fields].map(([name, member]) => fieldDetail(owner, name, member, { ...options, seen })).join('');
}

function fieldDetail(owner: Schema, name: string, member: Schema, options: ListOptions): string {
  const { level, recursive } = options;
  const indent = ' '.repeat(level * 2);
  const required = owner.required?.includes(name) ? ' -required-' : '';
  const head = `${indent}${name}\t<${typeGuess(member)}>${required}${shortEnum(member, indent)}\n`;
  if (recursive) return head + fieldList(member, { ...options, level: level + 1 });
  const description =
    member.description || (owner.definition ? describeField(owner.definition, name) : '') || typeMetaText(name, options) || '<no description>';
  return `${head}${indented(wordWrap(description, 78 - level * 2), level * 2 + 2)}\n\n`;
}

const shown = (value: unknown): string => (value === '' ? '""' : String(value));
const mostShown = 4;

function shortEnum(schema: Schema, indent: string): string {
  if (!schema.enum?.length) return '';
  const more = schema.enum.length > mostShown ? ', ....' : '';
  return `\n${indent}enum: ${schema.enum.slice(0, mostShown).map(shown).join(', ')}${more}`;
}

const longEnum = (schema: Schema): string => (schema.enum?.length ? `ENUM:${schema.enum.map((value) => `\n    ${shown(value)}`).join('')}` : '');

/** Custom resources have the same three fields as everything else. */
const typeMetaText = (name: string, { level }: ListOptions): string =>
  level === 1 && ['apiVersion', 'kind', 'metadata'].includes(name) ? describeField('io.k8s.api.core.v1.Pod', name) : '';
