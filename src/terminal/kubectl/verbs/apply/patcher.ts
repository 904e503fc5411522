import type { KubeObject } from '../../../../api/machinery/object.ts';
import { isStatusError } from '../../../../api/machinery/status-error.ts';
import { resourcePath } from '../../client/mapper.ts';
import { messageOf, UsageError } from '../../errors.ts';
import type { Invocation } from '../../invocation.ts';
import { type Info, refetch } from '../../resource/selection.ts';
import { withSource } from '../../writing/source-error.ts';
import type { Propagation } from '../delete/deletion.ts';
import { isEmptyPatch, type Patch, threeWayPatch } from './patch.ts';

export interface PatchingOptions {
  readonly query: Readonly<Record<string, string>>;
  /** Refuse to patch any other version. */
  readonly resourceVersion?: string;
  /** Delete and create again what cannot be patched. */
  readonly force?: { readonly propagation: Propagation; readonly grace: number; readonly timeout: number } | undefined;
}

export interface Patched {
  readonly object: KubeObject;
  readonly patch: Patch;
}

const maxRetries = 5;
const triesBeforeBackOff = 1;

/** Brings the live object to the wished-for configuration; tries again when somebody else was faster. */
export async function patchLive(
  kubectl: Invocation,
  info: Info,
  { current, modified }: { current: KubeObject; modified: KubeObject },
  options: PatchingOptions,
): Promise<Patched> {
  let live = current;
  for (let attempt = 1; ; attempt++) {
    const patch = threeWayPatch(modified, live);
    try {
      return { object: await send(kubectl, info, live, patch, options), patch };
    } catch (error) {
      if (isStatusError(error, 'Conflict') && attempt <= maxRetries) {
        if (attempt > triesBeforeBackOff) await kubectl.process.sleep(1000);
        live = await refetch(kubectl, info);
      } else if (options.force && (isStatusError(error, 'Conflict') || isStatusError(error, 'Invalid'))) {
        return { object: await recreate(kubectl, info, { live, modified }, options), patch };
      } else throw new FailedPatch(patch, withSource('patching', info.source, error));
    }
  }
}

/** A patch that was refused, and why. */
export class FailedPatch extends Error {
  readonly patch: Patch;
  readonly reason: unknown;

  constructor(patch: Patch, reason: unknown) {
    super(messageOf(reason));
    this.patch = patch;
    this.reason = reason;
  }
}

async function send(
  kubectl: Invocation,
  info: Info,
  live: KubeObject,
  patch: Patch,
  { query, resourceVersion }: PatchingOptions,
): Promise<KubeObject> {
  if (isEmptyPatch(patch)) return live;
  const { metadata } = patch.body as { metadata?: Record<string, unknown> };
  const body = resourceVersion ? { ...patch.body, metadata: { ...metadata, resourceVersion } } : patch.body;
  return kubectl.api.patch(resourcePath(info.mapping, info.namespace, info.name), patch.type, body, query);
}

async function recreate(
  kubectl: Invocation,
  info: Info,
  { live, modified }: { live: KubeObject; modified: KubeObject },
  { query, force }: PatchingOptions,
): Promise<KubeObject> {
  const { propagation, grace = -1, timeout } = force ?? {};
  const path = resourcePath(info.mapping, info.namespace, info.name);
  await kubectl.api.delete(path, {
    kind: 'DeleteOptions',
    apiVersion: 'v1',
    ...(propagation ? { propagationPolicy: propagation } : {}),
    ...(grace >= 0 ? { gracePeriodSeconds: grace } : {}),
  });
  await awaitAbsence(kubectl, info, timeout || 300_000);
  const folder = resourcePath(info.mapping, info.namespace);
  try {
    return await kubectl.api.post(folder, modified, query);
  } catch (error) {
    return restore(kubectl, folder, { live, query, error });
  }
}

/** The new object was refused: the old one comes back, and the refusal is told. */
async function restore(
  kubectl: Invocation,
  folder: string,
  { live, query, error }: { live: KubeObject; query: Readonly<Record<string, string>>; error: unknown },
): Promise<never> {
  const { resourceVersion: _version, uid: _uid, ...metadata } = live.metadata;
  try {
    await kubectl.api.post(folder, { ...live, metadata }, query);
  } catch (again) {
    throw new UsageError(
      `An error occurred force-replacing the existing object with the newly provided one:\n\n${messageOf(error)}.\n\nAdditionally, an error occurred attempting to restore the original object:\n\n${messageOf(again)}`,
    );
  }
  throw error;
}

/** Looks once a second until the object is gone. */
export async function awaitAbsence(kubectl: Invocation, info: Info, timeout: number): Promise<void> {
  const deadline = kubectl.now + timeout;
  for (;;) {
    try {
      await refetch(kubectl, info);
    } catch (error) {
      if (isStatusError(error, 'NotFound')) return;
      throw error;
    }
    if (kubectl.now + 1000 > deadline) throw new UsageError('timed out waiting for the condition');
    await kubectl.process.sleep(1000);
  }
}
