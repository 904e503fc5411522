import type { Invocation } from '../invocation.ts';
import { type ObjectPrinter, objectPrinter } from '../print/object-printer.ts';
import { typedJson } from './typed-object.ts';
import type { DryRun } from './write-flags.ts';

export interface PrintChoice {
  readonly output: string;
  readonly template: string;
  readonly 'show-managed-fields': boolean;
  readonly 'allow-missing-template-keys': boolean;
}

/** The printer of a command that makes typed objects and says what it did to them. */
export function typedPrinter(kubectl: Invocation, options: PrintChoice, operation: string, dryRun: DryRun): ObjectPrinter {
  const print = objectPrinter({
    output: options.output,
    template: options.template,
    allowMissingKeys: options['allow-missing-template-keys'],
    showManagedFields: options['show-managed-fields'],
    operation,
    dryRun,
    readFile: (path) => kubectl.readText(path),
  });
  if (options.output !== 'json') return print;
  return (object) => {
    if (options['show-managed-fields']) return `${typedJson(object)}\n`;
    const { managedFields: _fields, ...metadata } = object.metadata;
    return `${typedJson({ ...object, metadata })}\n`;
  };
}
