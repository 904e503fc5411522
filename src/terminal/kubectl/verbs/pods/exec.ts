import { completePods } from '../../complete-resources.ts';
import { defineVerb } from '../../define-verb.ts';
import { UsageError } from '../../errors.ts';
import { array, bool, duration, string } from '../../flags/flag.ts';
import { containerOrDefault } from '../../pods/containers.ts';
import { runSession } from '../../pods/session.ts';
import { podFor, targetObject } from '../../pods/target.ts';
import { selectAll } from '../../resource/selection.ts';

export const podTimeout = (default_: number) => duration('', 'How long to wait until a pod runs.', { default: default_ });

export const exec = defineVerb({
  name: 'exec',
  group: 'Troubleshooting and Debugging Commands',
  flags: {
    container: string('c', 'Container; without one the annotated default or the first.'),
    filename: array('f', 'File with the resource to enter.'),
    'pod-running-timeout': podTimeout(60_000),
    quiet: bool('q', 'Print nothing but what the command prints.'),
    stdin: bool('i', 'Pass standard input to the container.'),
    tty: bool('t', 'Standard input is a terminal.'),
  },
  help: {
    usage: 'exec (POD | TYPE/NAME) [-c CONTAINER] [flags] -- COMMAND [args...]',
    short: 'Execute a command in a container',
    examples: [
      ["Today's date, by a pod", 'kubectl exec mypod -- date'],
      ['A shell in one of its containers', 'kubectl exec mypod -c ruby-container -it -- bash'],
      ['In some pod of a deployment', 'kubectl exec deploy/mydeployment -- date'],
    ],
  },
  complete: completePods,
  async run(kubectl, options) {
    const { args, argsBeforeDash } = kubectl;
    const target = argsBeforeDash === 0 ? undefined : args[0];
    const command = argsBeforeDash >= 0 ? args.slice(argsBeforeDash) : [];
    if (argsBeforeDash < 0 && (args.length > 1 || (args.length > 0 && options.filename.length > 0))) {
      throw kubectl.usage('exec [POD] [COMMAND] is not supported anymore. Use exec [POD] -- [COMMAND] instead');
    }
    if (!target && options.filename.length === 0) throw new UsageError('pod, type/name or --filename must be specified');
    if (command.length === 0) throw new UsageError('you must specify at least one command for the container');
    const info = target ? await targetObject(kubectl, target) : (await selectAll(kubectl, { filename: options.filename, latest: true }))[0];
    if (!info) throw new UsageError('expected a resource');
    const pod = await podFor(kubectl, info, options['pod-running-timeout']);
    const phase = pod.status?.phase;
    if (phase === 'Succeeded' || phase === 'Failed') {
      throw new UsageError(`cannot exec into a container in a completed pod; current phase is ${phase}`);
    }
    const container = await containerOrDefault(kubectl, pod, options.container, options.quiet);
    const place = { namespace: pod.metadata?.namespace ?? '', pod: pod.metadata?.name ?? '', container };
    await runSession(kubectl, { verb: 'exec', ...place, command, stdin: options.stdin, tty: options.tty, quiet: options.quiet });
    return undefined;
  },
});
