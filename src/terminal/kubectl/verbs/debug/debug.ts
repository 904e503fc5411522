import { completePods } from '../../complete-resources.ts';
import { defineVerb } from '../../define-verb.ts';
import { UsageError } from '../../errors.ts';
import type { Invocation } from '../../invocation.ts';
import { targetObject } from '../../pods/target.ts';
import { selectAll } from '../../resource/selection.ts';
import { isImageName } from '../run/image-name.ts';
import { checkCustomProfile, readCustomProfile } from './custom-profile.ts';
import { type DebugOptions, debugFlags } from './debug-flags.ts';
import type { Plan } from './debug-pods.ts';
import { profiles } from './profiles.ts';
import { debugTarget } from './targets.ts';

export const debug = defineVerb({
  name: 'debug',
  group: 'Troubleshooting and Debugging Commands',
  flags: debugFlags,
  help: {
    usage: 'debug (POD | TYPE[[.VERSION].GROUP]/NAME) [ -- COMMAND [args...] ]',
    short: 'Create debugging sessions for troubleshooting workloads and nodes',
    long: 'Puts an ephemeral container into a running pod, makes a changed copy of a pod, or makes a pod in the namespaces of a node.',
    examples: [
      ['A session in a running pod', 'kubectl debug mypod -it --image=busybox'],
      ['For the pod of a file', 'kubectl debug -f pod.yaml -it --image=busybox'],
      ['With a name of its own', 'kubectl debug --image=myproj/debug-tools -c debugger mypod'],
      ['In a copy of the pod', 'kubectl debug mypod -it --image=busybox --copy-to=my-debugger'],
      ['A copy with another command', 'kubectl debug mypod -it --copy-to=my-debugger --container=mycontainer -- sh'],
      ['A copy with other images', 'kubectl debug mypod --copy-to=my-debugger --set-image=*=busybox'],
      ['On a node, whose files are at /host', 'kubectl debug node/mynode -it --image=busybox'],
    ],
  },
  complete: completePods,
  async run(kubectl, options) {
    const before = kubectl.argsBeforeDash;
    const targets = before >= 0 ? kubectl.args.slice(0, before) : kubectl.args;
    const plan = planOf(kubectl, options, before >= 0 ? kubectl.args.slice(before) : []);
    check(kubectl, { options, plan, targets });
    checkImages(options);
    if (plan.target) await announceTarget(kubectl, options);
    if (options.tty && !options.stdin) throw new UsageError('-i/--stdin is required for containers with -t/--tty=true');
    checkCustomProfile(plan.custom);
    if (options.profile === 'legacy') {
      await kubectl.error(
        '--profile=legacy is deprecated and planned to be removed in v1.39. It is recommended to specify other profile, for example "--profile=general".\n',
      );
    }
    const attach = options.attach || (options.stdin && !kubectl.changed('attach'));
    const fromFiles = options.filename.length > 0 ? await selectAll(kubectl, { filename: options.filename }) : [];
    for (const info of fromFiles) await debugTarget(kubectl, info, { options, plan, attach });
    for (const target of targets) await debugTarget(kubectl, await targetObject(kubectl, target), { options, plan, attach });
    return undefined;
  },
});

function planOf(kubectl: Invocation, options: DebugOptions, args: readonly string[]): Plan {
  if (!profiles[options.profile]) throw new UsageError(`unknown profile: ${options.profile}`);
  const custom = readCustomProfile(kubectl, options.custom);
  return { ...options, args, custom, shareProcesses: kubectl.changed('share-processes') ? options['share-processes'] : undefined };
}

interface Asked {
  readonly options: DebugOptions;
  readonly plan: Plan;
  readonly targets: readonly string[];
}

/** Refuses what does not go together, in kubectl's order. */
function check(kubectl: Invocation, { options, plan: { args }, targets }: Asked): void {
  const { image, container, 'set-image': images } = options;
  if (options.attach && kubectl.changed('attach') && !image && !container) {
    throw new UsageError('you must specify --container or create a new container using --image in order to attach.');
  }
  if (options['copy-to']) {
    if (!image && images.length === 0 && args.length === 0) throw new UsageError('you must specify --image, --set-image or command arguments.');
    if (args.length > 0 && !container && !image) {
      throw new UsageError('you must specify an existing container or a new image when specifying args.');
    }
  } else {
    const alone = (['replace', 'same-node'] as const).find((flag) => options[flag]) ?? (images.length > 0 ? 'set-image' : undefined);
    if (alone) throw new UsageError(`--${alone} may only be used with --copy-to.`);
    if (!image) throw new UsageError('you must specify --image when not using --copy-to.');
  }
  if (image && !isImageName(image)) throw new UsageError(`invalid image name ${JSON.stringify(image)}: invalid reference format`);
  if (targets.length === 0 && options.filename.length === 0) throw new UsageError('NAME or filename is required for debug');
  if (!['', 'Always', 'IfNotPresent', 'Never'].includes(options['image-pull-policy'])) {
    throw new UsageError(`invalid image pull policy: ${options['image-pull-policy']}`);
  }
}

function checkImages(options: DebugOptions): void {
  for (const pair of options['set-image']) {
    const [name, image] = [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)];
    if (!isImageName(image)) {
      throw new UsageError(`invalid image name ${JSON.stringify(image)} for container ${JSON.stringify(name)}: invalid reference format`);
    }
  }
}

async function announceTarget(kubectl: Invocation, { target, quiet, 'copy-to': copyTo }: DebugOptions): Promise<void> {
  if (copyTo) throw new UsageError('--target is incompatible with --copy-to. Use --share-processes instead.');
  if (quiet) return;
  await kubectl.print(
    `Targeting container ${JSON.stringify(target)}. If you don't see processes from this container it may be because the container runtime doesn't support this feature.\n`,
  );
}
