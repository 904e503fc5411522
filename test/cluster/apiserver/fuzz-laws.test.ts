import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ApiRequest, ApiResponse, WatchEvent } from '../../../src/api/client/transport.ts';
import { deepEqual } from '../../../src/api/machinery/deep-equal.ts';
import { isPlainObject, type PlainObject, toGoJson } from '../../../src/api/machinery/json.ts';
import { applyMergePatch, createMergePatch } from '../../../src/api/machinery/merge-patch.ts';
import type { KubeObject } from '../../../src/api/machinery/object.ts';
import { createThreeWayMergePatch, createTwoWayMergePatch } from '../../../src/api/machinery/strategic-diff.ts';
import { applyStrategicMergePatch } from '../../../src/api/machinery/strategic-merge-patch.ts';
import { parseYaml, toYaml } from '../../../src/api/machinery/yaml.ts';
import { readJson } from '../../../src/api/schema/json-text.ts';
import { VirtualClock } from '../../../src/clock/index.ts';
import type { ServedResource } from '../../../src/cluster/apiserver/served-resource.ts';
import { createControlPlane } from '../../../src/cluster/control-plane.ts';
import { fromEntries, hostile, SchemaValues } from './fuzz-arbitraries.ts';
import { LEAST } from './fuzz-objects.ts';
import { basePath, nameFor, overlaid, RESOURCES } from './fuzz-requests.ts';

const RUNS = Number(process.env.FUZZ_RUNS ?? 60);
const SEED = Number(process.env.FUZZ_SEED ?? 1);
const LIMIT = 20_000 + RUNS * 500;
const runs = (share: number) => ({ seed: SEED, numRuns: Math.ceil(RUNS * share) });

const plane = () => {
  const clock = new VirtualClock({ start: Date.parse('2026-01-01T00:00:00Z'), seed: 1 });
  return { clock, call: createControlPlane({ clock }).admin() };
};
const STORED = RESOURCES.filter(({ kind, verbs }) => LEAST[kind] && verbs.includes('update') && verbs.includes('create'));
const tame = new SchemaValues(0);
const sound = fc
  .constantFrom(...STORED)
  .chain((resource) => fc.record({ resource: fc.constant(resource), object: overlaid(resource, tame).map(withoutSystemFields) }));
/** What a client has no say in, or would pin to what it is not. */
const SYSTEM = [
  'creationTimestamp',
  'uid',
  'resourceVersion',
  'generation',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'managedFields',
  'selfLink',
  'namespace',
];
function withoutSystemFields(object: PlainObject): PlainObject {
  return { ...object, metadata: fromEntries(Object.entries(object.metadata as PlainObject).filter(([key]) => !SYSTEM.includes(key))) };
}

const meta = (body: unknown) => (body as KubeObject).metadata;
const told = (what: string, { status, body }: ApiResponse) => `${what} → ${status} ${JSON.stringify(body).slice(0, 900)}`;

/** Creates the object where nothing forbids it, and says where it is. */
async function made(call: (request: ApiRequest) => Promise<ApiResponse>, resource: ServedResource, object: PlainObject) {
  const { status, body } = await call({ method: 'POST', path: basePath(resource), body: object });
  return status === 201 ? { stored: body as KubeObject, path: `${basePath(resource)}/${meta(body).name}` } : undefined;
}

test('an object comes back as it went, and writing it again changes nothing', { timeout: LIMIT }, async () => {
  const accepted = new Map<boolean, number>();
  await fc.assert(
    fc.asyncProperty(sound, async ({ resource, object }) => {
      const { clock, call } = plane();
      const there = await made(call, resource, object);
      accepted.set(Boolean(there), (accepted.get(Boolean(there)) ?? 0) + 1);
      if (!there) return;
      const { stored, path } = there;
      expect((await call({ method: 'GET', path })).body).toEqual(stored);
      await clock.advance(5000);
      const json = toGoJson(stored, 4);
      const yaml = toYaml(stored);
      expect(readJson(json).value).toEqual(JSON.parse(JSON.stringify(stored)));
      expect(parseYaml(yaml)).toEqual(JSON.parse(JSON.stringify(stored)));
      const bodies: [string, unknown, string][] = [
        ['object', JSON.parse(JSON.stringify(stored)), 'application/json'],
        ['json', json, 'application/json'],
        ['yaml', yaml, 'application/yaml'],
      ];
      for (const [what, body, type] of bodies) {
        const answer = await call({ method: 'PUT', path, body, headers: { 'content-type': type } });
        expect([answer.status, answer.body], told(what, answer)).toEqual([200, stored]);
      }
    }),
    runs(4),
  );
  expect(accepted.get(true) ?? 0).toBeGreaterThan(RUNS / 2);
});

/** A job's selector is atomic and generated: who applies one of his own takes the generated part away, which is refused. */
test('server-side apply twice is apply once', { timeout: LIMIT }, async () => {
  await fc.assert(
    fc.asyncProperty(sound, async ({ resource, object }) => {
      fc.pre(resource.kind !== 'Job' || !(object.spec as PlainObject).selector);
      const { clock, call } = plane();
      const path = `${basePath(resource)}/${nameFor(resource)}`;
      const apply = () =>
        call({
          method: 'PATCH',
          path,
          query: { fieldManager: 'me' },
          headers: { 'content-type': 'application/apply-patch+yaml' },
          body: toYaml(object),
        });
      const first = await apply();
      if (first.status !== 201) return;
      await clock.advance(5000);
      const second = await apply();
      expect([second.status, second.body], told('second', second)).toEqual([200, first.body]);
    }),
    runs(3),
  );
});

/** RFC 7386, section 2, to the letter. */
function mergePatchByTheBook(target: unknown, patch: unknown): unknown {
  if (!isPlainObject(patch)) return patch;
  const result = new Map(Object.entries(isPlainObject(target) ? target : {}));
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) result.delete(name);
    else result.set(name, mergePatchByTheBook(result.get(name), value));
  }
  return fromEntries([...result]);
}

test('JSON merge patches are those of the RFC', { timeout: LIMIT }, () => {
  fc.assert(
    fc.property(hostile, hostile, (target, patch) => {
      expect(applyMergePatch(target, patch)).toEqual(mergePatchByTheBook(target, patch));
    }),
    runs(20),
  );
  const withoutNulls = hostile.filter((value) => isPlainObject(value) && !hasNull(value));
  fc.assert(
    fc.property(withoutNulls, withoutNulls, (from, to) => {
      expect(applyMergePatch(from, createMergePatch(from as PlainObject, to as PlainObject))).toEqual(to);
    }),
    runs(20),
  );
});

const hasNull = (value: unknown): boolean => value === null || (typeof value === 'object' && Object.values(value as object).some(hasNull));

const pair = fc.constantFrom(...STORED).chain((resource) =>
  fc.record({
    resource: fc.constant(resource),
    original: overlaid(resource, tame),
    modified: overlaid(resource, tame),
    current: overlaid(resource, tame),
  }),
);
type Patching = { readonly resource: ServedResource; readonly original: PlainObject; readonly modified: PlainObject };

/** Lists that merge by a key must have each key once, or no patch can tell their items apart. */
function isTellable(value: unknown, schema: ReturnType<ServedResource['schema']> | undefined): boolean {
  if (Array.isArray(value)) {
    const { patchMergeKey, patchStrategies, items } = schema ?? {};
    const merges = patchStrategies?.includes('merge');
    const keys = value.map((item) => (patchMergeKey && isPlainObject(item) ? item[patchMergeKey] : item));
    return (!merges || (new Set(keys).size === keys.length && !keys.includes(undefined))) && value.every((item) => isTellable(item, items));
  }
  if (!isPlainObject(value)) return value !== null;
  return Object.entries(value).every(([key, member]) => isTellable(member, schema?.fields?.get(key) ?? schema?.items));
}

test('a strategic merge patch makes of the original what it was made for', { timeout: LIMIT }, () => {
  fc.assert(
    fc.property(pair, ({ resource, original, modified }: Patching) => {
      const schema = resource.schema();
      fc.pre(isTellable(original, schema) && isTellable(modified, schema));
      const patch = createTwoWayMergePatch(original, modified, schema);
      expect(applyStrategicMergePatch(original, patch, schema), JSON.stringify({ original, modified, patch })).toEqual(modified);
      const same = createTwoWayMergePatch(modified, modified, schema);
      expect(applyStrategicMergePatch(modified, same, schema)).toEqual(modified);
    }),
    runs(12),
  );
});

test('a three-way patch leads to what the manifest says, and leaves the rest alone', { timeout: LIMIT }, () => {
  fc.assert(
    fc.property(pair, ({ resource, original, modified, current }) => {
      const schema = resource.schema();
      fc.pre([original, modified, current].every((object) => isTellable(object, schema)));
      const patch = createThreeWayMergePatch(original, modified, current, schema);
      const result = applyStrategicMergePatch(current, patch, schema);
      const shown = JSON.stringify({ original, modified, current, patch, result });
      for (const [key, value] of Object.entries(meta(modified).labels ?? {})) expect(meta(result).labels?.[key], shown).toEqual(value);
      const gone = Object.keys(meta(original).labels ?? {}).filter((key) => meta(modified).labels?.[key] === undefined);
      for (const key of gone) expect(Object.hasOwn(meta(result).labels ?? {}, key), shown).toBe(false);
      const again = createThreeWayMergePatch(modified, modified, result, schema);
      expect(deepEqual(applyStrategicMergePatch(result, again, schema), result), shown).toBe(true);
    }),
    runs(12),
  );
});

const MAPS = '/api/v1/configmaps';
const inDefault = '/api/v1/namespaces/default/configmaps';
const KEYS = ['app', 'tier', 'x.y/z', 'constructor'];
const VALUES = ['', 'a', 'b', '1', '2', '10'];
const labels = fc.array(fc.tuple(fc.constantFrom(...KEYS), fc.constantFrom(...VALUES)), { maxLength: 3 }).map(fromEntries) as fc.Arbitrary<
  Record<string, string>
>;

type Requirement = { readonly text: string; readonly holds: (labels: Readonly<Record<string, string>>) => boolean };
const labelOf = (all: Readonly<Record<string, string>>, key: string) => (Object.hasOwn(all, key) ? all[key] : undefined);
const oneRequirement: fc.Arbitrary<Requirement> = fc
  .record({
    key: fc.constantFrom(...KEYS),
    values: fc.uniqueArray(fc.constantFrom(...VALUES), { minLength: 1, maxLength: 3 }),
    number: fc.integer({ min: -5, max: 5 }),
  })
  .chain(({ key, values, number }) => {
    const [first = ''] = values;
    const among = (all: Readonly<Record<string, string>>) => values.includes(labelOf(all, key) ?? '\0');
    const measured = (all: Readonly<Record<string, string>>) => Number(labelOf(all, key) || Number.NaN);
    return fc.constantFrom<Requirement>(
      { text: `${key}=${first}`, holds: (all) => labelOf(all, key) === first },
      { text: `${key} == ${first}`, holds: (all) => labelOf(all, key) === first },
      { text: `${key}!=${first}`, holds: (all) => labelOf(all, key) !== first },
      { text: `${key} in (${values.join(',')})`, holds: among },
      { text: `${key} notin (${values.join(', ')})`, holds: (all) => !among(all) },
      { text: key, holds: (all) => labelOf(all, key) !== undefined },
      { text: `!${key}`, holds: (all) => labelOf(all, key) === undefined },
      ...(number >= 0 ? [{ text: `${key}>${number}`, holds: (all: Record<string, string>) => measured(all) > number }] : []),
      ...(number >= 0 ? [{ text: `${key}<${number}`, holds: (all: Record<string, string>) => measured(all) < number }] : []),
    );
  });

const object = (name: string, own: Record<string, string>, value = '') => ({ metadata: { name, labels: own }, data: { value } });

test('a list in pages is the whole list; selectors choose what they say', { timeout: LIMIT }, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(labels, { maxLength: 12 }),
      fc.array(oneRequirement, { maxLength: 3 }),
      fc.integer({ min: 1, max: 5 }),
      async (all, requirements, limit) => {
        const { call } = plane();
        for (const [i, own] of all.entries()) {
          const path = i % 3 === 0 ? '/api/v1/namespaces/kube-system/configmaps' : inDefault;
          expect((await call({ method: 'POST', path, body: object(`m${i % 7}.${i}`, own) })).status).toBe(201);
        }
        const labelSelector = requirements.map(({ text }) => text).join(',');
        const whole = (await call({ method: 'GET', path: MAPS })).body as { items: KubeObject[] };
        const chosen = await call({ method: 'GET', path: MAPS, query: { labelSelector } });
        expect(chosen.status, told(labelSelector, chosen)).toBe(200);
        const { items } = chosen.body as { items: KubeObject[] };
        const wanted = whole.items.filter(({ metadata }) => requirements.every(({ holds }) => holds(metadata.labels ?? {})));
        expect(
          items.map(({ metadata }) => metadata.name),
          labelSelector,
        ).toEqual(wanted.map(({ metadata }) => metadata.name));
        const paged: KubeObject[] = [];
        let next: string | undefined = '';
        while (next !== undefined) {
          const answer: ApiResponse = await call({
            method: 'GET',
            path: MAPS,
            query: { labelSelector, limit: String(limit), ...(next ? { continue: next } : {}) },
          });
          const page = answer.body as { items: KubeObject[]; metadata: { continue?: string; remainingItemCount?: number } };
          expect(page.items.length).toBeLessThanOrEqual(limit);
          paged.push(...page.items);
          if (labelSelector === '') expect(page.metadata.remainingItemCount ?? 0).toBe(items.length - paged.length);
          next = page.metadata.continue;
        }
        expect(paged).toEqual(items);
      },
    ),
    runs(2),
  );
});

type Step = { readonly do: 'put' | 'delete'; readonly name: string; readonly labels: Record<string, string>; readonly value: string };
const step: fc.Arbitrary<Step> = fc.record({
  do: fc.constantFrom('put', 'put', 'delete'),
  name: fc.constantFrom('a', 'b', 'c'),
  labels,
  value: fc.constantFrom('1', '2'),
});

test('a watch replays the changes: who follows it knows what a list says', { timeout: LIMIT }, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { maxLength: 24 }),
      fc.nat({ max: 24 }),
      fc.array(oneRequirement, { maxLength: 1 }),
      async (steps, at, requirements) => {
        const { call } = plane();
        const labelSelector = requirements.map(({ text }) => text).join(',');
        const list = async () =>
          (await call({ method: 'GET', path: inDefault, query: { labelSelector } })).body as {
            items: KubeObject[];
            metadata: { resourceVersion: string };
          };
        const follow = async (resourceVersion: string, known: Map<string, KubeObject>) => {
          const { watch } = await call({ method: 'GET', path: inDefault, query: { watch: '1', resourceVersion, labelSelector } });
          const events: WatchEvent[] = [];
          watch?.listen(
            (event) => {
              events.push(event);
              const { name = '' } = event.object.metadata;
              expect([event.type, known.has(name)]).toEqual([event.type, event.type !== 'ADDED']);
              if (event.type === 'DELETED') known.delete(name);
              else known.set(name, event.object);
            },
            () => undefined,
          );
          return events;
        };
        let since = await list();
        const live = new Map(since.items.map((item) => [item.metadata.name ?? '', item]));
        let liveEvents: WatchEvent[] = [];
        for (const [i, one] of steps.entries()) {
          if (i === at) {
            since = await list();
            live.clear();
            for (const item of since.items) live.set(item.metadata.name ?? '', item);
            liveEvents = await follow(since.metadata.resourceVersion, live);
          }
          const path = `${inDefault}/${one.name}`;
          if (one.do === 'delete') await call({ method: 'DELETE', path });
          else if ((await call({ method: 'PUT', path, body: object(one.name, one.labels, one.value) })).status === 404) {
            await call({ method: 'POST', path: inDefault, body: object(one.name, one.labels, one.value) });
          }
        }
        const { items } = await list();
        const replayed = new Map(since.items.map((item) => [item.metadata.name ?? '', item]));
        const events = await follow(since.metadata.resourceVersion, replayed);
        expect([...replayed.values()].sort(byName)).toEqual(items);
        if (at < steps.length) {
          expect([...live.values()].sort(byName)).toEqual(items);
          expect(liveEvents).toEqual(events);
        }
      },
    ),
    runs(4),
  );
});

const byName = (a: KubeObject, b: KubeObject) => ((a.metadata.name ?? '') < (b.metadata.name ?? '') ? -1 : 1);
