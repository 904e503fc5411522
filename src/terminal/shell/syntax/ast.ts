/** A script as bash understands it. */
export interface List {
  readonly kind: 'list';
  readonly items: readonly ListItem[];
}

export interface ListItem {
  readonly command: AndOr;
  readonly background: boolean;
  /** Its source, as `jobs` shows it. */
  readonly text: string;
}

export interface AndOr {
  readonly first: Pipeline;
  readonly rest: readonly { readonly operator: '&&' | '||'; readonly pipeline: Pipeline }[];
}

export interface Pipeline {
  readonly negated: boolean;
  readonly timed: boolean;
  readonly commands: readonly Command[];
  readonly text: string;
}

export type Command =
  | SimpleCommand
  | { readonly kind: 'subshell'; readonly body: List; readonly redirects: readonly Redirect[] }
  | { readonly kind: 'group'; readonly body: List; readonly redirects: readonly Redirect[] }
  | IfCommand
  | { readonly kind: 'for'; readonly name: string; readonly words?: readonly Word[]; readonly body: List; readonly redirects: readonly Redirect[] }
  | { readonly kind: 'select'; readonly name: string; readonly words?: readonly Word[]; readonly body: List; readonly redirects: readonly Redirect[] }
  | { readonly kind: 'loop'; readonly header: readonly [Word, Word, Word]; readonly body: List; readonly redirects: readonly Redirect[] }
  | { readonly kind: 'while'; readonly until: boolean; readonly condition: List; readonly body: List; readonly redirects: readonly Redirect[] }
  | { readonly kind: 'case'; readonly subject: Word; readonly branches: readonly CaseBranch[]; readonly redirects: readonly Redirect[] }
  | { readonly kind: 'test'; readonly expression: Condition; readonly redirects: readonly Redirect[]; readonly line: number }
  | { readonly kind: 'arithmetic'; readonly expression: Word; readonly redirects: readonly Redirect[]; readonly line: number }
  | { readonly kind: 'function'; readonly name: string; readonly body: Command; readonly text: string; readonly redirects: readonly Redirect[] };

export interface SimpleCommand {
  readonly kind: 'simple';
  readonly assignments: readonly Assignment[];
  readonly words: readonly Word[];
  readonly redirects: readonly Redirect[];
  readonly line: number;
}

export interface IfCommand {
  readonly kind: 'if';
  readonly branches: readonly { readonly condition: List; readonly body: List }[];
  readonly otherwise?: List;
  readonly redirects: readonly Redirect[];
}

export interface CaseBranch {
  readonly patterns: readonly Word[];
  readonly body: List;
  readonly next: ';;' | ';&' | ';;&';
}

export interface Assignment {
  readonly name: string;
  readonly index?: Word;
  readonly append: boolean;
  readonly value: Word | readonly ArrayElement[];
}

export interface ArrayElement {
  readonly index?: Word;
  readonly value: Word;
}

export interface Redirect {
  readonly operator: '<' | '>' | '>>' | '>|' | '<>' | '<&' | '>&' | '&>' | '&>>' | '<<' | '<<<';
  readonly fd?: number;
  /** `{name}>file`: the variable that receives the new descriptor. */
  readonly variable?: string;
  readonly target: Word;
}

export type Condition =
  | { readonly kind: 'unary'; readonly operator: string; readonly operand: Word }
  | { readonly kind: 'binary'; readonly operator: string; readonly left: Word; readonly right: Word }
  | { readonly kind: 'not'; readonly operand: Condition }
  | { readonly kind: 'and' | 'or'; readonly left: Condition; readonly right: Condition };

export interface Word {
  readonly parts: readonly WordPart[];
}

export type WordPart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'quoted'; readonly text: string }
  | { readonly kind: 'double'; readonly parts: readonly WordPart[] }
  | ParameterPart
  | { readonly kind: 'command'; readonly body: List }
  | { readonly kind: 'arithmetic'; readonly expression: Word }
  | { readonly kind: 'process'; readonly direction: '<' | '>'; readonly body: List };

export interface ParameterPart {
  readonly kind: 'parameter';
  readonly name: string;
  readonly index?: Word | '@' | '*';
  readonly shape: 'value' | 'length' | 'indirect' | 'names' | 'keys';
  readonly operation?: ParameterOperation;
  /** As written, for "bad substitution". */
  readonly text: string;
}

export type ParameterOperation =
  | { readonly kind: 'default' | 'assign' | 'error' | 'alternative'; readonly orNull: boolean; readonly word: Word }
  | { readonly kind: 'trim'; readonly side: 'prefix' | 'suffix'; readonly longest: boolean; readonly pattern: Word }
  | { readonly kind: 'replace'; readonly where: 'first' | 'all' | 'prefix' | 'suffix'; readonly pattern: Word; readonly replacement: Word }
  | { readonly kind: 'slice'; readonly offset: Word; readonly length?: Word }
  | { readonly kind: 'case'; readonly operator: '^' | '^^' | ',' | ',,'; readonly pattern?: Word }
  | { readonly kind: 'transform'; readonly operator: string }
  | { readonly kind: 'bad' };

export const emptyWord: Word = { parts: [] };
