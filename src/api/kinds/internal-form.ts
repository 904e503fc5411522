import type { FieldError, FieldPath } from '../machinery/field-error.ts';
import { INTERNAL_TYPES } from './internal-types.ts';

type Fields = Readonly<Record<string, unknown>>;

/**
 * A value as the API server shows it in its findings: in its internal types, whose field names are Go's, in their order and with
 * everything unset spelled out. `type` is a key of INTERNAL_TYPES.
 */
export function internalForm(type: string, value: object | undefined): unknown {
  if (value === undefined) return null;
  const out: Record<string, unknown> = {};
  fill(out, type, type === 'PodSpec' ? withHostFlags(value) : value);
  return out;
}

function fill(out: Record<string, unknown>, type: string, value: object): void {
  const given = new Map(Object.entries(value).map(([key, member]) => [key.toLowerCase(), member as unknown]));
  for (const field of (INTERNAL_TYPES[type] ?? '').split(' ')) {
    const [name = '', code = ''] = field.split('=');
    if (code === 'M') Object.assign(out, metadata(given.get('metadata')));
    else if (name === '') fill(out, code, value);
    else out[name] = member(code, given.get(name.toLowerCase()));
  }
}

function member(code: string, value: unknown): unknown {
  if (code.startsWith('?')) return value === undefined ? null : member(code.slice(1), value);
  if (code.startsWith('[]')) return Array.isArray(value) ? value.map((item) => member(code.slice(2), item)) : null;
  if (code.startsWith('{}')) return value === undefined ? null : mapOf(code.slice(2), value);
  if (code in ZERO) return value ?? ZERO[code as keyof typeof ZERO];
  if (code === 'v1') return inOrder(value);
  return internalForm(code, typeof value === 'object' && value !== null ? value : {});
}

const ZERO = { s: '', b: false, n: 0, t: null, q: '0' };

const mapOf = (code: string, value: unknown): Fields =>
  Object.fromEntries(
    Object.entries(value as Fields)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => [key, member(code, item)]),
  );

/** metav1 types keep their JSON names; only their order is Go's. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== 'object' || value === null) return value ?? null;
  const rank = (key: string) => META_ORDER.indexOf(key);
  const isUnset = (item: unknown) => typeof item === 'object' && item !== null && Object.keys(item).length === 0;
  const entries = Object.entries(value).filter(([, item]) => !isUnset(item));
  return Object.fromEntries(entries.sort(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1)).map(([key, item]) => [key, inOrder(item)]));
}

const META_ORDER = ['matchLabels', 'matchExpressions', 'key', 'operator', 'values'];

/** A label selector as the API server shows it. */
export const selectorForm = (selector: unknown): unknown => inOrder(selector);

function metadata(value: unknown): Fields {
  const meta = (typeof value === 'object' && value !== null ? value : {}) as Fields;
  const order = ['name', 'generateName', 'namespace', 'uid', 'resourceVersion', 'generation', 'creationTimestamp', 'labels', 'annotations'];
  return Object.fromEntries(order.flatMap((key) => (meta[key] === undefined ? [] : [[key, inOrder(meta[key])]])));
}

const HOST_FLAGS = ['hostNetwork', 'hostPID', 'hostIPC', 'shareProcessNamespace', 'hostUsers'];

/** Internally the host's namespaces belong to the pod's security context. */
function withHostFlags(spec: object): object {
  const fields = spec as Fields;
  const flags = Object.fromEntries(HOST_FLAGS.flatMap((flag) => (fields[flag] === undefined ? [] : [[flag, fields[flag]]])));
  const { securityContext } = fields;
  return { ...fields, securityContext: { ...(typeof securityContext === 'object' ? securityContext : {}), ...flags } };
}

/** A finding that shows a structure in the order of its fields, as Go prints it. */
export const invalidStruct = (path: FieldPath, form: unknown, detail: string): FieldError => ({
  type: 'FieldValueInvalid',
  field: path.toString(),
  message: `Invalid value: ${goJson(form)}: ${detail}`,
});

export const duplicateStruct = (path: FieldPath, form: unknown): FieldError => ({
  type: 'FieldValueDuplicate',
  field: path.toString(),
  message: `Duplicate value: ${goJson(form)}`,
});

/** Go's encoding/json escapes what HTML would read. */
const goJson = (form: unknown): string =>
  JSON.stringify(form ?? null).replace(/[<>&]/g, (character) => `\\u00${character.charCodeAt(0).toString(16)}`);
