import { isStatusError } from '../../../../api/machinery/status-error.ts';
import { completeResources } from '../../complete-resources.ts';
import { defineVerb } from '../../define-verb.ts';
import { throwAll, UsageError } from '../../errors.ts';
import { array, bool, duration, type FlagValues, string } from '../../flags/flag.ts';
import type { Invocation } from '../../invocation.ts';
import { objectPrinter } from '../../print/object-printer.ts';
import { fileFlags, printFlags, selectorFlag } from '../../print/print-flags.ts';
import { type Info, type Selection, select } from '../../resource/selection.ts';
import { type Condition, parseCondition } from './conditions.ts';
import { waitFor } from './wait-for.ts';

const flags = {
  ...printFlags,
  ...selectorFlag,
  filename: fileFlags.filename,
  recursive: bool('R', 'Look into subfolders of -f.', { default: true }),
  all: bool('', 'All objects of the types in the namespace.'),
  'all-namespaces': bool('A', 'Look in all namespaces.'),
  'field-selector': string('', "Field selector: '=', '==', '!='."),
  for: array('', "What to wait for: create, delete, condition=NAME[=VALUE] or jsonpath='{…}'[=VALUE]; repeat it for several."),
  local: bool('', 'Do not ask the server.'),
  timeout: duration('', 'How long to wait; zero checks once, a negative time waits for a week.', { default: 30_000 }),
};

const week = 168 * 3_600_000;

export const wait = defineVerb({
  name: 'wait',
  group: 'Advanced Commands',
  flags,
  help: {
    usage:
      "wait ([-f FILENAME] | resource.group/resource.name | resource.group [(-l label | --all)]) [--for=create|--for=delete|--for condition=available|--for=jsonpath='{}'[=value]]",
    short: 'Wait for a specific condition on one or many resources',
    examples: [
      ['A pod is ready', 'kubectl wait --for=condition=Ready pod/busybox1'],
      ['A pod runs', "kubectl wait --for=jsonpath='{.status.phase}'=Running pod/busybox1"],
      ['A pod is gone, within a minute', 'kubectl wait --for=delete pod/busybox1 --timeout=60s'],
    ],
  },
  complete: completeResources,
  async run(kubectl, options) {
    const conditions = options.for.map(parseCondition);
    if (conditions.length === 0) throw new UsageError('unrecognized condition: []');
    const timeout = options.timeout < 0 ? week : options.timeout;
    const deadline = kubectl.now + timeout;
    const print = objectPrinter({
      output: options.output,
      template: options.template,
      operation: 'condition met',
      readFile: (path) => kubectl.readText(path),
    });
    if (conditions.some(({ kind }) => kind === 'create')) await created(kubectl, options, deadline);
    const forDelete = conditions.some(({ kind }) => kind === 'delete');
    const { infos, errors } = await found(kubectl, options);
    throwAll(forDelete ? errors.filter((error) => !isStatusError(error, 'NotFound')) : errors);
    if (infos.length === 0 && !forDelete) throw new UsageError('no matching resources found');
    await visit(kubectl, { infos, conditions, deadline, timeout, print });
    return undefined;
  },
});

interface Visit {
  readonly infos: readonly Info[];
  readonly conditions: readonly Condition[];
  readonly deadline: number;
  readonly timeout: number;
  readonly print: ReturnType<typeof objectPrinter>;
}

async function visit(kubectl: Invocation, { infos, conditions, deadline, timeout, print }: Visit): Promise<void> {
  const failures: unknown[] = [];
  for (const info of infos) {
    try {
      for (const condition of conditions) await kubectl.print(print(await waitFor(kubectl, info, condition, { deadline, timeout })));
    } catch (error) {
      if (!(error instanceof Error) || error.name === 'Killed') throw error;
      failures.push(error);
    }
  }
  throwAll(failures);
}

const found = (kubectl: Invocation, options: FlagValues<typeof flags>): Promise<Selection> =>
  select(kubectl, {
    args: kubectl.args,
    filename: options.filename,
    recursive: options.recursive,
    selector: options.selector,
    fieldSelector: options['field-selector'],
    all: options.all,
    allNamespaces: options['all-namespaces'],
    latest: true,
  });

/** Waits until anything of the name or selector exists. */
async function created(kubectl: Invocation, options: FlagValues<typeof flags>, deadline: number): Promise<void> {
  for (;;) {
    const { infos, errors } = await found(kubectl, options);
    throwAll(errors.filter((error) => !isStatusError(error, 'NotFound')));
    if (infos.length > 0 && errors.length === 0) return;
    if (kubectl.now + 500 > deadline) throw new UsageError('timed out waiting for the condition');
    await kubectl.process.sleep(500);
  }
}
