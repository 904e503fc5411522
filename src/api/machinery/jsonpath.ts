import { goEquals, goLess } from './go-compare.ts';
import { formatGoValue } from './go-format.ts';
import { byCodePoint, isPlainObject, toGoJson } from './json.ts';
import { JsonPathError, type JsonPathNode, parseJsonPath } from './jsonpath-parser.ts';

export { JsonPathError, type JsonPathNode, parseJsonPath };

export interface JsonPathOptions {
  /** kubectl get and describe tolerate missing keys: nothing is printed for them. */
  readonly allowMissingKeys?: boolean;
  /** `-o jsonpath-as-json`. */
  readonly asJson?: boolean;
}

/** Executes a template and prints the results as kubectl does. */
export function renderJsonPath(template: string | readonly JsonPathNode[], data: unknown, options: JsonPathOptions = {}): string {
  return findJsonPath(template, data, options)
    .map((results) => printResults(results, options.asJson ?? false))
    .join('');
}

/** One list of results per part of the template. */
export function findJsonPath(template: string | readonly JsonPathNode[], data: unknown, options: JsonPathOptions = {}): unknown[][] {
  const nodes = typeof template === 'string' ? parseJsonPath(template) : template;
  return new Evaluation(options.allowMissingKeys ?? false).run(nodes, data);
}

function printResults(results: readonly unknown[], asJson: boolean): string {
  if (asJson) return `${toGoJson(results, 4)}\n`;
  return results
    .map((value) =>
      typeof value === 'object' && value !== null ? toGoJson(value) : value === null || value === undefined ? 'null' : formatGoValue(value),
    )
    .join(' ');
}

class Evaluation {
  #beginRange = 0;
  #inRange = 0;
  #endRange = 0;
  #lastEnd: JsonPathNode | undefined;
  readonly #allowMissingKeys: boolean;

  constructor(allowMissingKeys: boolean) {
    this.#allowMissingKeys = allowMissingKeys;
  }

  run(nodes: readonly JsonPathNode[], data: unknown): unknown[][] {
    const found: unknown[][] = [];
    for (let i = 0; i < nodes.length; i++) {
      const node = nodes[i];
      if (!node) break;
      const results = this.#walk([data], node);
      if (this.#endRange > 0 && this.#endRange <= this.#inRange) {
        this.#endRange--;
        this.#lastEnd = node;
        break;
      }
      if (this.#beginRange === 0) {
        found.push(results);
        continue;
      }
      this.#range(nodes.slice(i + 1), results, found);
      const end = this.#lastEnd ? nodes.indexOf(this.#lastEnd, i + 1) : -1;
      if (end >= 0) i = end;
    }
    return found;
  }

  /** Runs what follows `{range}` once for each result, up to its `{end}`; once in vain where there is none, to find that end. */
  #range(rest: readonly JsonPathNode[], results: readonly unknown[], found: unknown[][]): void {
    this.#beginRange--;
    this.#inRange++;
    for (const value of results) found.push(...this.run(rest, value));
    if (results.length === 0) this.run(rest, undefined);
    this.#inRange--;
  }

  #walk(input: readonly unknown[], node: JsonPathNode): unknown[] {
    switch (node.type) {
      case 'list':
        return this.#list(input, node.nodes);
      case 'text':
        return [node.text];
      case 'value':
        return input.map(() => node.value);
      case 'field':
        return this.#field(input, node.name);
      case 'array':
        return input.flatMap((value) => sliceOf(value, node));
      case 'filter':
        return input.flatMap((value) => this.#filter(value, node));
      case 'wildcard':
        return input.flatMap(members);
      case 'recursive':
        return descend(input);
      case 'union':
        return node.members.flatMap((member) => this.#list(input, member));
      case 'identifier':
        return this.#identifier(input, node.name);
    }
  }

  #list(input: readonly unknown[], nodes: readonly JsonPathNode[]): unknown[] {
    return nodes.reduce<unknown[]>((current, node) => this.#walk(current, node), [...input]);
  }

  #identifier(input: readonly unknown[], name: string): unknown[] {
    if (name === 'range') {
      this.#beginRange++;
      return [...input];
    }
    if (name !== 'end') throw new JsonPathError(`unrecognized identifier ${name}`);
    if (this.#inRange === 0) throw new JsonPathError('not in range, nothing to end');
    this.#endRange++;
    return [];
  }

  #field(input: readonly unknown[], name: string): unknown[] {
    if (input.length === 0) return [];
    const results = input.flatMap((value) => (isPlainObject(value) && Object.hasOwn(value, name) && value[name] !== undefined ? [value[name]] : []));
    if (results.length === 0 && !this.#allowMissingKeys) throw new JsonPathError(`${name} is not found`);
    return results;
  }

  #filter(value: unknown, node: JsonPathNode & { type: 'filter' }): unknown[] {
    if (!Array.isArray(value)) throw new JsonPathError(`${formatGoValue(value)} is not array or slice and cannot be filtered`);
    return value.filter((item) => {
      const left = this.#operand(item, node.left, node.operator === 'exists');
      if (node.operator === 'exists') return left !== undefined;
      if (!left) return false;
      const right = this.#operand(item, node.right, false);
      return right !== undefined && compare(left.value, right.value, node.operator);
    });
  }

  /** Undefined where the path leads nowhere. */
  #operand(item: unknown, path: readonly JsonPathNode[], forExistence: boolean): { value: unknown } | undefined {
    let results: unknown[];
    try {
      results = this.#list([item], path);
    } catch (error) {
      if (forExistence && error instanceof JsonPathError) return undefined;
      throw error;
    }
    if (results.length > 1 && !forExistence) throw new JsonPathError('can only compare one element at a time');
    return results.length === 0 ? undefined : { value: results[0] };
  }
}

function compare(left: unknown, right: unknown, operator: string): boolean {
  switch (operator) {
    case '==':
      return goEquals(left, right);
    case '!=':
      return !goEquals(left, right);
    case '<':
      return goLess(left, right);
    case '<=':
      return goLess(left, right) || goEquals(left, right);
    case '>':
      return !goLess(left, right) && !goEquals(left, right);
    case '>=':
      return !goLess(left, right);
    default:
      throw new JsonPathError(`unrecognized filter operator ${operator}`);
  }
}

function sliceOf(value: unknown, { start, end, step }: JsonPathNode & { type: 'array' }): unknown[] {
  if (value === null || value === undefined) return [];
  if (!Array.isArray(value)) throw new JsonPathError(`${goReflectType(value)} is not array or slice`);
  const length = value.length;
  const from = (start.value ?? 0) < 0 ? (start.value ?? 0) + length : (start.value ?? 0);
  const given = end.value ?? length;
  const to = given < 0 || (given === 0 && end.derived) ? given + length : given;
  if (from === to) return [];
  if (from >= length || from < 0) throw new JsonPathError(`array index out of bounds: index ${from}, length ${length}`);
  if (to > length || to < 0) throw new JsonPathError(`array index out of bounds: index ${to - 1}, length ${length}`);
  if (from > to) throw new JsonPathError(`starting index ${from} is greater than ending index ${to}`);
  if (step.value !== undefined && step.value <= 0) throw new JsonPathError('step must be > 0');
  return value.slice(from, to).filter((_, i) => i % (step.value ?? 1) === 0);
}

function goReflectType(value: unknown): string {
  if (isPlainObject(value)) return 'map[string]interface {}';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int64' : 'float64';
  return typeof value === 'boolean' ? 'bool' : 'string';
}

/** An object's members by key: Go's own order is random, ours is not. */
function members(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  if (!isPlainObject(value)) return [];
  return Object.keys(value)
    .filter((key) => value[key] !== undefined)
    .sort(byCodePoint)
    .map((key) => value[key]);
}

function descend(input: readonly unknown[]): unknown[] {
  return input.flatMap((value) => {
    const inside = members(value);
    return inside.length === 0 ? [] : [value, ...descend(inside)];
  });
}
