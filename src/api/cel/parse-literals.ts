import type { Expression, ListLiteral, MapLiteral, StructLiteral } from './ast.ts';
import type { Parsing } from './parser.ts';

export function parseList(parsing: Parsing): ListLiteral {
  const { tokens } = parsing;
  const { at } = tokens.next();
  const items: { value: Expression; optional: boolean }[] = [];
  while (!tokens.is(']')) {
    const optional = tokens.accept('?') !== undefined;
    items.push({ value: parsing.expression(), optional });
    if (!tokens.accept(',')) break;
  }
  tokens.expect(']');
  return { op: 'list', at, items };
}

export function parseMap(parsing: Parsing): MapLiteral {
  const { tokens } = parsing;
  const { at } = tokens.next();
  const entries: { key: Expression; value: Expression; optional: boolean }[] = [];
  while (!tokens.is('}')) {
    const optional = tokens.accept('?') !== undefined;
    const key = parsing.expression();
    tokens.expect(':');
    entries.push({ key, value: parsing.expression(), optional });
    if (!tokens.accept(',')) break;
  }
  tokens.expect('}');
  return { op: 'map', at, entries };
}

/** From the brace after the type's name. */
export function parseStruct(parsing: Parsing, name: string): StructLiteral {
  const { tokens } = parsing;
  const { at } = tokens.next();
  const fields: { at: number; name: string; value: Expression; optional: boolean }[] = [];
  while (!tokens.is('}')) {
    const optional = tokens.accept('?') !== undefined;
    const field = tokens.next();
    if (field.kind !== 'identifier') tokens.stop(field, `mismatched input '${field.text}' expecting {'}', ',', '?', IDENTIFIER}`);
    const colon = tokens.expect(':');
    fields.push({ at: colon.at, name: field.text.replaceAll('`', ''), value: parsing.expression(), optional });
    if (!tokens.accept(',')) break;
  }
  tokens.expect('}');
  return { op: 'struct', at, name, fields };
}
