import { type CelType, isPrimitive, listOf, mapOf, optionalOf, primitive } from './types.ts';
import { CelDuration, CelMap, CelOpaque, CelOptional, CelTimestamp, CelTypeValue, CelUint, type CelValue, isList } from './values.ts';

/** How a function may be called: `string.startsWith(string): bool`, `size(list(A)): int`. */
export interface Signature {
  readonly name: string;
  readonly isMember: boolean;
  /** The receiver first. */
  readonly args: readonly CelType[];
  readonly result: CelType;
}

export function parseSignature(text: string): Signature {
  const { receiver, rest } = splitReceiver(text);
  const open = rest.indexOf('(');
  const close = rest.lastIndexOf('): ');
  const [name, args, result] = [rest.slice(0, open), rest.slice(open + 1, close), rest.slice(close + 3)];
  const types = splitTypes(args).map(parseType);
  return { name, isMember: receiver !== undefined, args: receiver ? [parseType(receiver), ...types] : types, result: parseType(result) };
}

/** A receiver is parted from the name by `->`. */
function splitReceiver(text: string): { receiver: string | undefined; rest: string } {
  const at = text.indexOf('->');
  return at < 0 ? { receiver: undefined, rest: text } : { receiver: text.slice(0, at), rest: text.slice(at + 2) };
}

function parseType(text: string): CelType {
  const inner = /^(list|map|optional|type)\((.*)\)$/.exec(text);
  if (inner) {
    const [a = primitive('dyn'), b = primitive('dyn')] = splitTypes(inner[2] ?? '').map(parseType);
    if (inner[1] === 'list') return listOf(a);
    if (inner[1] === 'map') return mapOf(a, b);
    return inner[1] === 'optional' ? optionalOf(a) : { kind: 'type', of: a };
  }
  if (/^[A-Z]$/.test(text)) return { kind: 'parameter', name: text };
  return isPrimitive(text) ? primitive(text) : { kind: 'opaque', name: text };
}

function splitTypes(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  [...text].forEach((char, i) => {
    if (char === '(') depth += 1;
    if (char === ')') depth -= 1;
    if (char !== ',' || depth > 0) return;
    parts.push(text.slice(from, i));
    from = i + 1;
  });
  return [...parts, text.slice(from)].map((part) => part.trim()).filter(Boolean);
}

/** Whether a value may be passed where the type stands; what lists and maps hold is not looked at. */
export function accepts(type: CelType, value: CelValue): boolean {
  switch (type.kind) {
    case 'dyn':
    case 'parameter':
    case 'error':
      return true;
    case 'int':
      return typeof value === 'bigint';
    case 'double':
      return typeof value === 'number';
    case 'string':
      return typeof value === 'string';
    case 'bool':
      return typeof value === 'boolean';
    case 'null':
      return value === null;
    case 'bytes':
      return value instanceof Uint8Array;
    case 'uint':
      return value instanceof CelUint;
    case 'timestamp':
      return value instanceof CelTimestamp;
    case 'duration':
      return value instanceof CelDuration;
    case 'list':
      return isList(value);
    case 'map':
    case 'object':
      return value instanceof CelMap;
    case 'type':
      return value instanceof CelTypeValue;
    case 'opaque':
      return type.name === 'optional_type' ? value instanceof CelOptional : value instanceof CelOpaque && value.typeName === type.name;
  }
}
