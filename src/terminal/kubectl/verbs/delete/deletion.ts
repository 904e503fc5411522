import type { KubeObject } from '../../../../api/machinery/object.ts';
import { isStatusError } from '../../../../api/machinery/status-error.ts';
import { resourcePath } from '../../client/mapper.ts';
import { throwAll, UsageError } from '../../errors.ts';
import type { Invocation } from '../../invocation.ts';
import type { Info } from '../../resource/selection.ts';
import { withSource } from '../../writing/source-error.ts';
import type { DryRun } from '../../writing/write-flags.ts';
import { waitFor } from '../wait/wait-for.ts';

export interface Deletion {
  readonly infos: readonly Info[];
  /** What went wrong while the infos were collected. */
  readonly errors: readonly unknown[];
  readonly propagation: Propagation;
  /** Seconds; negative: as the object says. */
  readonly grace: number;
  /** Milliseconds; 0: a week. */
  readonly timeout: number;
  readonly wait: boolean;
  readonly ignoreNotFound: boolean;
  readonly dryRun: DryRun;
  readonly output: string;
  /** Say so when objects without a namespace are deleted. */
  readonly warnClusterScope: boolean;
}

export type Propagation = 'Background' | 'Foreground' | 'Orphan';

/** Deletes, says so, and waits for the end. */
export async function deleteAll(kubectl: Invocation, deletion: Deletion): Promise<void> {
  const { infos, dryRun } = deletion;
  const failures = [...deletion.errors];
  const gone: Info[] = [];
  let warn = deletion.warnClusterScope;
  for (const info of infos) {
    if (warn && !info.mapping.namespaced) {
      await kubectl.error('Warning: deleting cluster-scoped resources, not scoped to the provided namespace\n');
      warn = false;
    }
    try {
      const answer = dryRun === 'client' ? info.object : await deleteOne(kubectl, info, deletion);
      await kubectl.print(sentence(info, deletion));
      gone.push({ ...info, object: withUid(info.object, answer) });
    } catch (error) {
      if (isStatusError(error, 'NotFound') && deletion.ignoreNotFound) continue;
      if (!(error instanceof Error) || error.name === 'Killed') throw error;
      failures.push(error);
    }
  }
  throwAll(failures);
  if (infos.length === 0) await kubectl.print('No resources found\n');
  else if (deletion.wait && dryRun === 'none') await waitUntilGone(kubectl, gone, deletion.timeout);
}

async function deleteOne(kubectl: Invocation, info: Info, { propagation, grace, dryRun }: Deletion): Promise<KubeObject> {
  const body = {
    kind: 'DeleteOptions',
    apiVersion: 'v1',
    propagationPolicy: propagation,
    ...(grace >= 0 ? { gracePeriodSeconds: grace } : {}),
    ...(dryRun === 'server' ? { dryRun: ['All'] } : {}),
  };
  try {
    return await kubectl.api.delete(resourcePath(info.mapping, info.namespace, info.name), body);
  } catch (error) {
    throw withSource('deleting', info.source, error);
  }
}

/** The server answers with the object or with a Status that names its uid. */
function withUid(object: KubeObject, answer: KubeObject): KubeObject {
  const uid = answer.kind === 'Status' ? (answer.details as { uid?: string } | undefined)?.uid : answer.metadata?.uid;
  return { ...object, metadata: { ...object.metadata, ...(uid ? { uid } : {}) } };
}

function sentence({ mapping, name, namespace }: Info, { output, dryRun, grace }: Deletion): string {
  const type = `${mapping.kind.toLowerCase()}${mapping.group ? `.${mapping.group}` : ''}`;
  if (output === 'name') return `${type}/${name}\n`;
  const verb = grace === 0 ? 'force deleted' : 'deleted';
  const note = dryRun === 'none' ? '' : dryRun === 'client' ? ' (dry run)' : ' (server dry run)';
  return `${type} ${JSON.stringify(name)} ${verb}${namespace ? ` from ${namespace} namespace` : ''}${note}\n`;
}

const week = 168 * 3_600_000;

async function waitUntilGone(kubectl: Invocation, infos: readonly Info[], given: number): Promise<void> {
  const timeout = given || week;
  const deadline = kubectl.now + timeout;
  for (const info of infos) {
    try {
      await waitFor(kubectl, info, { kind: 'delete' }, { deadline, timeout });
    } catch (error) {
      if (!isStatusError(error, 'Forbidden') && !isStatusError(error, 'MethodNotAllowed')) throw error;
    }
  }
}

const words: Readonly<Record<string, Propagation>> = { background: 'Background', foreground: 'Foreground', orphan: 'Orphan' };

/** Understands the old boolean forms too. */
export async function propagationOf(kubectl: Invocation, cascade: string): Promise<Propagation> {
  const named = words[cascade];
  if (named) return named;
  const boolean = /^(1|t|T|true|TRUE|True)$/.test(cascade) ? 'background' : /^(0|f|F|false|FALSE|False)$/.test(cascade) ? 'orphan' : undefined;
  if (!boolean) throw new UsageError(`invalid cascade value (${cascade}). Must be "background", "foreground", or "orphan"`);
  await kubectl.error(`warning: --cascade=${cascade} is deprecated (boolean value) and can be replaced with --cascade=${boolean}.\n`);
  return boolean === 'background' ? 'Background' : 'Orphan';
}
