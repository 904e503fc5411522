import type { Process, Sink, Source } from '../../machine/index.ts';
import type { ArrayElement, Command } from './syntax/ast.ts';
import { Variables } from './variables.ts';

/** One open file descriptor. */
export interface Descriptor {
  readonly source?: Source;
  readonly sink?: Sink;
}

export interface FunctionDefinition {
  readonly name: string;
  readonly body: Command;
  readonly text: string;
}

export interface Job {
  readonly id: number;
  readonly pgid: number;
  readonly command: string;
  readonly processes: readonly Process[];
  state: 'Running' | 'Stopped' | 'Done';
  status: number;
  /** How it died, if by a signal. */
  signal?: string;
  /** Whether the user was told of its present state. */
  notified: boolean;
  readonly foreground: boolean;
}

export interface Completion {
  readonly words?: string;
  readonly function?: string;
  readonly action?: string;
}

/** All that one bash knows. */
export class Shell {
  readonly process: Process;
  readonly variables: Variables;
  /** `$0`; also how its messages begin. */
  name: string;
  positional: string[] = [];
  functions = new Map<string, FunctionDefinition>();
  aliases = new Map<string, string>();
  readonly options = new Set<string>(['braceexpand', 'hashall', 'interactive-comments']);
  readonly shopts = new Set<string>([
    'cmdhist',
    'complete_fullquote',
    'extquote',
    'force_fignore',
    'globasciiranges',
    'hostcomplete',
    'interactive_comments',
    'progcomp',
    'promptvars',
    'sourcepath',
  ]);
  readonly traps = new Map<string, string>();
  readonly pendingTraps: string[] = [];
  /** Waits that a trapped signal ends. */
  readonly wakers: (() => void)[] = [];
  readonly completions = new Map<string, Completion>();
  fds: Map<number, Descriptor>;
  status = 0;
  pipeStatus: number[] = [0];
  lastArgument = '';
  backgroundPid: number | undefined;
  line = 1;
  interactive = false;
  isLogin = false;
  posix = false;
  /** Where `-c` and scripts get line numbers in messages. */
  readonly isSubshell: boolean;
  jobs: Job[] = [];
  history: string[] = [];
  directories: string[] = [];
  functionNames: string[] = [];
  sourceDepth = 0;
  loopDepth = 0;
  /** Above zero where a failing command must not end a `set -e` shell. */
  conditionDepth = 0;
  steps = 0;
  interrupted = false;
  exiting = false;
  /** How deep in command substitutions:  repeats its mark so often. */
  traceDepth = 0;
  /** Array values given to `declare` and its like, by name, until it takes them. */
  readonly declared = new Map<string, { items: readonly ArrayElement[]; append: boolean }>();
  /** What a command leaves behind to be tidied up once it has ended. */
  afterCommand: (() => void | Promise<void>)[] = [];
  readonly startedAt: number;

  constructor(process: Process, parent?: Shell) {
    this.process = process;
    this.isSubshell = parent !== undefined;
    this.variables = parent?.variables.clone() ?? new Variables();
    this.name = parent?.name ?? process.argv[0] ?? 'bash';
    this.startedAt = parent?.startedAt ?? process.clock.now();
    this.fds = new Map(parent?.fds);
    this.fds.set(0, { source: process.stdin });
    this.fds.set(1, { sink: process.stdout });
    this.fds.set(2, { sink: process.stderr });
    if (parent) this.#inherit(parent);
  }

  #inherit(parent: Shell): void {
    this.positional = [...parent.positional];
    this.functions = new Map(parent.functions);
    this.aliases = new Map(parent.aliases);
    this.status = parent.status;
    this.lastArgument = parent.lastArgument;
    this.backgroundPid = parent.backgroundPid;
    this.line = parent.line;
    this.posix = parent.posix;
    this.history = [...parent.history];
    this.directories = [...parent.directories];
    this.functionNames = [...parent.functionNames];
    this.loopDepth = parent.loopDepth;
    this.traceDepth = parent.traceDepth;
    this.sourceDepth = parent.sourceDepth;
    this.conditionDepth = parent.conditionDepth;
    this.options.clear();
    for (const option of parent.options) if (option !== 'monitor') this.options.add(option);
    this.shopts.clear();
    for (const option of parent.shopts) this.shopts.add(option);
  }

  get stdin(): Source | undefined {
    return this.fds.get(0)?.source;
  }

  async print(text: string | Uint8Array): Promise<void> {
    await this.fds.get(1)?.sink?.write(text);
  }

  async error(text: string): Promise<void> {
    await this.fds.get(2)?.sink?.write(text);
  }

  /** A message of the shell itself: `bash: line 1: foo: command not found`. */
  async complain(text: string): Promise<void> {
    await this.error(`${this.messagePrefix}${text}\n`);
  }

  get messagePrefix(): string {
    const name = this.name.replace(/^-/, '');
    if (this.interactive) return `${name.replace(/.*\//, '')}: `;
    return this.posix ? `${name}: ${this.line}: ` : `${name}: line ${this.line}: `;
  }

  lineNumbers(): void {
    this.variables.computed.set('LINENO', () => String(this.line));
  }

  get ifs(): string {
    return this.variables.get('IFS') ?? ' \t\n';
  }
}
