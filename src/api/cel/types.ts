/** What the checker knows of a value before it exists. */
export type CelType =
  | { readonly kind: PrimitiveName }
  | { readonly kind: 'list'; readonly of: CelType }
  | { readonly kind: 'map'; readonly key: CelType; readonly of: CelType }
  | { readonly kind: 'object'; readonly name: string; readonly fields: () => ReadonlyMap<string, CelType> }
  | { readonly kind: 'opaque'; readonly name: string; readonly of?: CelType }
  | { readonly kind: 'type'; readonly of: CelType }
  | { readonly kind: 'parameter'; readonly name: string };

export type PrimitiveName = 'int' | 'uint' | 'double' | 'string' | 'bytes' | 'bool' | 'null' | 'timestamp' | 'duration' | 'dyn' | 'error';

const PRIMITIVES: readonly string[] = ['int', 'uint', 'double', 'string', 'bytes', 'bool', 'null', 'timestamp', 'duration', 'dyn'];

export const isPrimitive = (name: string): name is PrimitiveName => PRIMITIVES.includes(name);

export const primitive = (kind: PrimitiveName): CelType => ({ kind });
export const DYN = primitive('dyn');
export const INT = primitive('int');
export const DOUBLE = primitive('double');
export const BOOL = primitive('bool');
export const STRING = primitive('string');
export const NULL = primitive('null');
export const BYTES = primitive('bytes');
export const TIMESTAMP = primitive('timestamp');
export const DURATION = primitive('duration');
export const UNKNOWN = primitive('error');
export const listOf = (of: CelType): CelType => ({ kind: 'list', of });
export const mapOf = (key: CelType, of: CelType): CelType => ({ kind: 'map', key, of });
export const optionalOf = (of: CelType): CelType => ({ kind: 'opaque', name: 'optional_type', of });
export const objectType = (name: string, fields: Readonly<Record<string, CelType>> | (() => ReadonlyMap<string, CelType>)): CelType => {
  const given = typeof fields === 'function' ? fields : undefined;
  const known = new Map(given ? [] : Object.entries(fields));
  return { kind: 'object', name, fields: given ?? (() => known) };
};

export const isOptional = (type: CelType): type is CelType & { kind: 'opaque' } => type.kind === 'opaque' && type.name === 'optional_type';

/** `list(int)`, `map(string, dyn)`: a type as error messages name it. */
export function formatType(type: CelType): string {
  switch (type.kind) {
    case 'list':
      return `list(${formatType(type.of)})`;
    case 'map':
      return `map(${formatType(type.key)}, ${formatType(type.of)})`;
    case 'object':
    case 'parameter':
      return type.name;
    case 'opaque':
      return type.of ? `${type.name}(${formatType(type.of)})` : type.name;
    case 'type':
      return `type(${formatType(type.of)})`;
    case 'error':
      return '!error!';
    default:
      return type.kind;
  }
}

export type Bindings = Map<string, CelType>;

/** Whether a value of one type may stand where another is wanted; type parameters get bound on the way. */
export function isAssignable(wanted: CelType, given: CelType, bindings: Bindings = new Map()): boolean {
  if (wanted.kind === 'parameter') return bind(wanted.name, given, bindings);
  if (isAny(wanted) || isAny(given)) return bindOpen(wanted, bindings);
  if (given.kind === 'null') return wanted.kind === 'null' || ['object', 'timestamp', 'duration', 'opaque'].includes(wanted.kind);
  if (wanted.kind === 'list' && given.kind === 'list') return isAssignable(wanted.of, given.of, bindings);
  if (wanted.kind === 'map' && given.kind === 'map') {
    return isAssignable(wanted.key, given.key, bindings) && isAssignable(wanted.of, given.of, bindings);
  }
  if (wanted.kind === 'opaque' && given.kind === 'opaque') {
    return wanted.name === given.name && (!wanted.of || !given.of || isAssignable(wanted.of, given.of, bindings));
  }
  if (wanted.kind === 'object' && given.kind === 'object') return wanted.name === given.name;
  return wanted.kind === given.kind;
}

export const isAny = ({ kind }: CelType): boolean => kind === 'dyn' || kind === 'error';

function bind(name: string, given: CelType, bindings: Bindings): boolean {
  const known = bindings.get(name);
  if (!known) bindings.set(name, given.kind === 'error' ? DYN : given);
  else if (isAny(known)) return true;
  else if (isAny(given)) bindings.set(name, DYN);
  else if (isAssignable(known, given)) return true;
  else if (isAssignable(given, known)) bindings.set(name, given);
  else return false;
  return true;
}

/** What was given says nothing about the parameters inside. */
function bindOpen(type: CelType, bindings: Bindings): boolean {
  if (type.kind === 'parameter') return bind(type.name, DYN, bindings);
  if (type.kind === 'map') bindOpen(type.key, bindings);
  if ((type.kind === 'list' || type.kind === 'map' || type.kind === 'opaque') && type.of) bindOpen(type.of, bindings);
  return true;
}

export function substitute(type: CelType, bindings: Bindings): CelType {
  switch (type.kind) {
    case 'parameter':
      return bindings.get(type.name) ?? DYN;
    case 'list':
      return listOf(substitute(type.of, bindings));
    case 'map':
      return mapOf(substitute(type.key, bindings), substitute(type.of, bindings));
    case 'opaque':
      return type.of ? { ...type, of: substitute(type.of, bindings) } : type;
    case 'type':
      return { ...type, of: substitute(type.of, bindings) };
    default:
      return type;
  }
}

/** The one type of several values, or `dyn`. */
export function joined(types: readonly CelType[]): CelType {
  const [first, ...rest] = types;
  if (!first) return DYN;
  return rest.every((type) => formatType(type) === formatType(first)) ? first : DYN;
}
