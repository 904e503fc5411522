export interface FieldRequirement {
  readonly field: string;
  readonly equal: boolean;
  readonly value: string;
}

/** All must hold; an empty list matches everything. */
export type FieldSelector = readonly FieldRequirement[];

export class FieldSelectorError extends Error {
  override readonly name = 'FieldSelectorError';
}

/** Reads `status.phase!=Running,metadata.name=web`; throws in upstream's words. Terms come out sorted, as upstream sorts them. */
export function parseFieldSelector(text: string): FieldSelector {
  return splitTerms(text)
    .sort()
    .filter(Boolean)
    .map((term) => {
      const match = /^(.*?)(!=|==|=)(.*)$/s.exec(term);
      if (!match) throw new FieldSelectorError(`invalid selector: '${text}'; can't understand '${term}'`);
      const [, field = '', operator, value = ''] = match;
      return { field, equal: operator !== '!=', value: unescapeValue(value) };
    });
}

const splitTerms = (text: string): string[] => text.match(/(?:^|,)(?:\\.|[^\\,])*/gs)?.map((term) => term.replace(/^,/, '')) ?? [];

function unescapeValue(value: string): string {
  return value.replace(/\\(.?)|[,=]/gs, (found, escaped: string | undefined) => {
    if (escaped === undefined) throw new FieldSelectorError(`invalid field selector: unescaped character in value: ${found.codePointAt(0)}`);
    if (!['\\', ',', '='].includes(escaped)) throw new FieldSelectorError(`invalid field selector: invalid escape sequence: ${found}`);
    return escaped;
  });
}

const escapeValue = (value: string): string => value.replace(/[\\,=]/g, '\\$&');

export const formatFieldSelector = (selector: FieldSelector): string =>
  selector.map(({ field, equal, value }) => `${field}${equal ? '=' : '!='}${escapeValue(value)}`).join(',');

/** `read` gives a field's text, `''` where it is unset. */
export const matchesFields = (selector: FieldSelector, read: (field: string) => string): boolean =>
  selector.every(({ field, equal, value }) => (read(field) === value) === equal);
