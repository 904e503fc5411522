import fc from 'fast-check';
import type { ApiRequest } from '../../../src/api/client/transport.ts';
import { isPlainObject, type PlainObject } from '../../../src/api/machinery/json.ts';
import { Registry } from '../../../src/cluster/apiserver/registry.ts';
import type { ServedResource } from '../../../src/cluster/apiserver/served-resource.ts';
import { fromEntries, hostile, huge, SchemaValues } from './fuzz-arbitraries.ts';
import { LEAST, NAMES } from './fuzz-objects.ts';

export const RESOURCES = new Registry().all();

export const basePath = ({ group, version, resource, namespaced }: ServedResource) =>
  `${group ? `/apis/${group}` : '/api'}/${version}${namespaced ? '/namespaces/default' : ''}/${resource}`;
export const versionOf = ({ group, version }: ServedResource) => (group ? `${group}/${version}` : version);
export const nameFor = ({ kind }: ServedResource) => NAMES[kind] ?? 'a';
export const least = (resource: ServedResource): PlainObject => ({
  apiVersion: versionOf(resource),
  kind: resource.kind,
  metadata: { name: nameFor(resource) },
  ...LEAST[resource.kind],
});

const wild = new SchemaValues(5);

const body = (resource: ServedResource): fc.Arbitrary<unknown> =>
  fc.oneof(
    { arbitrary: overlaid(resource, wild), weight: 8 },
    { arbitrary: wild.object(resource.schema(), 4), weight: 4 },
    { arbitrary: hostile, weight: 2 },
    { arbitrary: hostile.map((value) => JSON.stringify(value)), weight: 1 },
    {
      arbitrary: fc
        .tuple(fc.constantFrom('spec', 'data', 'metadata', 'rules', 'x'), huge)
        .map(([key, value]) => ({ ...least(resource), [key]: value })),
      weight: 1,
    },
    { arbitrary: fc.constantFrom('', '{', '[]', 'a: b\n', '{"a":1,"a":2}', '&a [*a]', '\u0000', new Uint8Array([255, 254])), weight: 1 },
  );

/** A sound object with something else laid over a part of it. */
export const overlaid = (resource: ServedResource, values: SchemaValues): fc.Arbitrary<PlainObject> =>
  values.object(resource.schema(), 6).map((over) => {
    const { status: _status, ...rest } = over;
    return merged(least(resource), { ...rest, apiVersion: versionOf(resource), kind: resource.kind }, true) as PlainObject;
  });

function merged(under: unknown, over: unknown, top = false): unknown {
  if (Array.isArray(under) && Array.isArray(over)) return under.length > 0 ? [merged(under[0], over[0] ?? under[0]), ...over.slice(1)] : over;
  if (!isPlainObject(under) || !isPlainObject(over)) return over === undefined ? under : over;
  const keep = top ? [] : ['name'].filter((key) => key in under);
  const keys = [...new Set([...Object.keys(under), ...Object.keys(over)])];
  return fromEntries(keys.map((key) => [key, keep.includes(key) || !Object.hasOwn(over, key) ? under[key] : merged(under[key], over[key])]));
}

const PATCHES = [
  'application/json-patch+json',
  'application/merge-patch+json',
  'application/strategic-merge-patch+json',
  'application/apply-patch+yaml',
];
const pointer = fc
  .array(
    fc.constantFrom(
      '',
      'spec',
      'metadata',
      'labels',
      'containers',
      '0',
      '-1',
      '-',
      '99',
      '__proto__',
      'constructor',
      'name',
      '~0',
      '~1',
      '~2',
      '1e3',
    ),
    { maxLength: 4 },
  )
  .map((steps) => (steps.length === 0 ? '' : `/${steps.join('/')}`));
const jsonPatch = fc.array(
  fc.oneof(
    {
      arbitrary: fc.record(
        { op: fc.constantFrom('add', 'remove', 'replace', 'move', 'copy', 'test', 'x'), path: pointer, from: pointer, value: hostile },
        { requiredKeys: [] },
      ),
      weight: 9,
    },
    { arbitrary: hostile, weight: 1 },
  ),
  { maxLength: 4 },
);
const directives = fc.dictionary(
  fc.constantFrom(
    '$patch',
    '$retainKeys',
    '$setElementOrder/containers',
    '$deleteFromPrimitiveList/finalizers',
    'containers',
    'name',
    'spec',
    'metadata',
    'a',
  ),
  fc.oneof(
    fc.constantFrom<unknown>(
      'delete',
      'replace',
      'merge',
      null,
      [],
      {},
      ['a'],
      [{ name: 'a' }],
      [{ $patch: 'replace' }],
      [{ $patch: 'delete', name: 'a' }],
    ),
    hostile,
  ),
  { maxKeys: 4 },
);
const patchBody = (resource: ServedResource): fc.Arbitrary<unknown> =>
  fc.oneof(
    { arbitrary: jsonPatch, weight: 3 },
    { arbitrary: fc.tuple(fc.constantFrom('spec', 'metadata', 'template', 'data'), directives).map(([key, value]) => ({ [key]: value })), weight: 2 },
    { arbitrary: directives, weight: 1 },
    { arbitrary: body(resource), weight: 4 },
  );

const TEXTS = [
  '',
  '0',
  '1',
  '-1',
  'abc',
  'true',
  'false',
  '99999999999999999999',
  '1.5',
  '\u0000',
  'é',
  'a=b',
  'a in (b',
  '!a',
  'a,,b',
  'x=',
  '=',
  'a>1',
  'a<b',
  'metadata.name=a',
  'spec.nodeName!=',
  'eyJ2IjoxfQ',
  'bnVsbA',
  'All',
  'Exact',
  'NotOlderThan',
  'Strict',
  'Ignore',
  'Warn',
  'Foreground',
  'x'.repeat(200),
];
const QUERIES = [
  'labelSelector',
  'fieldSelector',
  'limit',
  'continue',
  'resourceVersion',
  'resourceVersionMatch',
  'timeoutSeconds',
  'watch',
  'sendInitialEvents',
  'allowWatchBookmarks',
  'dryRun',
  'fieldManager',
  'force',
  'fieldValidation',
  'gracePeriodSeconds',
  'propagationPolicy',
  'orphanDependents',
  'includeObject',
  'pretty',
  'container',
  'tailLines',
  'sinceTime',
  'command',
];
const query = fc.dictionary(
  fc.constantFrom(...QUERIES),
  fc.oneof({ arbitrary: fc.constantFrom(...TEXTS), weight: 9 }, { arbitrary: fc.array(fc.constantFrom(...TEXTS), { maxLength: 2 }), weight: 1 }),
  { maxKeys: 3 },
);
const ACCEPTS = [
  'application/json',
  '*/*',
  '',
  'application/json;as=Table;v=v1;g=meta.k8s.io',
  'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1',
  'application/yaml',
  'text/html',
  'application/vnd.kubernetes.protobuf',
  ';;=,',
];
const headers = (types: readonly string[], requiredKeys: 'content-type'[] = []) =>
  fc.record(
    { accept: fc.constantFrom(...ACCEPTS), 'content-type': fc.constantFrom(...types), 'user-agent': fc.constantFrom('', 'kubectl/v1', '/', 'é') },
    { requiredKeys },
  );

export interface Call {
  readonly resource: ServedResource;
  readonly method: ApiRequest['method'];
  readonly tail: string;
  readonly query: ApiRequest['query'];
  readonly headers: ApiRequest['headers'];
  readonly body: unknown;
}

export const call = fc.constantFrom(...RESOURCES).chain((resource): fc.Arbitrary<Call> => {
  const names = fc.oneof(
    { arbitrary: fc.constant(`/${nameFor(resource)}`), weight: 9 },
    { arbitrary: fc.constantFrom('/__proto__', '/é%zz', '/nope'), weight: 1 },
  );
  const subresources = resource.subresources.map(({ subresource }) => `/${nameFor(resource)}/${subresource}`);
  const tail = fc.oneof(
    { arbitrary: names, weight: 3 },
    ...(subresources.length > 0 ? [{ arbitrary: fc.constantFrom(...subresources), weight: 2 }] : []),
  );
  const common = { resource: fc.constant(resource), query };
  const plain = headers(['application/json', 'application/yaml', '', 'text/plain', 'application/vnd.kubernetes.protobuf']);
  return fc.oneof(
    {
      arbitrary: fc.record({
        ...common,
        method: fc.constant('POST' as const),
        tail: fc.oneof({ arbitrary: fc.constant(''), weight: 3 }, tail),
        headers: plain,
        body: body(resource),
      }),
      weight: 4,
    },
    { arbitrary: fc.record({ ...common, method: fc.constant('PUT' as const), tail, headers: plain, body: body(resource) }), weight: 3 },
    {
      arbitrary: fc.record({
        ...common,
        method: fc.constant('PATCH' as const),
        tail,
        headers: headers([...PATCHES, ...PATCHES, ...PATCHES, 'x'], ['content-type']),
        body: patchBody(resource),
      }),
      weight: 4,
    },
    {
      arbitrary: fc.record({
        ...common,
        method: fc.constantFrom('GET' as const, 'HEAD' as const),
        tail: fc.oneof(fc.constant(''), tail),
        headers: plain,
        body: fc.constant(undefined),
      }),
      weight: 3,
    },
    {
      arbitrary: fc.record({
        ...common,
        method: fc.constant('DELETE' as const),
        tail,
        headers: plain,
        body: fc.oneof(fc.constant(undefined), body(resource)),
      }),
      weight: 1,
    },
  );
});
