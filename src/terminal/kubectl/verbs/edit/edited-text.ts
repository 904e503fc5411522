import { isPlainObject, toGoJson } from '../../../../api/machinery/json.ts';
import { parseYaml, splitYamlDocuments } from '../../../../api/machinery/yaml.ts';
import { messageOf } from '../../errors.ts';

/** The same text means the same, whatever its comments and layout. */
export function meaning(text: string): string {
  try {
    return toGoJson(parseYaml(text));
  } catch {
    return withoutComments(text);
  }
}

export const withoutComments = (text: string): string =>
  text
    .split('\n')
    .filter((line) => !/^\s*#(?!!)/.test(line))
    .join('\n');

export const hasContent = (text: string): boolean => text.split('\n').some((line) => line.trim() !== '' && !line.trim().startsWith('#'));

/** What kubectl itself finds wrong before it sends anything. */
export function complaint(text: string): string | undefined {
  try {
    const object = parseYaml(text);
    if (!isPlainObject(object)) return 'invalid object to validate';
    const missing = ['apiVersion', 'kind'].flatMap((field) => {
      if (object[field] === undefined || object[field] === null) return [`${field} not set`];
      return typeof object[field] === 'string' ? [] : [`${field} isn't string type`];
    });
    return missing.length > 1 ? `[${missing.join(', ')}]` : missing[0];
  } catch (error) {
    return messageOf(error);
  }
}

/** The documents of the edited file, as a manifest's. */
export const editedDocuments = (text: string) =>
  splitYamlDocuments(text).flatMap((part) => {
    const object = parseYaml(part);
    return isPlainObject(object) ? [{ source: 'edited-file', object }] : [];
  });
