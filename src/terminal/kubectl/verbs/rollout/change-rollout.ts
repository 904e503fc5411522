import type { KubeObject } from '../../../../api/machinery/object.ts';
import { completeResources } from '../../complete-resources.ts';
import { defineVerb, type Verb, type VerbHelp } from '../../define-verb.ts';
import { messageOf, throwAll, UsageError } from '../../errors.ts';
import type { Invocation } from '../../invocation.ts';
import { printFlags } from '../../print/print-flags.ts';
import type { Info } from '../../resource/selection.ts';
import { differenceOf, sendPatch } from '../../writing/typed-change.ts';
import { type PrintChoice, typedPrinter } from '../../writing/typed-printer.ts';
import { fieldManagerFlag } from '../../writing/write-flags.ts';
import { requireTargets, rolloutTargets, targetFlags } from './targets.ts';

interface RolloutChange {
  readonly name: string;
  readonly help: VerbHelp;
  /** `paused`. */
  readonly operation: string;
  /** What is said of an object that needs no change; without one that is an error. */
  readonly unchanged?: string;
  /** Throws why it cannot be done. */
  mutate(kubectl: Invocation, object: KubeObject): KubeObject;
}

/** pause, resume and restart: a small patch of each workload. */
export function defineRolloutChange(change: RolloutChange): Verb {
  return defineVerb({
    name: change.name,
    flags: { ...printFlags, ...targetFlags, ...fieldManagerFlag('kubectl-rollout') },
    help: change.help,
    complete: completeResources,
    validate: requireTargets,
    async run(kubectl, options) {
      const { infos, errors } = await rolloutTargets(kubectl, options);
      const failures = [...errors];
      if (infos.length === 0 && errors.length === 0) await kubectl.error(`No resources found in ${kubectl.namespace} namespace.\n`);
      for (const info of infos) {
        try {
          await changeOne(kubectl, info, change, { ...options, manager: options['field-manager'] });
        } catch (error) {
          if (!(error instanceof Error) || error.name === 'Killed') throw error;
          failures.push(error);
        }
      }
      throwAll(failures);
      return undefined;
    },
  });
}

async function changeOne(kubectl: Invocation, info: Info, change: RolloutChange, options: PrintChoice & { manager: string }): Promise<void> {
  const { patch, after } = differenceOf(info.object, mutated(kubectl, info, change));
  const print = (object: KubeObject, operation: string) => kubectl.print(typedPrinter(kubectl, options, operation, 'none')(object));
  if (Object.keys(patch).length > 0) {
    const changed = await sendPatch(kubectl, info, patch, { dryRun: 'none', manager: options.manager, failure: 'failed to patch: ' });
    await print(changed, change.operation);
  } else if (change.unchanged) await print(after, change.unchanged);
  else {
    throw new UsageError(
      `failed to create patch for ${info.name}: if restart has already been triggered within the past second, please wait before attempting to trigger another`,
    );
  }
}

function mutated(kubectl: Invocation, { mapping, name, object }: Info, { mutate }: RolloutChange): KubeObject {
  try {
    return mutate(kubectl, object);
  } catch (error) {
    const type = mapping.group ? `${mapping.resource}.${mapping.group}` : mapping.resource;
    throw new UsageError(`error: ${type} ${JSON.stringify(name)} ${messageOf(error)}`);
  }
}
