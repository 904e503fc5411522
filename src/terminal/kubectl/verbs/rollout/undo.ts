import type { PodTemplateSpec } from '../../../../api/schema/generated/types.ts';
import { resourcePath } from '../../client/mapper.ts';
import { completeResources } from '../../complete-resources.ts';
import { defineVerb } from '../../define-verb.ts';
import { messageOf, throwAll, UsageError } from '../../errors.ts';
import { int } from '../../flags/flag.ts';
import type { Invocation } from '../../invocation.ts';
import { printFlags } from '../../print/print-flags.ts';
import type { Info } from '../../resource/selection.ts';
import { lastAppliedAnnotation } from '../../writing/last-applied.ts';
import { typedPrinter } from '../../writing/typed-printer.ts';
import { type DryRun, dryRunFlag, dryRunOf } from '../../writing/write-flags.ts';
import { revisionAnnotation } from './progress.ts';
import { type Revision, requireHistory, revisionsOf, sameTemplate, withoutHash } from './revisions.ts';
import { requireTargets, rolloutTargets, targetFlags } from './targets.ts';
import { templateText } from './template-text.ts';

const flags = { ...printFlags, ...targetFlags, ...dryRunFlag, 'to-revision': int('', 'Revision to go back to; 0 is the one before.') };

export const rolloutUndo = defineVerb({
  name: 'undo',
  flags,
  help: {
    usage: 'undo (TYPE NAME | TYPE/NAME) [flags]',
    short: 'Undo a previous rollout',
    examples: [
      ['To the revision before', 'kubectl rollout undo deployment/abc'],
      ['To a given revision', 'kubectl rollout undo daemonset/abc --to-revision=3'],
    ],
  },
  complete: completeResources,
  validate: requireTargets,
  async run(kubectl, options) {
    const dryRun = await dryRunOf(kubectl, options['dry-run']);
    const { infos, errors } = await rolloutTargets(kubectl, options);
    const failures = [...errors];
    for (const info of infos) {
      try {
        await warnOfApplied(kubectl, info);
        requireHistory(info, 'rollbacker');
        const result = await rollBack(kubectl, info, options['to-revision'], dryRun);
        await kubectl.print(typedPrinter(kubectl, options, result, dryRun)(info.object));
      } catch (error) {
        if (!(error instanceof Error) || error.name === 'Killed') throw error;
        failures.push(error);
      }
    }
    throwAll(failures);
    return undefined;
  },
});

async function rollBack(kubectl: Invocation, info: Info, wanted: number, dryRun: DryRun): Promise<string> {
  if (wanted < 0) throw unknownRevision(wanted);
  const isDeployment = info.object.kind === 'Deployment';
  const target = targetRevision(info, await revisionsOf(kubectl, info), wanted);
  if (dryRun === 'client') return `${isDeployment ? '' : 'will roll back to '}${templateText(target.template)}`;
  const { paused, template } = info.object.spec as { paused?: boolean; template: PodTemplateSpec };
  if (isDeployment && paused)
    throw new UsageError("you cannot rollback a paused deployment; resume it first with 'kubectl rollout resume' and try again");
  if (sameTemplate(target.template, template)) return `skipped rollback (current template already matches revision ${wanted})`;
  const path = resourcePath(info.mapping, info.namespace, info.name);
  const query: Record<string, string> = dryRun === 'server' ? { dryRun: 'All' } : {};
  try {
    if (isDeployment) await kubectl.api.patch(path, 'application/json-patch+json', deploymentPatch(info, target), query);
    else await kubectl.api.patch(path, 'application/strategic-merge-patch+json', target.patch, query);
  } catch (error) {
    if (!(error instanceof Error) || error.name === 'Killed') throw error;
    throw new UsageError(`failed restoring revision ${wanted}: ${messageOf(error)}`);
  }
  return 'rolled back';
}

const unknownRevision = (wanted: number): UsageError => new UsageError(`unable to find specified revision ${wanted} in history`);

function targetRevision({ object }: Info, revisions: readonly Revision[], wanted: number): Revision {
  const target = wanted === 0 ? revisions.at(-2) : revisions.find(({ number }) => number === wanted);
  if (target) return target;
  if (wanted > 0) throw unknownRevision(wanted);
  if (object.kind === 'Deployment') throw new UsageError(`no rollout history found for deployment ${JSON.stringify(object.metadata.name)}`);
  throw new UsageError('no last revision to roll back to');
}

/** Annotations that belong to the deployment or to the replica set alone. */
const ownAnnotations = [
  lastAppliedAnnotation,
  revisionAnnotation,
  'deployment.kubernetes.io/revision-history',
  'deployment.kubernetes.io/desired-replicas',
  'deployment.kubernetes.io/max-replicas',
  'deprecated.deployment.rollback.to',
];

function deploymentPatch({ object }: Info, { template, object: replicaSet }: Revision) {
  const kept = Object.entries(object.metadata.annotations ?? {}).filter(([key]) => ownAnnotations.includes(key));
  const restored = Object.entries(replicaSet.metadata.annotations ?? {}).filter(([key]) => !ownAnnotations.includes(key));
  return [
    { op: 'replace', path: '/spec/template', value: withoutHash(template) },
    { op: 'replace', path: '/metadata/annotations', value: Object.fromEntries([...kept, ...restored]) },
  ];
}

async function warnOfApplied(kubectl: Invocation, { mapping, name, object }: Info): Promise<void> {
  if (!object.metadata.annotations?.[lastAppliedAnnotation]) return;
  await kubectl.error(
    `Warning: resource ${mapping.resource}/${name} was previously managed with 'kubectl apply'. Rolling back will not update the ${lastAppliedAnnotation} annotation, which may cause unexpected behavior on future 'kubectl apply' operations. Consider using 'kubectl apply' with your previous configuration file instead.\n`,
  );
}
