import { isPlainObject, type PlainObject } from '../../../api/machinery/json.ts';
import type { FieldSpec } from './field-specs.ts';
import { fits, gvkOf } from './identity.ts';

/** What is done with the field at the end of a path: it is given what is there and returns what shall be there. */
export type FieldChange = (value: unknown) => unknown;

/** Changes the field that a spec names in an object, in every item of the lists on the way. */
export function changeField(object: PlainObject, spec: FieldSpec, change: FieldChange, empty?: unknown): void {
  if (fits(gvkOf(object), spec)) descend(object, pathOf(spec.path), { change, empty, create: Boolean(spec.create) && empty !== undefined });
}

/** Slashes separate; an escaped one belongs to the name. */
const pathOf = (path: string): string[] => path.split(/(?<!\\)\//).map((part) => part.replaceAll('\\/', '/'));

interface Walk {
  readonly change: FieldChange;
  /** What a missing field is taken for. */
  readonly empty: unknown;
  readonly create: boolean;
}

function descend(node: unknown, path: readonly string[], walk: Walk): void {
  if (Array.isArray(node)) {
    for (const item of node) descend(item, path, walk);
    return;
  }
  const [step = '', ...rest] = path;
  if (!isPlainObject(node)) return;
  const listed = step.endsWith('[]');
  const name = listed ? step.slice(0, -2) : step;
  if (node[name] === undefined || node[name] === null) {
    if (!walk.create || listed) return;
    node[name] = rest.length > 0 ? {} : structuredClone(walk.empty);
  }
  if (rest.length > 0) descend(node[name], rest, walk);
  else node[name] = walk.change(node[name]);
}
