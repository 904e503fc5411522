import type { KubeObject } from '../../../api/machinery/object.ts';
import { UsageError } from '../errors.ts';
import { findValues } from './expressions.ts';
import { relaxedPath } from './relaxed-path.ts';
import { TabWriter } from './tab-writer.ts';

interface Column {
  readonly header: string;
  readonly path: string;
}

/** `NAME:.metadata.name,IMAGE:.spec.containers[*].image`. */
export function customColumns(spec: string, format: string, noHeaders: boolean): (object: KubeObject) => string {
  if (!spec) throw new UsageError(`${format} format specified but no custom columns given`);
  const columns = spec.split(',').map(parseColumn);
  const writer = new TabWriter();
  let headersDone = noHeaders;
  return (object) => {
    if (!headersDone) writer.write(`${columns.map(({ header }) => header).join('\t')}\n`);
    headersDone = true;
    const items = Array.isArray(object.items) ? (object.items as KubeObject[]) : [object];
    for (const item of items) writer.write(`${columns.map(({ path }) => cell(path, item)).join('\t')}\n`);
    return writer.flush();
  };
}

function parseColumn(text: string): Column {
  const colon = text.indexOf(':');
  const [header, path] = colon < 0 ? [text, ''] : [text.slice(0, colon), text.slice(colon + 1)];
  if (colon < 0 || path.includes(':')) throw new UsageError(`unexpected custom-columns spec: ${text}, expected <header>:<json-path-expr>`);
  return { header, path: relaxedPath(path) };
}

function cell(path: string, item: KubeObject): string {
  const values = findValues(path, item);
  return values.length === 0 ? '<none>' : values.map(shown).join(',');
}

/** As Go's %v prints decoded JSON. */
function shown(value: unknown): string {
  if (value === null || value === undefined) return '<none>';
  if (Array.isArray(value)) return `[${value.map(shown).join(' ')}]`;
  if (typeof value === 'object') {
    const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
    return `map[${entries.map(([key, inner]) => `${key}:${shown(inner)}`).join(' ')}]`;
  }
  return String(value);
}
