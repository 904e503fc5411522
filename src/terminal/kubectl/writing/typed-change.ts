import type { KubeObject } from '../../../api/machinery/object.ts';
import { parseApiVersion } from '../../../api/machinery/object.ts';
import { createTwoWayMergePatch } from '../../../api/machinery/strategic-diff.ts';
import { kindSchema } from '../../../api/schema/definitions.ts';
import { resourcePath } from '../client/mapper.ts';
import { messageOf, UsageError } from '../errors.ts';
import type { Invocation } from '../invocation.ts';
import type { Info } from '../resource/selection.ts';
import { typedObject } from './typed-object.ts';
import { type DryRun, writeQuery } from './write-flags.ts';

export interface TypedChange {
  readonly dryRun: DryRun;
  readonly local?: boolean;
  readonly manager: string;
  /** What stands before the server's refusal. */
  readonly failure: string;
  /** Objects that stay as they are, too, are sent and printed. */
  readonly evenUnchanged?: boolean;
  /** Throws why an object cannot be changed; undefined leaves it alone. */
  mutate(object: KubeObject): KubeObject | undefined | Promise<KubeObject | undefined>;
  print(object: KubeObject): Promise<void>;
  /** How a thrown reason is told. */
  complaint?(info: Info, reason: string): string;
}

export interface Difference {
  readonly before: KubeObject;
  readonly after: KubeObject;
  readonly patch: Readonly<Record<string, unknown>>;
}

/** The strategic merge patch between an object and its changed self, both as Go's structures hold them. */
export function differenceOf(object: KubeObject, changed: KubeObject): Difference {
  const [before, after] = [typedObject(object), typedObject(changed)];
  const { group, version } = parseApiVersion(object.apiVersion);
  return { before, after, patch: createTwoWayMergePatch({ ...before }, { ...after }, kindSchema(group, version, object.kind)) };
}

/** Changes each object by a patch of what differs; the failures come back. */
export async function changeEach(kubectl: Invocation, infos: readonly Info[], change: TypedChange): Promise<unknown[]> {
  const failures: unknown[] = [];
  for (const info of infos) {
    try {
      await changeOne(kubectl, info, change);
    } catch (error) {
      if (!(error instanceof Error) || error.name === 'Killed') throw error;
      failures.push(error);
    }
  }
  return failures;
}

async function changeOne(kubectl: Invocation, info: Info, change: TypedChange): Promise<void> {
  const changed = await mutated(info, change);
  if (!changed) return;
  const { after, patch } = differenceOf(info.object, changed);
  if (Object.keys(patch).length === 0 && !change.evenUnchanged) return;
  await change.print(change.local || change.dryRun === 'client' ? after : await sendPatch(kubectl, info, patch, change));
}

async function mutated(info: Info, { mutate, complaint = namedComplaint }: TypedChange): Promise<KubeObject | undefined> {
  try {
    return await mutate(info.object);
  } catch (error) {
    if (!(error instanceof Error) || error.name === 'Killed') throw error;
    throw new UsageError(complaint(info, messageOf(error)));
  }
}

const namedComplaint = ({ mapping, name }: Info, reason: string): string => `error: ${mapping.resource}/${name} ${reason}\n`;

export async function sendPatch(
  kubectl: Invocation,
  { mapping, namespace, name }: Info,
  patch: unknown,
  { dryRun, manager, failure }: Pick<TypedChange, 'dryRun' | 'manager' | 'failure'>,
): Promise<KubeObject> {
  try {
    const query = writeQuery({ dryRun, manager });
    return await kubectl.api.patch(resourcePath(mapping, namespace, name), 'application/strategic-merge-patch+json', patch, query);
  } catch (error) {
    if (!failure || !(error instanceof Error) || error.name === 'Killed') throw error;
    throw new UsageError(`${failure}${messageOf(error)}`);
  }
}
