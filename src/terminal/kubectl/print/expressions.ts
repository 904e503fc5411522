import { byCodePoint } from '../../../api/machinery/json.ts';
import { findJsonPath, parseJsonPath, renderJsonPath } from '../../../api/machinery/jsonpath.ts';
import type { KubeObject } from '../../../api/machinery/object.ts';
import { messageOf, UsageError } from '../errors.ts';

/** `-o jsonpath=…`: the object is shown when the expression fails on it. */
export function jsonPath(template: string, object: KubeObject, allowMissingKeys: boolean): string {
  const nodes = parsed(template);
  return evaluated(template, object, () => renderJsonPath(nodes, object, { allowMissingKeys }));
}

export function jsonPathAsJson(template: string, object: KubeObject, allowMissingKeys: boolean): string {
  const nodes = parsed(template);
  return evaluated(template, object, () => renderJsonPath(nodes, object, { allowMissingKeys, asJson: true }));
}

function parsed(template: string) {
  try {
    return parseJsonPath(template);
  } catch (error) {
    throw new UsageError(`error parsing jsonpath ${template}, ${messageOf(error)}`);
  }
}

function evaluated(template: string, object: KubeObject, run: () => string): string {
  try {
    return run();
  } catch (error) {
    const told = `Error executing template: ${messageOf(error)}. Printing more information for debugging the template:\n\ttemplate was:\n\t\t${template}\n\tobject given to jsonpath engine was:\n\t\t${goSyntax(object)}\n\n`;
    throw new UsageError(`error executing jsonpath ${JSON.stringify(template)}: ${told}\n`);
  }
}

/** As Go's %#v shows decoded JSON. */
function goSyntax(value: unknown): string {
  if (value === null || value === undefined) return 'interface {}(nil)';
  if (Array.isArray(value)) return `[]interface {}{${value.map(goSyntax).join(', ')}}`;
  if (typeof value !== 'object') return JSON.stringify(value);
  const members = Object.entries(value).sort(([a], [b]) => byCodePoint(a, b));
  return `map[string]interface {}{${members.map(([key, member]) => `${JSON.stringify(key)}:${goSyntax(member)}`).join(', ')}}`;
}

export { goTemplate } from './go-template.ts';

/** The values that a path finds in an object; nothing where it is absent or no path at all. */
export function findValues(path: string, object: unknown): readonly unknown[] {
  try {
    return findJsonPath(path, object, { allowMissingKeys: true })[0] ?? [];
  } catch {
    return [];
  }
}
