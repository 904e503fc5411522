import { byCodePoint } from '../../../../api/machinery/json.ts';
import type { KubeObject } from '../../../../api/machinery/object.ts';
import type { Container, EnvVar } from '../../../../api/schema/generated/types.ts';
import { completeResources } from '../../complete-resources.ts';
import { defineVerb } from '../../define-verb.ts';
import { throwAll, UsageError } from '../../errors.ts';
import { array, bool, type FlagValues, string, strings } from '../../flags/flag.ts';
import type { Invocation } from '../../invocation.ts';
import { containerFits, mapContainers, withPodSpec } from '../../writing/pod-template.ts';
import { changeEach } from '../../writing/typed-change.ts';
import { typedPrinter } from '../../writing/typed-printer.ts';
import { dryRunOf } from '../../writing/write-flags.ts';
import { changedEnvironment, type EnvironmentChange, environmentChange, refuseOverwrites, splitEnvironment } from './environment.ts';
import { listEnvironment } from './list-environment.ts';
import { refuseAllWithSelector, refuseLocalOnServer, setSelectorFlags, setTargets } from './set-flags.ts';

const flags = {
  ...setSelectorFlags,
  containers: string('c', 'Containers to change; * stands for anything.', { default: '*' }),
  env: array('e', 'Variable to set: NAME=value.'),
  from: string('', 'Config map or secret whose keys become variables: type/name.'),
  keys: strings('', 'Only these keys of --from.'),
  list: bool('', 'Show the environment.'),
  overwrite: bool('', 'Existing variables may be overwritten.', { default: true }),
  prefix: string('', 'What the names begin with.'),
  resolve: bool('', 'Show the values of references.'),
};

type Options = FlagValues<typeof flags>;

export const setEnv = defineVerb({
  name: 'env',
  flags,
  help: {
    usage: 'env RESOURCE/NAME KEY_1=VAL_1 ... KEY_N=VAL_N',
    short: 'Update environment variables on a pod template',
    examples: [
      ['A variable of a deployment', 'kubectl set env deployment/registry STORAGE_DIR=/local'],
      ['List them', 'kubectl set env deployment/sample-build --list'],
      ['From a secret', 'kubectl set env --from=secret/mysecret deployment/myapp'],
      ['From a config map, with a prefix', 'kubectl set env --from=configmap/myconfigmap --prefix=MYSQL_ deployment/myapp'],
      ['Remove one', 'kubectl set env deployments --all --containers="c1" ENV-'],
    ],
  },
  complete: completeResources,
  async run(kubectl, options) {
    refuseAllWithSelector(options);
    const { resources, words } = splitEnvironment(kubectl.args);
    const dryRun = await dryRunOf(kubectl, options['dry-run']);
    const print = typedPrinter(kubectl, options, 'env updated', dryRun);
    refuseLocalOnServer(options.local, dryRun);
    check(options, resources);
    const change = await wantedChange(kubectl, words, options);
    const infos = await setTargets(kubectl, resources, options);
    const failures = await changeEach(kubectl, infos, {
      dryRun,
      local: options.local,
      manager: options['field-manager'],
      failure: 'failed to patch env update to pod template: ',
      mutate: (object) => changedObject(kubectl, object, change, options),
      async print(object) {
        if (change.set.length === 0 && words.length === 0) throw new UsageError('at least one environment variable must be provided');
        await kubectl.print(print(object));
      },
    });
    throwAll(failures);
    return undefined;
  },
});

function check(options: Options, resources: readonly string[]): void {
  if (options.filename.length === 0 && resources.length === 0)
    throw new UsageError('one or more resources must be specified as <resource> <name> or <resource>/<name>');
  if (options.list && options.output) throw new UsageError('--list and --output may not be specified together');
  if (options.keys.length > 0 && !options.from) throw new UsageError('when specifying --keys, a configmap or secret must be provided with --from');
}

async function wantedChange(kubectl: Invocation, words: readonly string[], options: Options): Promise<EnvironmentChange> {
  const given = [...options.env, ...words];
  const { set, remove } = environmentChange(given, given.includes('-') ? await kubectl.readStdin() : '');
  const imported = options.from ? await importedFrom(kubectl, options) : [];
  return { set: [...set, ...imported].map((one) => ({ ...one, name: `${options.prefix}${one.name}` })), remove };
}

/** Every key of a config map or secret as a reference to it. */
async function importedFrom(kubectl: Invocation, options: Options): Promise<EnvVar[]> {
  const variables: EnvVar[] = [];
  for (const { object } of await setTargets(kubectl, [options.from], options)) {
    const ref = { ConfigMap: 'configMapKeyRef', Secret: 'secretKeyRef' }[object.kind];
    if (!ref) throw new UsageError('unsupported resource specified in --from');
    const keys = Object.keys((object.data ?? {}) as object).sort(byCodePoint);
    for (const key of keys.filter((one) => options.keys.length === 0 || options.keys.includes(one))) {
      variables.push({ name: await variableName(kubectl, key), valueFrom: { [ref]: { name: object.metadata.name, key } } });
    }
  }
  return variables;
}

async function variableName(kubectl: Invocation, key: string): Promise<string> {
  const name = key.replace(/[^a-zA-Z0-9_]/g, '_').toUpperCase();
  if (name !== key) await kubectl.error(`Warning: key ${key} transferred to ${name}\n`);
  return name;
}

async function changedObject(kubectl: Invocation, object: KubeObject, change: EnvironmentChange, options: Options): Promise<KubeObject | undefined> {
  const touched: Container[] = [];
  const changed = withPodSpec(object, (spec) => {
    const result = mapContainers(spec, (container) => {
      if (!containerFits(container.name, options.containers)) return container;
      if (!options.overwrite) refuseOverwrites(container.env ?? [], change.set);
      return { ...container, env: changedEnvironment(container.env ?? [], change) };
    });
    touched.push(...[...result.containers, ...(result.initContainers ?? [])].filter(({ name }) => containerFits(name, options.containers)));
    return result;
  });
  if (touched.length === 0)
    await kubectl.error(
      `Warning: ${object.kind}/${object.metadata.name} does not have any containers matching ${JSON.stringify(options.containers)}\n`,
    );
  if (!options.list) return changed;
  await listEnvironment(kubectl, object, touched, options.resolve);
  return undefined;
}
