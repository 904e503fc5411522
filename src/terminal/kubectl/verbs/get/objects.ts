import type { KubeObject } from '../../../../api/machinery/object.ts';
import { Aggregate } from '../../errors.ts';
import type { Invocation } from '../../invocation.ts';
import { objectPrinter } from '../../print/object-printer.ts';
import { sortByField } from '../../print/sort.ts';
import { select } from '../../resource/selection.ts';
import type { GetOptions } from './get.ts';
import { selectOptions } from './tables.ts';

export const printerFor = (kubectl: Invocation, options: GetOptions) =>
  objectPrinter({
    output: options.output,
    template: options.template,
    allowMissingKeys: options['allow-missing-template-keys'],
    showManagedFields: options['show-managed-fields'],
    noHeaders: options['no-headers'],
    columns: true,
    readFile: (path) => kubectl.readText(path),
  });

/** Whole objects: one alone, several as a List. */
export async function getObjects(kubectl: Invocation, options: GetOptions): Promise<undefined> {
  const selection = await select(kubectl, selectOptions(kubectl, options));
  if (selection.infos.length === 0 && options['ignore-not-found'] && selection.errors.length === 0) return;
  if (selection.singleItemImplied && selection.errors.length > 0) throw selection.errors[0];
  const print = printerFor(kubectl, options);
  const objects = selection.infos.map(({ object }) => object);
  const sorted = options['sort-by'] ? sortByField(objects, options['sort-by'], (object) => object) : objects;
  const [only] = sorted;
  const shown = selection.singleItemImplied && only && sorted.length === 1 ? only : listOf(sorted);
  await kubectl.print(print(shown));
  if (selection.errors.length > 0) throw new Aggregate(selection.errors);
}

const listOf = (items: readonly KubeObject[]): KubeObject => ({ apiVersion: 'v1', kind: 'List', metadata: { resourceVersion: '' }, items });
