import type { WatchEvent } from '../../../../api/client/transport.ts';
import type { KubeObject } from '../../../../api/machinery/object.ts';
import { resourcePath } from '../../client/mapper.ts';
import { watchEvents } from '../../client/watch.ts';
import { throwAll } from '../../errors.ts';
import type { Invocation } from '../../invocation.ts';
import { TabWriter } from '../../print/tab-writer.ts';
import { TablePrinter } from '../../print/table.ts';
import { select } from '../../resource/selection.ts';
import { type GetOptions, isTableFormat } from './get.ts';
import { printerFor } from './objects.ts';
import { selectOptions, tableAccept, tableOf, tableOptions } from './tables.ts';

/** Prints what is there, then every change until interrupted. */
export async function watchTable(kubectl: Invocation, options: GetOptions): Promise<undefined> {
  const asTable = isTableFormat(options);
  const headers: Readonly<Record<string, string>> = asTable ? { accept: tableAccept } : {};
  const selection = await select(kubectl, { ...selectOptions(kubectl, options), singleType: true, flatten: false, headers });
  throwAll(selection.errors);
  const [info] = selection.infos;
  if (!info) return;
  const print = asTable ? tablePrinter(options, info.mapping) : objectEvents(kubectl, options);
  if (!options['watch-only']) for (const object of itemsOf(info.object)) await kubectl.print(print({ type: 'ADDED', object }));
  const query = {
    resourceVersion: String((info.object.metadata as { resourceVersion?: string } | undefined)?.resourceVersion ?? ''),
    ...(options.selector ? { labelSelector: options.selector } : {}),
    ...(options['field-selector'] ? { fieldSelector: options['field-selector'] } : {}),
    ...(info.name ? { fieldSelector: `metadata.name=${info.name}` } : {}),
  };
  for await (const event of watchEvents(
    kubectl,
    resourcePath(info.mapping, info.namespace || listNamespace(kubectl, options, info.mapping)),
    query,
    headers,
  )) {
    if (event.type === 'BOOKMARK') continue;
    await kubectl.print(print(event));
  }
}

const listNamespace = (kubectl: Invocation, options: GetOptions, mapping: { namespaced: boolean }): string =>
  mapping.namespaced && !options['all-namespaces'] ? kubectl.namespace : '';

function itemsOf(object: KubeObject): readonly KubeObject[] {
  return Array.isArray(object.items) && object.kind !== 'Table' ? (object.items as KubeObject[]) : [object];
}

type EventPrinter = (event: WatchEvent) => string;

function tablePrinter(options: GetOptions, mapping: Parameters<typeof tableOptions>[1]): EventPrinter {
  const printer = new TablePrinter(tableOptions(options, mapping, false));
  const writer = new TabWriter();
  return ({ type, object }) => {
    writer.write(printer.print(tableOf(object), options['output-watch-events'] ? type : undefined));
    return writer.flush();
  };
}

function objectEvents(kubectl: Invocation, options: GetOptions): EventPrinter {
  const print = printerFor(kubectl, options);
  return ({ type, object }) => print(options['output-watch-events'] ? ({ type, object } as unknown as KubeObject) : object);
}
