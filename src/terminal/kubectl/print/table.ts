import { byCodePoint } from '../../../api/machinery/json.ts';
import type { KubeObject } from '../../../api/machinery/object.ts';

export interface TableColumn {
  readonly name: string;
  readonly type: string;
  readonly format?: string;
  readonly priority?: number;
}

export interface TableRow {
  readonly cells: readonly unknown[];
  readonly object?: KubeObject;
}

/** A server's answer to `as=Table`. */
export interface Table {
  readonly kind: 'Table';
  readonly columnDefinitions?: readonly TableColumn[];
  readonly rows?: readonly TableRow[];
  readonly metadata?: { readonly resourceVersion?: string };
}

export const isTable = (object: unknown): object is Table => (object as { kind?: unknown } | undefined)?.kind === 'Table';

export interface TableOptions {
  readonly noHeaders: boolean;
  readonly wide: boolean;
  readonly withNamespace: boolean;
  /** `pod`, `deployment.apps`: names become `pod/web`. */
  readonly withKind: string;
  readonly showLabels: boolean;
  readonly labelColumns: readonly string[];
}

/** Prints the tables of one resource, headers once; keeps what it needs to print more of them during a watch. */
export class TablePrinter {
  readonly #options: TableOptions;
  #columns: readonly TableColumn[] = [];
  #headersDone = false;

  constructor(options: TableOptions) {
    this.#options = options;
  }

  print(table: Table, event?: string): string {
    const given = table.columnDefinitions ?? [];
    const sameColumns = given.length === 0 || JSON.stringify(given) === JSON.stringify(this.#columns);
    if (!sameColumns) this.#columns = given;
    const silent = this.#options.noHeaders || (this.#headersDone && sameColumns);
    const rows = table.rows ?? [];
    if (!sameColumns) this.#headersDone = false;
    if (rows.length > 0) this.#headersDone = true;
    return rows.length === 0 ? '' : this.#text(rows, silent, event);
  }

  #text(rows: readonly TableRow[], silent: boolean, event: string | undefined): string {
    const shown = this.#columns.map((column, index) => ({ column, index })).filter(({ column }) => this.#options.wide || !column.priority);
    const lines = rows.map((row) => this.#row(row, shown, event));
    return `${silent ? '' : `${this.#header(shown, event)}\n`}${lines.map((line) => `${line}\n`).join('')}`;
  }

  #header(shown: readonly { column: TableColumn }[], event: string | undefined): string {
    const { withNamespace, labelColumns, showLabels } = this.#options;
    return [
      ...(event ? ['EVENT'] : []),
      ...(withNamespace ? ['NAMESPACE'] : []),
      ...shown.map(({ column }) => column.name.toUpperCase()),
      ...labelColumns.map((label) => (label.split('/').at(-1) ?? '').toUpperCase()),
      ...(showLabels ? ['LABELS'] : []),
    ].join('\t');
  }

  #row({ cells, object }: TableRow, shown: readonly { column: TableColumn; index: number }[], event: string | undefined): string {
    const { withNamespace, withKind, labelColumns, showLabels } = this.#options;
    const labels = object?.metadata?.labels ?? {};
    return [
      ...(event ? [formattedEvents[event] ?? event] : []),
      ...(withNamespace ? [object?.metadata?.namespace ?? ''] : []),
      ...shown.map(({ column, index }) => (withKind && column.format === 'name' ? `${withKind}/${cellText(cells[index])}` : cellText(cells[index]))),
      ...labelColumns.map((label) => labels[label] ?? ''),
      ...(showLabels ? [formatLabels(labels)] : []),
    ].join('\t');
  }
}

const formattedEvents: Readonly<Record<string, string>> = { ADDED: 'ADDED   ', DELETED: 'DELETED ', ERROR: 'ERROR   ' };

function cellText(cell: unknown): string {
  if (cell === null || cell === undefined) return '';
  const text = String(cell);
  const end = text.search(/[\f\n\r]/);
  return end < 0 ? text : `${text.slice(0, end)}...`;
}

export const formatLabels = (labels: Readonly<Record<string, string>> | undefined): string =>
  Object.keys(labels ?? {}).length === 0
    ? '<none>'
    : Object.entries(labels ?? {})
        .sort(([a], [b]) => byCodePoint(a, b))
        .map(([key, value]) => `${key}=${value}`)
        .join(',');
