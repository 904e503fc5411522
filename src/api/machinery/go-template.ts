import { formatGoValue } from './go-format.ts';
import { goTypeName } from './go-printf.ts';
import { BUILTIN_FUNCTIONS, isTrue, KUBECTL_FUNCTIONS, type TemplateFunctions } from './go-template-functions.ts';
import { TemplateError } from './go-template-lexer.ts';
import { type Command, type Operand, type ParsedTemplate, type Pipe, parseGoTemplate, type TemplateNode } from './go-template-parser.ts';
import { showCommand, showOperand } from './go-template-show.ts';
import { byCodePoint, isPlainObject } from './json.ts';

export { BUILTIN_FUNCTIONS, isTrue, KUBECTL_FUNCTIONS, TemplateError, type TemplateFunctions };

export interface GoTemplate {
  readonly parsed: ParsedTemplate;
  readonly functions: TemplateFunctions;
}

/** Steps and depth a template may take: nothing a candidate writes may hang. */
const LIMITS = { steps: 200_000, depth: 200 };

/** `extra` functions come on top of Go's own; kubectl's are KUBECTL_FUNCTIONS. Throws TemplateError. */
export function compileGoTemplate(source: string, extra: TemplateFunctions = {}, name = 'output'): GoTemplate {
  const functions = { ...BUILTIN_FUNCTIONS, ...extra };
  return { parsed: parseGoTemplate(source, name, (fn) => Object.hasOwn(functions, fn)), functions };
}

/** Runs a template. An error carries what had been printed before it, for Go prints as it goes. */
export class TemplateExecutionError extends TemplateError {
  output = '';
}

export function executeGoTemplate(template: GoTemplate, data: unknown): string {
  const run = new Execution(template);
  try {
    run.nodes(template.parsed.root, data, new Map([['$', { value: data }]]));
  } catch (error) {
    if (error instanceof TemplateExecutionError) error.output = run.output;
    throw error;
  }
  return run.output;
}

/** Go checks the arguments' number before it calls; functions that take any number are not here. */
const ARITY: Readonly<Record<string, number>> = { not: 1, len: 1, ne: 2, lt: 2, le: 2, gt: 2, ge: 2, base64decode: 1 };

/** Undefined stands for Go's missing value, which prints as `<no value>`. */
type Scope = Map<string, { value: unknown }>;
type Flow = 'break' | 'continue' | undefined;

class Execution {
  output = '';
  #steps = 0;
  #depth = 0;
  readonly #template: GoTemplate;

  constructor(template: GoTemplate) {
    this.#template = template;
  }

  nodes(nodes: readonly TemplateNode[], dot: unknown, scope: Scope): Flow {
    for (const node of nodes) {
      if (++this.#steps > LIMITS.steps) throw this.#fail(node.at, '', 'exceeded maximum number of steps');
      const flow = this.#node(node, dot, scope);
      if (flow) return flow;
    }
    return undefined;
  }

  #fail(at: number, shown: string, message: string): TemplateExecutionError {
    const { name, source } = this.#template.parsed;
    const before = source.slice(0, at);
    const column = Buffer.byteLength(before.slice(before.lastIndexOf('\n') + 1));
    return new TemplateExecutionError(
      `template: ${name}:${before.split('\n').length}:${column}: executing ${JSON.stringify(name)} at <${shown}>: ${message}`,
    );
  }

  #node(node: TemplateNode, dot: unknown, scope: Scope): Flow {
    switch (node.type) {
      case 'text':
        this.output += node.text;
        return undefined;
      case 'action': {
        const value = this.#pipe(node.pipe, dot, scope);
        if (node.pipe.variables.length === 0) this.output += value === undefined || value === null ? '<no value>' : formatGoValue(value);
        return undefined;
      }
      case 'if':
      case 'with':
        return this.#branch(node, dot, new Map(scope));
      case 'range':
        return this.#range(node, dot, scope);
      case 'template':
        this.#call(node, dot, scope);
        return undefined;
      default:
        return node.type;
    }
  }

  #branch(node: TemplateNode & { type: 'if' | 'with' | 'range' }, dot: unknown, scope: Scope): Flow {
    const value = this.#pipe(node.pipe, dot, scope);
    if (!isTrue(value)) return this.nodes(node.otherwise, dot, scope);
    return this.nodes(node.body, node.type === 'with' ? value : dot, scope);
  }

  #call(node: TemplateNode & { type: 'template' }, dot: unknown, scope: Scope): void {
    const body = this.#template.parsed.defined.get(node.name);
    const shown = `{{template ${JSON.stringify(node.name)}${node.pipe ? ` ${showPipe(node.pipe)}` : ''}}}`;
    if (!body) throw this.#fail(node.at, shown, `template ${JSON.stringify(node.name)} not defined`);
    if (++this.#depth > LIMITS.depth) throw this.#fail(node.at, shown, 'exceeded maximum template depth (100000)');
    const value = node.pipe ? this.#pipe(node.pipe, dot, scope) : undefined;
    this.nodes(body, value, new Map([['$', { value }]]));
    this.#depth--;
  }

  #range(node: TemplateNode & { type: 'if' | 'with' | 'range' }, dot: unknown, outer: Scope): Flow {
    const value = this.#pipe({ ...node.pipe, variables: [] }, dot, outer);
    const entries = this.#entries(value, node.pipe);
    if (entries.length === 0) return this.nodes(node.otherwise, dot, new Map(outer));
    for (const [key, item] of entries) {
      const scope = new Map(outer);
      const names = node.pipe.variables;
      const bound = names.length === 1 ? [item] : [key, item];
      for (const [i, name] of names.entries()) this.#bind(scope, name, bound[i], node.pipe.assign);
      if (this.nodes(node.body, item, scope) === 'break') break;
    }
    return undefined;
  }

  #entries(value: unknown, pipe: Pipe): [unknown, unknown][] {
    if (value === undefined || value === null) return [];
    if (Array.isArray(value)) return value.map((item, i) => [i, item]);
    if (isPlainObject(value)) {
      const keys = Object.keys(value).filter((key) => value[key] !== undefined);
      return keys.sort(byCodePoint).map((key) => [key, value[key]]);
    }
    if (typeof value === 'number' && Number.isInteger(value))
      return Array.from({ length: Math.min(Math.max(0, value), LIMITS.steps) }, (_, i) => [i, i]);
    const first = pipe.commands[0]?.args[0];
    throw this.#fail(first?.at ?? pipe.at, showPipe(pipe), `range can't iterate over ${formatGoValue(value)}`);
  }

  #bind(scope: Scope, name: string, value: unknown, assign: boolean): void {
    const cell = scope.get(name);
    if (assign && cell) cell.value = value;
    else scope.set(name, { value });
  }

  #pipe(pipe: Pipe, dot: unknown, scope: Scope): unknown {
    let value: unknown;
    pipe.commands.forEach((command, i) => {
      value = this.#command(command, dot, scope, i > 0 ? { value } : undefined);
    });
    for (const name of pipe.variables) this.#bind(scope, name, value, pipe.assign);
    return value;
  }

  #command(command: Command, dot: unknown, scope: Scope, piped: { value: unknown } | undefined): unknown {
    const [first, ...args] = command.args;
    if (!first) return undefined;
    if (first.type === 'function') return this.#function(first.name, command, args, dot, scope, piped);
    if (first.type === 'nil') throw this.#fail(first.at, 'nil', 'nil is not a command');
    if (args.length > 0 || piped) {
      const isField = first.type === 'field' || first.type === 'chain' || first.type === 'variable';
      const what = isField
        ? `${first.type === 'variable' ? first.name : (first.path.at(-1) ?? '')} is not a method but has arguments`
        : `can't give argument to non-function ${showOperand(first)}`;
      throw this.#fail(first.at, showOperand(first), what);
    }
    return this.#operand(first, dot, scope);
  }

  #function(name: string, command: Command, args: readonly Operand[], dot: unknown, scope: Scope, piped: { value: unknown } | undefined): unknown {
    if (name === 'and' || name === 'or') return this.#shortCircuit(name, args, dot, scope, piped);
    const fn = this.#template.functions[name];
    const values = [...args.map((arg) => this.#operand(arg, dot, scope)), ...(piped ? [piped.value] : [])];
    const wanted = ARITY[name];
    if (wanted !== undefined && wanted !== values.length) {
      throw this.#fail(command.at, showCommand(command), `wrong number of args for ${name}: want ${wanted} got ${values.length}`);
    }
    try {
      return fn?.(...values);
    } catch (error) {
      if (error instanceof TemplateExecutionError || !(error instanceof Error)) throw error;
      throw this.#fail(command.at, showCommand(command), `error calling ${name}: ${error.message}`);
    }
  }

  #shortCircuit(name: 'and' | 'or', args: readonly Operand[], dot: unknown, scope: Scope, piped: { value: unknown } | undefined): unknown {
    let value: unknown;
    for (const arg of args) {
      value = this.#operand(arg, dot, scope);
      if (isTrue(value) === (name === 'or')) return value;
    }
    return piped ? piped.value : value;
  }

  #operand(operand: Operand, dot: unknown, scope: Scope): unknown {
    switch (operand.type) {
      case 'dot':
        return dot;
      case 'nil':
        return null;
      case 'constant':
        return operand.value;
      case 'field':
        return this.#path(dot, operand.path, operand);
      case 'variable':
        return this.#path(scope.get(operand.name)?.value, operand.path, operand);
      case 'chain':
        return this.#path(this.#operand(operand.inner, dot, scope), operand.path, operand);
      case 'pipe':
        return this.#pipe(operand.pipe, dot, scope);
      case 'function':
        return this.#function(operand.name, { args: [operand], at: operand.at }, [], dot, scope, undefined);
    }
  }

  #path(start: unknown, path: readonly string[], operand: Operand): unknown {
    return path.reduce<unknown>((value, name, i) => {
      if (value === undefined || value === null) return undefined;
      if (isPlainObject(value)) return Object.hasOwn(value, name) ? value[name] : undefined;
      const type = i === 0 ? goTypeName(value) : 'interface {}';
      throw this.#fail(operand.at, showOperand(operand), `can't evaluate field ${name} in type ${type}`);
    }, start);
  }
}

const showPipe = (pipe: Pipe): string => pipe.commands.map(showCommand).join(' | ');
