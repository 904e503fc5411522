import type { CelType } from './types.ts';
import type { CelValue } from './values.ts';

interface Node {
  /** Where errors about it point: a character of the source. */
  readonly at: number;
}

export type MacroName = 'all' | 'exists' | 'exists_one' | 'map' | 'filter' | 'transformList' | 'transformMap';

export type Literal = Node & { readonly op: 'literal'; readonly value: CelValue; readonly type: CelType };
export type Identifier = Node & { readonly op: 'identifier'; readonly name: string };
export type Select = Node & {
  readonly op: 'select';
  readonly target: Expression;
  readonly field: string;
  /** `has(a.b)`: whether the field is there. */
  readonly test: boolean;
  /** `a.?b` */
  readonly optional: boolean;
};
export type Call = Node & { readonly op: 'call'; readonly name: string; readonly target?: Expression; readonly args: readonly Expression[] };
export type ListLiteral = Node & { readonly op: 'list'; readonly items: readonly { readonly value: Expression; readonly optional: boolean }[] };
export type MapLiteral = Node & {
  readonly op: 'map';
  readonly entries: readonly { readonly key: Expression; readonly value: Expression; readonly optional: boolean }[];
};
export type StructLiteral = Node & {
  readonly op: 'struct';
  readonly name: string;
  readonly fields: readonly { readonly at: number; readonly name: string; readonly value: Expression; readonly optional: boolean }[];
};
/** A macro over a range: its variables, what filters, and what is asked or made of each element. */
export type Comprehension = Node & {
  readonly op: 'comprehension';
  readonly macro: MacroName;
  readonly range: Expression;
  readonly variables: readonly string[];
  readonly filter?: Expression;
  readonly body: Expression;
};
/** `cel.bind(name, value, body)` and the optional macros `optMap`, `optFlatMap`. */
export type Binding = Node & {
  readonly op: 'bind';
  readonly macro: 'bind' | 'optMap' | 'optFlatMap';
  readonly variable: string;
  readonly value: Expression;
  readonly body: Expression;
};

export type Expression = Literal | Identifier | Select | Call | ListLiteral | MapLiteral | StructLiteral | Comprehension | Binding;
