import type { KubeObject } from '../../../../api/machinery/object.ts';
import { resourcePath } from '../../client/mapper.ts';
import { defineVerb, type Verb, type VerbHelp } from '../../define-verb.ts';
import { messageOf, UsageError } from '../../errors.ts';
import { bool, type FlagSpecs, type FlagValues } from '../../flags/flag.ts';
import type { Invocation } from '../../invocation.ts';
import { printFlags } from '../../print/print-flags.ts';
import { withLastApplied } from '../../writing/last-applied.ts';
import { typedObject } from '../../writing/typed-object.ts';
import { type PrintChoice, typedPrinter } from '../../writing/typed-printer.ts';
import { dryRunFlag, dryRunOf, fieldManagerFlag, validateFlag, writeQuery } from '../../writing/write-flags.ts';

export const saveConfigFlag = { 'save-config': bool('', 'Record the configuration in an annotation, for a later apply.') };

const sharedFlags = { ...printFlags, ...dryRunFlag, ...fieldManagerFlag('kubectl-create'), ...validateFlag, ...saveConfigFlag };

interface Generator<F extends FlagSpecs> {
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly flags: F;
  readonly help: VerbHelp;
  /** What stands before the server's refusal: `failed to create deployment: `. */
  readonly failure?: string;
  readonly namespaced?: boolean;
  complete?(kubectl: Invocation, word: string): Promise<readonly string[]>;
  /** The object's own part; name and namespace come by themselves. Throws UsageError. */
  build(kubectl: Invocation, name: string, options: FlagValues<F>): Draft | Promise<Draft>;
}

/** A typed object in the making: absent members may be undefined. */
export interface Draft {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata?: Readonly<Record<string, unknown>>;
  readonly [field: string]: unknown;
}

/** `kubectl create <kind> NAME …`: builds an object of its flags and creates it. */
export function defineGenerator<F extends FlagSpecs>(generator: Generator<F>): Verb {
  const { name, aliases, help, complete } = generator;
  return defineVerb({
    name,
    ...(aliases ? { aliases } : {}),
    flags: { ...sharedFlags, ...generator.flags },
    help,
    ...(complete ? { complete } : {}),
    async run(kubectl, options) {
      const given = options as unknown as FlagValues<F> & FlagValues<typeof sharedFlags>;
      const target = nameArgument(kubectl);
      const dryRun = await dryRunOf(kubectl, given['dry-run']);
      const print = typedPrinter(kubectl, given as PrintChoice, 'created', dryRun);
      const query = writeQuery({ dryRun, manager: given['field-manager'], validate: given.validate });
      const draft = await generator.build(kubectl, target, given);
      const object = named(kubectl, draft, target, generator.namespaced ?? true);
      const wanted = given['save-config'] ? withLastApplied(object) : object;
      await kubectl.print(print(dryRun === 'client' ? wanted : await post(kubectl, wanted, query, generator.failure)));
      return undefined;
    },
  });
}

/** The one name before `--`. */
export function nameArgument(kubectl: Invocation): string {
  const count = kubectl.argsBeforeDash < 0 ? kubectl.args.length : kubectl.argsBeforeDash;
  const [name] = kubectl.args;
  if (count !== 1 || name === undefined) throw kubectl.usage(`exactly one NAME is required, got ${count}`);
  return name;
}

function named(kubectl: Invocation, draft: Draft, name: string, namespaced: boolean): KubeObject {
  const namespace = namespaced && kubectl.namespaceGiven ? { namespace: kubectl.namespace } : {};
  return typedObject({ ...draft, metadata: { name, ...namespace, ...draft.metadata } });
}

async function post(kubectl: Invocation, object: KubeObject, query: Readonly<Record<string, string>>, failure = ''): Promise<KubeObject> {
  const mapping = (await kubectl.mapper).forObject(object);
  if (!mapping) throw new UsageError(`no matches for kind ${JSON.stringify(object.kind)} in version ${JSON.stringify(object.apiVersion)}`);
  try {
    return await kubectl.api.post(resourcePath(mapping, mapping.namespaced ? kubectl.namespace : ''), object, query);
  } catch (error) {
    if (!failure || !(error instanceof Error) || error.name === 'Killed') throw error;
    throw new UsageError(`${failure}${messageOf(error)}`);
  }
}
