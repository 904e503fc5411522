import { array, bool, type FlagValues, pairs, string } from '../../flags/flag.ts';

export const debugFlags = {
  'arguments-only': bool('', 'What follows -- are the arguments of the new container, not its command.'),
  attach: bool('', 'Wait until the container runs and attach to it; the default with -i.'),
  container: string('c', 'Name of the debugging container.'),
  'copy-to': string('', 'Make a copy of the pod with this name.'),
  custom: string('', 'JSON or YAML file with a part of a container, laid over what the profile makes.'),
  env: pairs('', 'Variables of the container: NAME=value.'),
  filename: array('f', 'File, folder or URL that names what to debug.'),
  image: string('', 'Image of the debugging container.'),
  'image-pull-policy': string('', 'When to pull the image; by default the server decides.', { values: ['Always', 'IfNotPresent', 'Never'] }),
  'keep-annotations': bool('', 'A copy keeps the annotations of the pod.'),
  'keep-init-containers': bool('', 'A copy keeps the init containers of the pod.', { default: true }),
  'keep-labels': bool('', 'A copy keeps the labels of the pod.'),
  'keep-liveness': bool('', 'A copy keeps the liveness probes of the pod.'),
  'keep-readiness': bool('', 'A copy keeps the readiness probes of the pod.'),
  'keep-startup': bool('', 'A copy keeps the startup probes of the pod.'),
  profile: string('', 'general, baseline, restricted, netadmin or sysadmin.', {
    default: 'general',
    values: ['general', 'baseline', 'restricted', 'netadmin', 'sysadmin'],
  }),
  quiet: bool('q', 'Print nothing but what the container prints.'),
  replace: bool('', 'With --copy-to, delete the original pod.'),
  'same-node': bool('', 'With --copy-to, put the copy on the same node.'),
  'set-image': pairs('', 'With --copy-to, new images: name=image, separated by commas.'),
  'share-processes': bool('', 'With --copy-to, the containers of the copy see the processes of each other.', { default: true }),
  stdin: bool('i', 'Keep standard input open.'),
  target: string('', 'See the processes of this container from an ephemeral one.'),
  tty: bool('t', 'Allocate a terminal.'),
};

export type DebugOptions = FlagValues<typeof debugFlags>;
