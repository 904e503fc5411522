import { toGoJson } from '../../../../api/machinery/json.ts';
import type { Mapping } from '../../client/discovery.ts';
import { printedType } from '../../client/mapper.ts';
import { throwAll, UsageError } from '../../errors.ts';
import type { Invocation } from '../../invocation.ts';
import { sortByField } from '../../print/sort.ts';
import { TabWriter } from '../../print/tab-writer.ts';
import { isTable, type Table, TablePrinter } from '../../print/table.ts';
import { type Info, type Selection, type SelectOptions, select } from '../../resource/selection.ts';
import type { GetOptions } from './get.ts';

export const tableAccept = 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json;as=Table;v=v1beta1;g=meta.k8s.io,application/json';

export function selectOptions(kubectl: Invocation, options: GetOptions): SelectOptions {
  return {
    args: kubectl.args,
    filename: options.filename,
    kustomize: options.kustomize,
    recursive: options.recursive,
    selector: options.selector,
    fieldSelector: options['field-selector'],
    allNamespaces: options['all-namespaces'],
    allowEmptySelector: true,
    latest: true,
    subresource: options.subresource,
    ignoreNotFound: options['ignore-not-found'],
    chunkSize: options['sort-by'] ? 0 : options['chunk-size'],
  };
}

/** The server's tables, one below the other. */
export async function getTable(kubectl: Invocation, options: GetOptions): Promise<undefined> {
  const sorting = Boolean(options['sort-by']);
  const selection = await select(kubectl, {
    ...selectOptions(kubectl, options),
    flatten: false,
    headers: { accept: tableAccept },
    query: sorting ? { includeObject: 'Object' } : {},
  });
  const infos = sorting ? sorted(selection.infos, options['sort-by']) : selection.infos;
  const text = tablesText(infos, options);
  await kubectl.print(text);
  if (text === '' && !options['ignore-not-found'] && selection.errors.length === 0) await kubectl.error(nothingFound(kubectl, selection, options));
  throwAll(selection.errors);
}

/**
 * Several answers are first sorted among themselves by their own fields, of which a table has hardly any, as kubectl does. The rows of a
 * table that lacks the field are left out without a word.
 */
function sorted(infos: readonly Info[], field: string): Info[] {
  const ordered = infos.length > 1 ? sortByField(infos, field, ({ object }) => object) : infos;
  return ordered.map((info) => {
    const table: unknown = info.object;
    if (!isTable(table) || !table.rows || table.rows.length < 2) return info;
    return { ...info, object: { ...info.object, ...sortedRows(table, field) } };
  });
}

function sortedRows({ rows = [] }: Table, field: string): Partial<Table> {
  try {
    return { rows: sortByField(rows, field, ({ object }) => object) };
  } catch (error) {
    if (error instanceof UsageError) return { columnDefinitions: [], rows: [] };
    throw error;
  }
}

export function tablesText(infos: readonly Info[], options: GetOptions): string {
  const kinds = new Set(infos.map(({ mapping }) => `${mapping.group}/${mapping.version}/${mapping.kind}`));
  const parts: string[] = [];
  let writer = new TabWriter();
  let printer: TablePrinter | undefined;
  let last: Mapping | undefined;
  const flush = () => {
    const text = writer.flush();
    if (text) parts.push(text);
  };
  for (const { mapping, object } of infos) {
    if (mapping !== last) {
      flush();
      writer = new TabWriter();
      printer = new TablePrinter(tableOptions(options, mapping, kinds.size > 1));
      last = mapping;
    }
    writer.write(printer?.print(tableOf(object)) ?? '');
  }
  flush();
  return parts.join(options['no-headers'] ? '' : '\n');
}

export const tableOptions = (options: GetOptions, mapping: Mapping, several: boolean) => ({
  noHeaders: options['no-headers'],
  wide: options.output === 'wide',
  withNamespace: options['all-namespaces'] && mapping.namespaced,
  withKind: options['show-kind'] || several ? printedType(mapping) : '',
  showLabels: options['show-labels'],
  labelColumns: options['label-columns'],
});

/** Servers that make no tables get the plainest one. */
export function tableOf(object: unknown): Table {
  if (isTable(object)) return object;
  const given = object as { items?: readonly never[]; metadata?: { name?: string } };
  const items = (given.items ?? [given]) as readonly { metadata?: { name?: string } }[];
  return {
    kind: 'Table',
    columnDefinitions: [{ name: 'Name', type: 'string', format: 'name' }],
    rows: items.map((item) => ({ cells: [item.metadata?.name ?? toGoJson(item)], object: item as never })),
  };
}

function nothingFound(kubectl: Invocation, { infos, mappings }: Selection, options: GetOptions): string {
  const relevant = infos.length > 0 ? infos.map(({ mapping }) => mapping) : mappings;
  const namespaced = !options['all-namespaces'] && relevant.every((mapping) => mapping.namespaced);
  return namespaced ? `No resources found in ${kubectl.namespace} namespace.\n` : 'No resources found\n';
}
