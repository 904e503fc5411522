import { lexTemplate, TemplateError, type Token } from './go-template-lexer.ts';

interface At {
  readonly at: number;
}
export type Operand =
  | (At & { readonly type: 'dot' | 'nil' })
  | (At & { readonly type: 'constant'; readonly value: unknown; readonly text: string })
  | (At & { readonly type: 'field'; readonly path: readonly string[] })
  | (At & { readonly type: 'variable'; readonly name: string; readonly path: readonly string[] })
  | (At & { readonly type: 'function'; readonly name: string })
  | (At & { readonly type: 'chain'; readonly inner: Operand; readonly path: readonly string[] })
  | (At & { readonly type: 'pipe'; readonly pipe: Pipe });
export interface Command extends At {
  readonly args: readonly Operand[];
}
export interface Pipe extends At {
  readonly variables: readonly string[];
  readonly assign: boolean;
  readonly commands: readonly Command[];
}
export type TemplateNode =
  | (At & { readonly type: 'text'; readonly text: string })
  | (At & { readonly type: 'action'; readonly pipe: Pipe })
  | (At & {
      readonly type: 'if' | 'range' | 'with';
      readonly pipe: Pipe;
      readonly body: readonly TemplateNode[];
      readonly otherwise: readonly TemplateNode[];
    })
  | (At & { readonly type: 'template'; readonly name: string; readonly pipe: Pipe | undefined })
  | (At & { readonly type: 'break' | 'continue' });

export interface ParsedTemplate {
  readonly name: string;
  readonly source: string;
  readonly root: readonly TemplateNode[];
  readonly defined: ReadonlyMap<string, readonly TemplateNode[]>;
}

/** Parses a template; unknown functions are refused here, as in Go. Throws TemplateError: `template: output:1: unclosed action`. */
export function parseGoTemplate(source: string, name: string, isFunction: (name: string) => boolean): ParsedTemplate {
  const fail = (at: number, message: string) => new TemplateError(`template: ${name}:${source.slice(0, at).split('\n').length}: ${message}`);
  const parser = new Parser(lexTemplate(source, fail), fail, isFunction);
  const root = parser.list([]).nodes;
  return { name, source, root, defined: parser.defined };
}

class Parser {
  readonly defined = new Map<string, readonly TemplateNode[]>();
  #position = 0;
  #variables: string[] = ['$'];
  readonly #tokens: readonly Token[];
  readonly #fail: (at: number, message: string) => TemplateError;
  readonly #isFunction: (name: string) => boolean;

  constructor(tokens: readonly Token[], fail: (at: number, message: string) => TemplateError, isFunction: (name: string) => boolean) {
    this.#tokens = tokens;
    this.#fail = fail;
    this.#isFunction = isFunction;
  }

  /** Nodes up to `{{end}}` or `{{else}}`, whose token it leaves behind it. */
  list(enders: readonly string[]): { nodes: TemplateNode[]; ender: Token } {
    const nodes: TemplateNode[] = [];
    for (;;) {
      const token = this.#next();
      if (token.kind === 'end') {
        if (enders.length > 0) throw this.#fail(token.at, 'unexpected EOF');
        return { nodes, ender: token };
      }
      if (token.kind === 'text') {
        nodes.push({ type: 'text', text: token.text, at: token.at });
        continue;
      }
      const word = this.#skipSpace();
      if (word.kind === 'keyword' && (word.text === 'end' || word.text === 'else')) {
        if (word.text === 'else' && enders.includes('end') && !enders.includes('else')) throw this.#fail(word.at, 'expected end; found {{else}}');
        if (!enders.includes(word.text)) throw this.#fail(word.at, `unexpected {{${word.text}}}`);
        this.#next();
        return { nodes, ender: word };
      }
      const node = this.#action(word);
      if (node) nodes.push(node);
    }
  }

  #peek(): Token {
    return this.#tokens[this.#position] ?? { kind: 'end', text: '', at: 0 };
  }
  #next(): Token {
    const token = this.#peek();
    this.#position++;
    return token;
  }
  #skipSpace(): Token {
    while (this.#peek().kind === 'space') this.#position++;
    return this.#peek();
  }

  #action(word: Token): TemplateNode | undefined {
    if (word.kind !== 'keyword') return { type: 'action', pipe: this.#pipe('command'), at: word.at };
    this.#next();
    switch (word.text) {
      case 'if':
      case 'range':
      case 'with':
        return this.#control(word.text, word.at);
      case 'define':
        return this.#define();
      case 'template':
        return this.#template('template clause');
      case 'block':
        return this.#block();
      default:
        this.#expectClose(word.text);
        return { type: word.text as 'break' | 'continue', at: word.at };
    }
  }

  #control(type: 'if' | 'range' | 'with', at: number): TemplateNode {
    const scope = this.#variables.length;
    const pipe = this.#pipe(type);
    const { nodes: body, ender } = this.list(['end', 'else']);
    let otherwise: TemplateNode[] = [];
    if (ender.text === 'else') {
      const next = this.#skipSpace();
      if (next.kind === 'keyword' && next.text === type && type !== 'range') {
        this.#next();
        otherwise = [this.#control(type, next.at)];
        this.#variables.length = scope;
        return { type, pipe, body, otherwise, at };
      }
      this.#expectClose('else');
      otherwise = this.list(['end']).nodes;
    }
    this.#expectClose('end');
    this.#variables.length = scope;
    return { type, pipe, body, otherwise, at };
  }

  #define(): undefined {
    const name = this.#name('define clause');
    this.#expectClose('define clause');
    const variables = this.#variables;
    this.#variables = ['$'];
    this.defined.set(name, this.list(['end']).nodes);
    this.#expectClose('end');
    this.#variables = variables;
  }

  #block(): TemplateNode {
    const node = this.#template('block clause');
    const variables = this.#variables;
    this.#variables = ['$'];
    const { nodes } = this.list(['end']);
    this.#expectClose('end');
    this.#variables = variables;
    if (node.type === 'template') this.defined.set(node.name, nodes);
    return node;
  }

  #template(context: string): TemplateNode {
    const at = this.#skipSpace().at;
    const name = this.#name(context);
    if (this.#skipSpace().kind === 'close') {
      this.#next();
      return { type: 'template', name, pipe: undefined, at };
    }
    return { type: 'template', name, pipe: this.#pipe(context), at };
  }

  #name(context: string): string {
    const token = this.#skipSpace();
    this.#next();
    if (token.kind !== 'string') throw this.#unexpected(token, context);
    return unquoteGo(token.text);
  }

  #expectClose(context: string): void {
    const token = this.#skipSpace();
    if (token.kind !== 'close') throw this.#unexpected(token, context);
    this.#next();
  }

  #unexpected(token: Token, context: string): TemplateError {
    if (token.kind === 'end') return this.#fail(token.at, 'unexpected EOF');
    const shown =
      token.kind === 'keyword' ? `<${token.text}>` : token.kind === 'dot' ? '<.>' : token.kind === 'close' ? '"}}"' : JSON.stringify(token.text);
    return this.#fail(token.at, `unexpected ${shown} in ${context}`);
  }

  /** A pipeline with its declarations, up to and past `}}` or `)`. */
  #pipe(context: string, ender: 'close' | 'right-paren' = 'close'): Pipe {
    const at = this.#skipSpace().at;
    const { variables, assign } = this.#declarations(context);
    const commands: Command[] = [];
    for (;;) {
      const token = this.#skipSpace();
      if (token.kind === ender) {
        this.#next();
        if (commands.length === 0) throw this.#fail(token.at, `missing value for ${context}`);
        return { variables, assign, commands, at };
      }
      commands.push(this.#command(context, ender));
    }
  }

  #declarations(context: string): { variables: string[]; assign: boolean } {
    const start = this.#position;
    const variables: string[] = [];
    while (this.#skipSpace().kind === 'variable') {
      variables.push(this.#next().text);
      const { kind } = this.#skipSpace();
      if (kind === 'declare' || kind === 'assign') {
        this.#next();
        if (kind === 'declare') this.#variables.push(...variables);
        return { variables, assign: kind === 'assign' };
      }
      if (kind !== 'comma' || context !== 'range') break;
      this.#next();
    }
    this.#position = start;
    return { variables: [], assign: false };
  }

  #command(context: string, ender: 'close' | 'right-paren'): Command {
    const at = this.#skipSpace().at;
    const args: Operand[] = [];
    for (;;) {
      const token = this.#skipSpace();
      if (token.kind === ender) break;
      if (token.kind === 'pipe') {
        this.#next();
        if (args.length === 0) throw this.#fail(token.at, 'missing value for command');
        if (this.#skipSpace().kind === ender) throw this.#fail(token.at, `missing value for command`);
        break;
      }
      args.push(this.#operand(context));
      const { kind } = this.#peek();
      if (kind !== 'space' && kind !== 'pipe' && kind !== ender) throw this.#unexpected(this.#peek(), 'operand');
    }
    return { args, at };
  }

  #operand(context: string): Operand {
    const token = this.#next();
    const base = this.#term(token, context);
    if (this.#peek().kind !== 'field') return base;
    const at = this.#peek().at;
    const path: string[] = [];
    while (this.#peek().kind === 'field') path.push(this.#next().text.slice(1));
    if (base.type === 'field') return { type: 'field', path: [...base.path, ...path], at };
    if (base.type === 'variable') return { ...base, path: [...base.path, ...path], at };
    return { type: 'chain', inner: base, path, at };
  }

  #term(token: Token, context: string): Operand {
    const { at, text } = token;
    switch (token.kind) {
      case 'dot':
        return { type: 'dot', at };
      case 'nil':
        return { type: 'nil', at };
      case 'field':
        return { type: 'field', path: [text.slice(1)], at };
      case 'variable':
        if (!this.#variables.includes(text)) throw this.#fail(at, `undefined variable ${JSON.stringify(text)}`);
        return { type: 'variable', name: text, path: [], at };
      case 'identifier':
        if (!this.#isFunction(text)) throw this.#fail(at, `function ${JSON.stringify(text)} not defined`);
        return { type: 'function', name: text, at };
      case 'left-paren':
        return { type: 'pipe', pipe: this.#pipe('parenthesized pipeline', 'right-paren'), at };
      default:
        return this.#constant(token, context);
    }
  }

  #constant(token: Token, context: string): Operand {
    const { at, text } = token;
    const constant = (value: unknown): Operand => ({ type: 'constant', value, text, at });
    switch (token.kind) {
      case 'boolean':
        return constant(text === 'true');
      case 'string':
        return constant(unquoteGo(text));
      case 'number':
        return constant(Number(text.replaceAll('_', '')));
      case 'character': {
        const inside = unquoteGo(`"${text.slice(1, -1).replace(/^"$/, '\\"').replace("\\'", "'")}"`);
        if ([...inside].length !== 1) throw this.#fail(at, `malformed character constant: ${text}`);
        return constant(inside.codePointAt(0));
      }
      default:
        throw this.#unexpected(token, context === 'command' ? 'operand' : context);
    }
  }
}

/** A Go string literal's value. */
export function unquoteGo(literal: string): string {
  if (literal.startsWith('`')) return literal.slice(1, -1);
  const simple: Readonly<Record<string, string>> = { a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };
  return literal.slice(1, -1).replace(/\\(x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[0-7]{3}|.)/gs, (_, code: string) => {
    const known = simple[code];
    if (known !== undefined) return known;
    if (/^[xuU].+/.test(code)) return String.fromCodePoint(Number.parseInt(code.slice(1), 16));
    return /^[0-7]{3}$/.test(code) ? String.fromCodePoint(Number.parseInt(code, 8)) : code;
  });
}
