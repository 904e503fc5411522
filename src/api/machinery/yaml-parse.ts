import { type Alias, isAlias, isMap, isScalar, isSeq, LineCounter, type ParsedNode, parseAllDocuments, type Scalar, type YAMLMap } from 'yaml';
import { isPlainObject, type PlainObject } from './json.ts';
import { explainYamlError } from './yaml-errors.ts';
import { resolvePlain } from './yaml-scalars.ts';

/** `message` reads like `error converting YAML to JSON: yaml: line 3: did not find expected key`. */
export class YamlError extends Error {
  override readonly name = 'YamlError';
}

/** One document; null when it is empty. */
export function parseYaml(text: string): unknown {
  return parseYamlDocuments(text)[0] ?? null;
}

/** Every document of a stream, empty ones (null) included; plain JSON is YAML too. Throws YamlError. */
export function parseYamlDocuments(text: string): unknown[] {
  return splitYamlDocuments(text).map(parseOne);
}

/** Cuts at lines that are `---`, as Kubernetes' readers do before they parse: each part counts its own lines. */
export function splitYamlDocuments(text: string): string[] {
  const parts = `\n${text}`.split(/\n---[^\n]*(?=\n|$)/).map((part) => part.replace(/^\n/, ''));
  return parts.length > 1 && parts[0]?.trim() === '' ? parts.slice(1) : parts;
}

function parseOne(text: string): unknown {
  const lines = new LineCounter();
  const documents = parseAllDocuments(text, { version: '1.1', schema: 'failsafe', lineCounter: lines, prettyErrors: false, uniqueKeys: false });
  const document = Array.isArray(documents) ? documents[0] : undefined;
  if (!document) return null;
  const error = document.errors[0];
  if (error) throw failure(explainYamlError(error, document.errors, lines, text));
  const budget = { left: 200_000 };
  return convert(document.contents as ParsedNode | null, new Map(), budget);
}

const failure = (what: string): YamlError => new YamlError(`error converting YAML to JSON: yaml: ${what}`);

type Anchors = Map<string, unknown>;

function convert(node: ParsedNode | null, anchors: Anchors, budget: { left: number }): unknown {
  if (!node) return null;
  if (budget.left-- <= 0) throw failure('document contains excessive aliasing');
  if (isAlias(node)) return dereference(node, anchors);
  const value = isScalar(node)
    ? scalar(node)
    : isMap(node)
      ? mapping(node as YAMLMap<ParsedNode, ParsedNode | null>, anchors, budget)
      : isSeq(node)
        ? node.items.map((item) => convert(item as ParsedNode | null, anchors, budget))
        : null;
  if (node.anchor) anchors.set(node.anchor, value);
  return value;
}

function dereference(alias: Alias, anchors: Anchors): unknown {
  if (!anchors.has(alias.source)) throw failure(`unknown anchor '${alias.source}' referenced`);
  return anchors.get(alias.source);
}

function scalar(node: Scalar): unknown {
  const text = String(node.value ?? '');
  if (node.tag === '!!str' || node.tag === 'tag:yaml.org,2002:str' || (node.type !== undefined && node.type !== 'PLAIN')) return text;
  const { kind, value } = resolvePlain(text);
  return kind === 'number' && !Number.isFinite(value as number) ? text : value;
}

function mapping(map: YAMLMap<ParsedNode, ParsedNode | null>, anchors: Anchors, budget: { left: number }): PlainObject {
  const result: PlainObject = {};
  for (const { key, value } of map.items) {
    const name = convert(key, anchors, budget);
    const converted = convert(value, anchors, budget);
    if (name === '<<' && isScalar(key) && key.type === 'PLAIN') merge(result, converted);
    else put(result, keyText(name), converted);
  }
  return result;
}

/** `__proto__` must stay an ordinary key. */
const put = (target: PlainObject, key: string, value: unknown): void => {
  Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
};

function keyText(key: unknown): string {
  if (typeof key === 'string') return key;
  if (key === null) return 'null';
  if (typeof key === 'number' || typeof key === 'boolean') return String(key);
  const shown = Array.isArray(key) ? '[]interface {}' : 'map[interface {}]interface {}';
  throw new YamlError(`error converting YAML to JSON: Unsupported map key of type: ${shown.startsWith('[') ? 'slice' : 'map'}, key: ${shown}`);
}

function merge(target: PlainObject, source: unknown): void {
  const sources = Array.isArray(source) ? source : [source];
  for (const one of sources) {
    if (!isPlainObject(one)) throw failure('map merge requires map or sequence of maps as the value');
    for (const [key, value] of Object.entries(one)) if (!Object.hasOwn(target, key)) put(target, key, value);
  }
}
