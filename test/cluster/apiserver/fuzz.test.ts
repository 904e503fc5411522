import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ApiRequest, ApiResponse, Transport } from '../../../src/api/client/transport.ts';
import type { PlainObject } from '../../../src/api/machinery/json.ts';
import { isPlainObject } from '../../../src/api/machinery/json.ts';
import { VirtualClock } from '../../../src/clock/index.ts';
import { createControlPlane } from '../../../src/cluster/control-plane.ts';
import { LEAST } from './fuzz-objects.ts';
import { basePath, type Call, call, least, RESOURCES } from './fuzz-requests.ts';

const RUNS = Number(process.env.FUZZ_RUNS ?? 60);
const SEED = Number(process.env.FUZZ_SEED ?? 1);
const LIMIT = 20_000 + RUNS * 500;
const runs = (share: number) => ({ seed: SEED, numRuns: Math.ceil(RUNS * share) });

const plane = () => createControlPlane({ clock: new VirtualClock({ start: Date.parse('2026-01-01T00:00:00Z'), seed: 1 }) });

/** Failures that upstream, too, answers with 500 and more. */
const UPSTREAM_FAILURES = [
  /^failed to create typed patch object/,
  /^strconv\.ParseUint: parsing /,
  /^Too large resource version/,
  /more than one PodDisruptionBudget/,
];

function check(request: ApiRequest, { status, body: answer, watch }: ApiResponse): void {
  watch?.stop();
  const shown = JSON.stringify(answer)?.slice(0, 600);
  const about = `${request.method} ${request.path} → ${status} ${shown}`;
  if (status >= 500) {
    const { message = '' } = answer as { message?: string };
    if (!UPSTREAM_FAILURES.some((known) => known.test(message))) throw new Error(about.replaceAll('\\n', '\n'));
  }
  if (status >= 400 && typeof answer !== 'string') {
    expect(answer, about).toMatchObject({ kind: 'Status', apiVersion: 'v1', status: 'Failure', code: status, message: expect.any(String) });
  }
  if (status < 400 && isPlainObject(answer)) expect(answer, about).toMatchObject({ kind: expect.any(String), apiVersion: expect.any(String) });
  expect([200, 201, 202, 400, 401, 403, 404, 405, 406, 409, 410, 415, 422, 429, 500, 504], about).toContain(status);
}

async function send(to: Transport, { resource, tail, ...rest }: Call): Promise<void> {
  const request = { ...rest, path: `${basePath(resource)}${tail}` } as ApiRequest;
  check(request, await to(request));
}

test('whatever is asked, the answer is an object or a Status', { timeout: LIMIT }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(call, { minLength: 1, maxLength: 24 }), async (calls) => {
      const { admin } = plane();
      const to = admin();
      for (const one of calls) {
        await to({ method: 'POST', path: basePath(one.resource), body: least(one.resource) });
        await send(to, one);
      }
      expect(({} as PlainObject).polluted).toBeUndefined();
    }),
    runs(2),
  );
});

test('the least of each kind is accepted', async () => {
  const to = plane().admin();
  for (const resource of RESOURCES.filter(({ kind, verbs }) => LEAST[kind] && verbs.includes('update'))) {
    const { status, body: answer } = await to({ method: 'POST', path: basePath(resource), body: least(resource) });
    expect([status, resource.kind, (answer as { message?: string }).message].join(' ')).toMatch(/^201 |^409 /);
  }
});
