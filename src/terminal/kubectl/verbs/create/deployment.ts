import { UsageError } from '../../errors.ts';
import { int, strings } from '../../flags/flag.ts';
import { defineGenerator } from './generator.ts';
import { commandOf, containerName } from './pod-containers.ts';

export const createDeployment = defineGenerator({
  name: 'deployment',
  aliases: ['deploy'],
  failure: 'failed to create deployment: ',
  flags: {
    image: strings('', 'Images to run; several make several containers.', { required: true }),
    port: int('', 'Port that the container serves on.', { default: -1 }),
    replicas: int('r', 'How many replicas to create.', { default: 1 }),
  },
  help: {
    usage: 'deployment NAME --image=image -- [COMMAND] [args...]',
    short: 'Create a deployment with the specified name',
    examples: [
      ['A deployment that runs busybox', 'kubectl create deployment my-dep --image=busybox'],
      ['With a command', 'kubectl create deployment my-dep --image=busybox -- date'],
      ['Three replicas of nginx', 'kubectl create deployment my-dep --image=nginx --replicas=3'],
      ['With a port', 'kubectl create deployment my-dep --image=busybox --port=5701'],
    ],
  },
  build(kubectl, name, { image: images, port, replicas }) {
    const command = commandOf(kubectl);
    if (images.length > 1 && command) throw new UsageError('cannot specify multiple --image options and command');
    const labels = { app: name };
    const containers = images.map((image, i) => ({
      name: containerName(kubectl, image),
      image,
      command,
      ports: port >= 0 && i === 0 ? [{ containerPort: port }] : undefined,
    }));
    return {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { labels },
      spec: { replicas, selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { containers } } },
    };
  },
});
