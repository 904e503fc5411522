import { compileGoTemplate, executeGoTemplate, type GoTemplate, KUBECTL_FUNCTIONS } from '../../../api/machinery/go-template.ts';
import { toGoJson } from '../../../api/machinery/json.ts';
import type { KubeObject } from '../../../api/machinery/object.ts';
import { messageOf, UsageError } from '../errors.ts';
import { TemplateFailure } from './template-failure.ts';

/** `-o go-template=…`: the object is shown when the template fails on it. */
export function goTemplate(source: string, object: KubeObject): string {
  const template = compiled(source);
  try {
    return executeGoTemplate(template, object);
  } catch (error) {
    const why = messageOf(error);
    const told = `Error executing template: ${why}. Printing more information for debugging the template:\n\ttemplate was:\n\t\t${source}\n\traw data was:\n\t\t${toGoJson(object)}\n\tobject given to template engine was:\n\t\t${toGoJson(object)}\n\n`;
    throw new TemplateFailure(told, `error executing template ${JSON.stringify(source)}: ${why}`);
  }
}

function compiled(source: string): GoTemplate {
  try {
    return compileGoTemplate(source, KUBECTL_FUNCTIONS);
  } catch (error) {
    throw new UsageError(`error parsing template ${source}, ${messageOf(error)}`);
  }
}
