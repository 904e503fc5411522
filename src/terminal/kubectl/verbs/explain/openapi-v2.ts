import { describeField, describeMember, describeSchema } from '../../../../api/schema/explain.ts';
import type { Schema } from '../../../../api/schema/schema.ts';
import { withFields } from './describe-path.ts';
import { foldLines } from './word-wrap.ts';

const WIDTH = 80;
const FIELD_INDENT = 3;
const TEXT_INDENT = 5;

interface Explained {
  readonly kind: string;
  readonly groupVersion: string;
  readonly path: readonly string[];
  readonly recursive: boolean;
}

/** `--output=plaintext-openapiv2`, the form that was usual before 1.27; undefined when the path leads nowhere. */
export function explainPathV2(root: Schema, { kind, groupVersion, path, recursive }: Explained): string | undefined {
  let owner: Schema | undefined;
  let schema: Schema = root;
  for (const name of path) {
    owner = withFields(schema);
    const next = owner?.fields?.get(name);
    if (!next) return undefined;
    schema = next;
  }
  const field = path.at(-1);
  const structure = withFields(schema);
  const texts = owner && field !== undefined ? describeMember(owner, field) : [describeSchema(schema)].filter(Boolean);
  const label = structure ? 'RESOURCE:' : 'FIELD:   ';
  const heading = field === undefined ? '' : `${label} ${field} <${typeName(schema)}>\n\n`;
  const description = texts.length === 0 ? block('<empty>', TEXT_INDENT) : texts.map((text) => block(text, TEXT_INDENT)).join('\n');
  const fields = structure ? `\nFIELDS:\n${recursive ? names(structure, FIELD_INDENT, []) : details(structure)}` : '';
  return `KIND:     ${kind}\nVERSION:  ${groupVersion}\n\n${heading}DESCRIPTION:\n${description}${fields}`;
}

const block = (text: string, indent: number): string =>
  foldLines(text, WIDTH - indent)
    .map((line) => (line === '' ? '\n' : `${' '.repeat(indent)}${line}\n`))
    .join('');

const sortedFields = ({ fields }: Schema): [string, Schema][] => [...(fields ?? [])].sort(([a], [b]) => (a < b ? -1 : 1));

function details(owner: Schema): string {
  return sortedFields(owner)
    .map(([name, member]) => {
      const required = owner.required?.includes(name) ? ' -required-' : '';
      const description = member.description || (owner.definition ? describeField(owner.definition, name) : '');
      return `${' '.repeat(FIELD_INDENT)}${name}\t<${typeName(member)}>${required}\n${block(description, TEXT_INDENT)}\n`;
    })
    .join('');
}

/** Only the names of the fields, and of theirs; a structure inside itself is not opened again. */
function names(owner: Schema, indent: number, seen: readonly string[]): string {
  const { definition } = owner;
  if (definition !== undefined && seen.includes(definition)) return '';
  const below = definition === undefined ? seen : [...seen, definition];
  return sortedFields(owner)
    .map(([name, member]) => {
      const inner = withFields(member);
      return `${' '.repeat(indent)}${name}\t<${typeName(member)}>\n${inner ? names(inner, indent + FIELD_INDENT, below) : ''}`;
    })
    .join('');
}

/** Structures are all called Object. */
function typeName(schema: Schema): string {
  if (schema.kind === 'list' && schema.items) return `[]${typeName(schema.items)}`;
  if (schema.kind === 'map' && schema.items) return `map[string]${typeName(schema.items)}`;
  if (['integer', 'number', 'boolean'].includes(schema.kind)) return schema.kind;
  return ['quantity', 'int-or-string', 'time', 'micro-time', 'bytes', 'string'].includes(schema.kind) ? 'string' : 'Object';
}
