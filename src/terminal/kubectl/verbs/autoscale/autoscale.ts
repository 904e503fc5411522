import type { KubeObject } from '../../../../api/machinery/object.ts';
import { canonicalQuantity } from '../../../../api/machinery/quantity.ts';
import type { MetricTarget } from '../../../../api/schema/generated/types.ts';
import { resourcePath } from '../../client/mapper.ts';
import { completeResources } from '../../complete-resources.ts';
import { defineVerb } from '../../define-verb.ts';
import { throwAll, UsageError } from '../../errors.ts';
import { type FlagValues, int, string } from '../../flags/flag.ts';
import type { Invocation } from '../../invocation.ts';
import { fileFlags, printFlags } from '../../print/print-flags.ts';
import { type Info, select } from '../../resource/selection.ts';
import { withLastApplied } from '../../writing/last-applied.ts';
import { recorded, recordFlag } from '../../writing/record.ts';
import { typedObject } from '../../writing/typed-object.ts';
import { typedPrinter } from '../../writing/typed-printer.ts';
import { type DryRun, dryRunFlag, dryRunOf, fieldManagerFlag, writeQuery } from '../../writing/write-flags.ts';
import { saveConfigFlag } from '../create/generator.ts';

const flags = {
  ...printFlags,
  ...fileFlags,
  ...dryRunFlag,
  ...fieldManagerFlag('kubectl-autoscale'),
  ...saveConfigFlag,
  ...recordFlag,
  cpu: string('', 'Target of CPU use: 70% of the requests, or 500m.'),
  'cpu-percent': int('', 'Target of CPU use, in percent of the requests.', {
    default: -1,
    deprecated: "Use --cpu with percentage or resource quantity format (e.g., '70%' for utilization or '500m' for milliCPU).",
  }),
  max: int('', 'Most pods.', { default: -1, required: true }),
  memory: string('', 'Target of memory use: 60% of the requests, or 200Mi.'),
  min: int('', 'Fewest pods; negative leaves it to the server.', { default: -1 }),
  name: string('', "Name of the autoscaler; without one the object's."),
};

type Options = FlagValues<typeof flags>;

export const autoscale = defineVerb({
  name: 'autoscale',
  group: 'Deploy Commands',
  flags,
  help: {
    usage: 'autoscale (-f FILENAME | TYPE NAME | TYPE/NAME) [--min=MINPODS] --max=MAXPODS [--cpu=CPU] [--memory=MEMORY]',
    short: 'Auto-scale a deployment, replica set, stateful set, or replication controller',
    examples: [
      ['Between two and ten pods', 'kubectl autoscale deployment foo --min=2 --max=10'],
      ['By CPU use', 'kubectl autoscale rc foo --max=5 --cpu=80%'],
    ],
  },
  complete: completeResources,
  async run(kubectl, options) {
    const dryRun = await dryRunOf(kubectl, options['dry-run']);
    check(options);
    const print = typedPrinter(kubectl, options, dryRun === 'client' ? 'created' : 'autoscaled', dryRun);
    const { filename, kustomize, recursive } = options;
    const { infos, errors } = await select(kubectl, { args: kubectl.args, filename, kustomize, recursive });
    const failures = [...errors];
    for (const info of infos) {
      try {
        await kubectl.print(print(await createAutoscaler(kubectl, info, options, dryRun)));
      } catch (error) {
        if (!(error instanceof Error) || error.name === 'Killed') throw error;
        failures.push(error);
      }
    }
    throwAll(failures);
    if (infos.length === 0) throw new UsageError('no objects passed to autoscale');
    return undefined;
  },
});

function check(options: Options): void {
  const { max, min, cpu, memory } = options;
  if (max < 1) throw new UsageError(`--max=MAXPODS is required and must be at least 1, max: ${max}`);
  if (max < min) throw new UsageError(`--max=MAXPODS must be larger or equal to --min=MINPODS, max: ${max}, min: ${min}`);
  if (options['cpu-percent'] > 0 && cpu) throw new UsageError('--cpu-percent and --cpu are mutually exclusive');
  if (cpu) metricTarget(cpu, 'cpu');
  if (memory) metricTarget(memory, 'memory');
}

async function createAutoscaler(kubectl: Invocation, { mapping, name }: Info, options: Options, dryRun: DryRun): Promise<KubeObject> {
  if (!mapping.subresources.includes('scale')) {
    const { group, version, resource } = mapping;
    throw new UsageError(
      `cannot autoscale a ${mapping.kind}: could not find scale subresource for ${group}/${version}, Resource=${resource} in discovery information`,
    );
  }
  const target = { apiVersion: mapping.group ? `${mapping.group}/${mapping.version}` : mapping.version, kind: mapping.kind, name };
  const autoscaler = recorded(kubectl, generated(kubectl, target, options), options, flags);
  if (dryRun === 'client') return autoscaler;
  const wanted = options['save-config'] ? withLastApplied(autoscaler) : autoscaler;
  const place = { group: 'autoscaling', version: 'v2', resource: 'horizontalpodautoscalers', namespaced: true };
  return kubectl.api.post(resourcePath(place, kubectl.namespace), wanted, writeQuery({ dryRun, manager: options['field-manager'] }));
}

interface Target {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
}

function generated(kubectl: Invocation, scaleTargetRef: Target, options: Options): KubeObject {
  const percent = options['cpu-percent'];
  const metrics = [
    ...(percent > 0 ? [metric('cpu', { type: 'Utilization', averageUtilization: percent })] : []),
    ...(options.cpu ? [metric('cpu', metricTarget(options.cpu, 'cpu'))] : []),
    ...(options.memory ? [metric('memory', metricTarget(options.memory, 'memory'))] : []),
  ];
  return typedObject({
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: { name: options.name || scaleTargetRef.name, ...(kubectl.namespaceGiven ? { namespace: kubectl.namespace } : {}) },
    spec: {
      scaleTargetRef,
      ...(options.min > 0 ? { minReplicas: options.min } : {}),
      maxReplicas: options.max,
      ...(metrics.length > 0 ? { metrics } : {}),
    },
  });
}

const metric = (name: string, target: MetricTarget) => ({ type: 'Resource', resource: { name, target } });

/** `70%` is a share of the requests, `500m` an amount, a bare number one of milli-CPUs or mebibytes. */
function metricTarget(text: string, resource: 'cpu' | 'memory'): MetricTarget {
  const given = text.trim();
  if (given === '') throw new UsageError('empty input');
  if (given.endsWith('%')) {
    const number = given.slice(0, -1);
    if (!/^\+?\d+$/.test(number)) throw new UsageError(`invalid percentage value: ${number}`);
    return { type: 'Utilization', averageUtilization: Number(number) };
  }
  const bare = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(given);
  return { type: 'AverageValue', averageValue: amount(bare ? `${Number(given)}${resource === 'cpu' ? 'm' : 'Mi'}` : given, resource, given) };
}

function amount(quantity: string, resource: string, given: string): string {
  try {
    return canonicalQuantity(quantity);
  } catch {
    throw new UsageError(`invalid resource ${resource} value: ${given}`);
  }
}
