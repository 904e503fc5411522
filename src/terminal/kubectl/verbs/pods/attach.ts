import { completePods } from '../../complete-resources.ts';
import { defineVerb } from '../../define-verb.ts';
import { UsageError } from '../../errors.ts';
import { bool, string } from '../../flags/flag.ts';
import { attachTo } from '../../pods/attach-to.ts';
import { podFor, targetObject } from '../../pods/target.ts';
import { podTimeout } from './exec.ts';

export const attach = defineVerb({
  name: 'attach',
  group: 'Troubleshooting and Debugging Commands',
  flags: {
    container: string('c', 'Container; without one the annotated default or the first.'),
    'pod-running-timeout': podTimeout(60_000),
    quiet: bool('q', 'Print nothing but what the container prints.'),
    stdin: bool('i', 'Pass standard input to the container.'),
    tty: bool('t', 'Standard input is a terminal.'),
  },
  help: {
    usage: 'attach (POD | TYPE/NAME) -c CONTAINER',
    short: 'Attach to a running container',
    examples: [['Output of a running pod', 'kubectl attach mypod']],
  },
  complete: completePods,
  async run(kubectl, options) {
    const [target] = kubectl.args;
    if (target === undefined) throw kubectl.usage('at least 1 argument is required for attach');
    if (kubectl.args.length > 2)
      throw kubectl.usage(`expected POD, TYPE/NAME, or TYPE NAME, (at most 2 arguments) saw ${kubectl.args.length}: [${kubectl.args.join(' ')}]`);
    const info = await targetObject(kubectl, kubectl.args.join('/'));
    const pod = await podFor(kubectl, info, options['pod-running-timeout']);
    const phase = pod.status?.phase;
    if (phase === 'Succeeded' || phase === 'Failed') throw new UsageError(`cannot attach a container in a completed pod; current phase is ${phase}`);
    await attachTo(kubectl, pod, options);
    return undefined;
  },
});
