import type { ApiRequest } from '../../api/client/transport.ts';
import type { KubeObject } from '../../api/machinery/object.ts';
import type { Clock } from '../../clock/index.ts';
import { queryValue } from './request-info.ts';
import type { Column, ServedResource } from './served-resource.ts';
import { shortAge } from './table-age.ts';

/** In which shape the caller wants objects: as they are, as rows of a Table, or as their metadata. */
export type Shape = 'object' | 'table' | 'metadata';

export function wantedShape(request: ApiRequest): Shape {
  for (const part of (request.headers?.accept ?? '').split(',')) {
    const [type, ...parameters] = part.split(';').map((p) => p.trim());
    if (type && !['application/json', 'application/*', '*/*'].includes(type)) continue;
    const as = parameters.find((p) => p.startsWith('as='))?.slice(3);
    if (as === 'Table') return 'table';
    if (as === 'PartialObjectMetadata' || as === 'PartialObjectMetadataList') return 'metadata';
    if (!as) return 'object';
  }
  return 'object';
}

export interface Presenter {
  one(object: KubeObject): unknown;
  list(list: KubeObject): unknown;
  /** For watches: a Table's first row carries the columns. */
  event(object: KubeObject, first: boolean): KubeObject;
}

export function presenter(request: ApiRequest, resource: ServedResource, clock: Clock): Presenter {
  const shape = wantedShape(request);
  if (shape === 'table') return tablePresenter(request, resource, clock);
  if (shape === 'metadata') {
    return {
      one: metadataOf,
      list: ({ metadata, items }) => ({
        kind: 'PartialObjectMetadataList',
        apiVersion: 'meta.k8s.io/v1',
        metadata,
        items: (items as KubeObject[]).map(metadataOf),
      }),
      event: metadataOf,
    };
  }
  return { one: (object) => object, list: (list) => list, event: (object) => object };
}

export const metadataOf = ({ metadata }: KubeObject): KubeObject => ({ kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata });

function tablePresenter(request: ApiRequest, resource: ServedResource, clock: Clock): Presenter {
  const include = queryValue(request, 'includeObject') ?? 'Metadata';
  const columns = columnsOf(resource);
  const rowOf = (object: KubeObject) => ({
    cells: cellsOf(object, resource, columns, clock),
    object: include === 'Object' ? object : include === 'None' ? null : metadataOf(object),
  });
  const table = (metadata: object, rows: unknown[], header = true): KubeObject =>
    ({
      kind: 'Table',
      apiVersion: 'meta.k8s.io/v1',
      metadata,
      columnDefinitions: header ? columns.map(([name, type, format, priority]) => ({ name, type, format, description: '', priority })) : null,
      rows,
    }) as KubeObject;
  const single = ({ metadata }: KubeObject) => (metadata.resourceVersion ? { resourceVersion: metadata.resourceVersion } : {});
  return {
    one: (object) => table(single(object), [rowOf(object)]),
    list: ({ metadata, items }) => table(metadata, (items as KubeObject[]).map(rowOf)),
    event: (object, first) => table(single(object), [rowOf(object)], first),
  };
}

const DEFAULT_COLUMNS: readonly Column[] = [
  ['Name', 'string', 'name', 0],
  ['Created At', 'date', '', 0],
];

const columnsOf = ({ columns }: ServedResource): readonly Column[] => (columns.length > 0 ? columns : DEFAULT_COLUMNS);

function cellsOf(object: KubeObject, { definition }: ServedResource, columns: readonly Column[], clock: Clock): unknown[] {
  const now = clock.now();
  const age = (time: string | undefined) => shortAge(time, now);
  if (definition.row) return definition.row(object, { age, now });
  return columns.map(([name, , format]) => {
    if (format === 'name' || name === 'Name') return object.metadata.name ?? '';
    if (name === 'Age') return age(object.metadata.creationTimestamp);
    return name === 'Created At' ? (object.metadata.creationTimestamp ?? '') : '';
  });
}
