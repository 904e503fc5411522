import { byCodePoint, isPlainObject, type PlainObject } from '../../../../api/machinery/json.ts';
import type { KubeObject } from '../../../../api/machinery/object.ts';
import { labelsAndAnnotations, nameAndNamespace } from './parts/metadata.ts';
import type { Writer } from './writer.ts';

const shownAlready = ['.metadata.managedFields', '.metadata.name', '.metadata.namespace', '.metadata.labels', '.metadata.annotations'];

/** Any object without a describer of its own: all its fields, one per line. */
export function describeGeneric(w: Writer, object: KubeObject): void {
  nameAndNamespace(w, object.metadata);
  labelsAndAnnotations(w, object.metadata);
  content(w, 0, object, '');
}

function content(w: Writer, level: number, object: PlainObject, prefix: string): void {
  for (const field of Object.keys(object).sort(byCodePoint)) {
    const path = `${prefix}.${field}`;
    if (shownAlready.includes(path)) continue;
    const value = object[field];
    const label = `${smartLabel(field)}:`;
    if (isPlainObject(value)) {
      w.line(level, label);
      content(w, level + 1, value, path);
    } else if (Array.isArray(value)) {
      w.line(level, label);
      for (const child of value) {
        if (isPlainObject(child)) content(w, level + 1, child, path);
        else w.line(level + 1, String(child));
      }
    } else w.line(level, label, value === null ? '<nil>' : String(value));
  }
}

const acronyms = ['API', 'URL', 'UID', 'GUID'];

/** `creationTimestamp` → `Creation Timestamp`. */
export function smartLabel(field: string): string {
  if (/[^A-Za-z-]/.test(field)) return field;
  const parts = merged(field.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[^A-Za-z]+|[A-Z]/g) ?? [field]);
  return parts
    .map((part) =>
      acronyms.includes(part.toUpperCase()) ? part.toUpperCase() : part === part.toLowerCase() ? part.charAt(0).toUpperCase() + part.slice(1) : part,
    )
    .join(' ');
}

/** A run of capitals belongs to the capitalised word after it. */
function merged(parts: readonly string[]): string[] {
  const result: string[] = [];
  for (const part of parts) {
    const before = result.at(-1);
    if (before && before.length >= 2 && /^[A-Z-]+$/.test(before) && /^[A-Z]/.test(part)) result[result.length - 1] = before + part;
    else result.push(part);
  }
  return result;
}
