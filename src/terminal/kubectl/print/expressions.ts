import { toGoJson } from '../../../api/machinery/json.ts';
import { findJsonPath, parseJsonPath, renderJsonPath } from '../../../api/machinery/jsonpath.ts';
import type { KubeObject } from '../../../api/machinery/object.ts';
import { messageOf, UsageError } from '../errors.ts';
import { TemplateFailure } from './template-failure.ts';

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
    const why = messageOf(error);
    const told = `Error executing template: ${why}. Printing more information for debugging the template:\n\ttemplate was:\n\t\t${template}\n\tobject given to jsonpath engine was:\n\t\t${toGoJson(object)}\n\n`;
    throw new TemplateFailure(told, `error executing jsonpath ${JSON.stringify(template)}: ${why}`);
  }
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
