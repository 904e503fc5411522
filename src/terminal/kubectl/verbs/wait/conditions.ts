import { isPlainObject } from '../../../../api/machinery/json.ts';
import { findJsonPath, parseJsonPath } from '../../../../api/machinery/jsonpath.ts';
import type { KubeObject } from '../../../../api/machinery/object.ts';
import { UsageError } from '../../errors.ts';
import { relaxedPath } from '../../print/relaxed-path.ts';

/** What --for asks; `holds` decides for a present object. */
export type Condition = { readonly kind: 'create' } | { readonly kind: 'delete' } | { readonly kind: 'holds'; holds(object: KubeObject): boolean };

export function parseCondition(text: string): Condition {
  const lower = text.toLowerCase();
  if (lower === 'create' || lower === 'delete') return { kind: lower };
  if (text.startsWith('condition=')) return statusCondition(text.slice('condition='.length));
  if (text.startsWith('jsonpath=')) return pathCondition(text.slice('jsonpath='.length));
  throw new UsageError(`unrecognized condition: ${JSON.stringify(text)}`);
}

function statusCondition(text: string): Condition {
  const equals = text.indexOf('=');
  const [name, value] = equals < 0 ? [text, 'true'] : [text.slice(0, equals), text.slice(equals + 1)];
  return { kind: 'holds', holds: (object) => conditionHolds(object, name.toLowerCase(), value.toLowerCase()) };
}

/** A condition observed before the object's last change does not count. */
function conditionHolds(object: KubeObject, name: string, value: string): boolean {
  const status = isPlainObject(object.status) ? object.status : {};
  const conditions = Array.isArray(status.conditions) ? status.conditions.filter(isPlainObject) : [];
  const found = conditions.find(({ type }) => String(type ?? '').toLowerCase() === name);
  if (!found) return false;
  const observed = found.observedGeneration ?? status.observedGeneration;
  const { generation } = object.metadata;
  if (typeof generation === 'number' && typeof observed === 'number' && observed < generation) return false;
  return String(found.status ?? '').toLowerCase() === value;
}

function pathCondition(text: string): Condition {
  const parts = splitAtEquals(text);
  if (parts.length > 2) {
    throw new UsageError("jsonpath wait format must be --for=jsonpath='{.status.readyReplicas}'=3 or --for=jsonpath='{.status.readyReplicas}'");
  }
  const path = relaxedPath(parts[0] ?? '');
  const value = parts[1]?.replace(/^['"]+|['"]+$/g, '');
  if (value === '') throw new UsageError("jsonpath wait has to have a value after equal sign, like --for=jsonpath='{.status.readyReplicas}'=3");
  if (!path) throw new UsageError('jsonpath expression cannot be empty');
  const nodes = parseJsonPath(path);
  return { kind: 'holds', holds: (object) => pathHolds(findJsonPath(nodes, object, { allowMissingKeys: true }), value) };
}

function pathHolds(results: readonly (readonly unknown[])[], value: string | undefined): boolean {
  const [first] = results;
  if (!first || first.length === 0) return false;
  if (value === undefined) return true;
  if (first.length > 1) throw new UsageError('given jsonpath expression matches more than one value');
  const [found] = first;
  if (typeof found === 'object' && found !== null) {
    throw new UsageError(`jsonpath leads to a nested object or list which is not supported`);
  }
  return String(found ?? '').trim() === value.trim();
}

/** Single equals signs separate; doubled ones belong to a filter. */
function splitAtEquals(text: string): string[] {
  return text.split(/(?<!=)=(?!=)/);
}
