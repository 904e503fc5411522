import { deepEqual } from './deep-equal.ts';
import { copyValue, isPlainObject, memberOf, setMember } from './json.ts';
import { PatchError } from './patch-error.ts';

export interface JsonPatchOperation {
  readonly op: string;
  readonly path: string;
  readonly from?: string;
  readonly value?: unknown;
}

/** RFC 6902, with the words of github.com/evanphx/json-patch as the API server uses it. Builds a new value. */
export function applyJsonPatch(document: unknown, operations: readonly JsonPatchOperation[]): unknown {
  return operations.reduce<unknown>(applyOperation, copyValue(document));
}

function applyOperation(document: unknown, operation: JsonPatchOperation | null): unknown {
  if (!operation?.op) throw new PatchError('Unexpected kind: unknown');
  const { op, path } = operation;
  if (typeof path !== 'string') throw new PatchError(`${op} operation does not apply: operation missing path field: missing value`);
  switch (op) {
    case 'add':
      return place(document, path, operation.value ?? null, 'add');
    case 'replace':
      return place(document, path, operation.value ?? null, 'replace');
    case 'remove':
      return remove(document, path);
    case 'move':
      return move(document, operation);
    case 'copy':
      return place(document, path, copyValue(valueAt(document, operation.from ?? '', 'copy') ?? null), 'add');
    case 'test':
      return test(document, operation);
    default:
      throw new PatchError(`Unexpected kind: ${op}`);
  }
}

const MISSING = ': missing value';

function test(document: unknown, { path, value }: JsonPatchOperation): unknown {
  const found = lookUp(document, steps(path));
  if (!found || !deepEqual(found.value ?? null, value ?? null)) throw new PatchError(`testing value ${path} failed: test failed`);
  return document;
}

const steps = (path: string): string[] =>
  path
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));

type Container = unknown[] | Record<string, unknown>;

function lookUp(document: unknown, path: readonly string[]): { value: unknown } | undefined {
  let value = document;
  for (const step of path) {
    if (Array.isArray(value)) {
      const index = arrayIndex(value, step);
      if (index === undefined || index >= value.length) return undefined;
      value = value[index];
    } else if (isPlainObject(value) && Object.hasOwn(value, step)) value = value[step];
    else return undefined;
  }
  return { value };
}

function arrayIndex(list: readonly unknown[], step: string): number | undefined {
  if (!/^-?\d+$/.test(step)) return undefined;
  const index = Number(step);
  return index < 0 ? (index >= -list.length ? index + list.length : undefined) : index;
}

function parentOf(document: unknown, path: string, operation: string): { container: Container; key: string } {
  const all = steps(path);
  const key = all.at(-1) ?? '';
  const parent = lookUp(document, all.slice(0, -1))?.value;
  if (Array.isArray(parent) || isPlainObject(parent)) return { container: parent, key };
  const from = operation === 'copy' || operation === 'move' ? 'from ' : '';
  const shown = operation === 'replace' || from ? path : JSON.stringify(path);
  throw new PatchError(`${operation} operation does not apply: doc is missing ${from}path: ${shown}${MISSING}`);
}

/** Undefined for a key that an object has not: upstream's library lets that pass. */
function valueAt(document: unknown, path: string, operation: string): unknown {
  const { container, key } = parentOf(document, path, operation);
  if (!Array.isArray(container)) return memberOf(container, key);
  const index = arrayIndex(container, key);
  if (index === undefined || index >= container.length) {
    throw new PatchError(`error in ${operation} for path: '${key}': Unable to access invalid index: ${key}: invalid index referenced`);
  }
  return container[index];
}

function move(document: unknown, { path, from = '' }: JsonPatchOperation): unknown {
  const moved = valueAt(document, from, 'move');
  if (moved === undefined) {
    const key = steps(from).at(-1) ?? '';
    throw new PatchError(`error in move for path: '${key}': Unable to remove nonexistent key: ${key}${MISSING}`);
  }
  return place(remove(document, from), path, moved, 'add');
}

function place(document: unknown, path: string, value: unknown, operation: 'add' | 'replace'): unknown {
  if (path === '') return value;
  const { container, key } = parentOf(document, path, operation);
  if (Array.isArray(container)) placeInList(container, key, value, operation, path);
  else setMember(container, key, value);
  return document;
}

const missingKey = (operation: string, path: string): PatchError =>
  new PatchError(`${operation} operation does not apply: doc is missing key: ${path}${MISSING}`);

function placeInList(list: unknown[], key: string, value: unknown, operation: 'add' | 'replace', path: string): void {
  if (key === '-' && operation === 'add') {
    list.push(value);
    return;
  }
  const index = listIndex(list, key, operation, path);
  const last = operation === 'add' ? list.length : list.length - 1;
  if (index > last || index < 0) {
    if (operation === 'replace') throw missingKey('replace', path);
    throw new PatchError(`error in add for path: '${path}': Unable to access invalid index: ${key}: invalid index referenced`);
  }
  list.splice(index, operation === 'add' ? 0 : 1, value);
}

function listIndex(list: readonly unknown[], key: string, operation: string, path: string): number {
  if (!/^[-+]?\d+$/.test(key)) {
    throw new PatchError(
      `error in ${operation} for path: '${path}': value was not a proper array index: '${key}': strconv.Atoi: parsing ${JSON.stringify(key)}: invalid syntax`,
    );
  }
  const index = Number(key);
  return index < 0 ? index + list.length + (operation === 'add' ? 1 : 0) : index;
}

function remove(document: unknown, path: string): unknown {
  const { container, key } = parentOf(document, path, 'remove');
  if (Array.isArray(container)) {
    if (!/^[-+]?\d+$/.test(key))
      throw new PatchError(`error in remove for path: '${path}': strconv.Atoi: parsing ${JSON.stringify(key)}: invalid syntax`);
    const index = arrayIndex(container, key);
    if (index === undefined || index >= container.length) {
      throw new PatchError(`error in remove for path: '${path}': Unable to access invalid index: ${key}: invalid index referenced`);
    }
    container.splice(index, 1);
  } else {
    if (!Object.hasOwn(container, key))
      throw new PatchError(`error in remove for path: '${path}': Unable to remove nonexistent key: ${key}${MISSING}`);
    delete container[key];
  }
  return document;
}
