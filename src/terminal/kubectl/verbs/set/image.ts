import type { KubeObject } from '../../../../api/machinery/object.ts';
import { completeResources } from '../../complete-resources.ts';
import { defineVerb } from '../../define-verb.ts';
import { throwAll, UsageError } from '../../errors.ts';
import { parsePairs } from '../../writing/label-spec.ts';
import { splitPairs } from '../../writing/pair-arguments.ts';
import { mapContainers, withPodSpec } from '../../writing/pod-template.ts';
import { recorded, recordFlag } from '../../writing/record.ts';
import { changeEach } from '../../writing/typed-change.ts';
import { typedPrinter } from '../../writing/typed-printer.ts';
import { dryRunOf } from '../../writing/write-flags.ts';
import { refuseAllWithSelector, refuseLocalOnServer, setSelectorFlags, setTargets } from './set-flags.ts';

const flags = { ...setSelectorFlags, ...recordFlag };

export const setImage = defineVerb({
  name: 'image',
  flags,
  help: {
    usage: 'image (-f FILENAME | TYPE NAME) CONTAINER_NAME_1=CONTAINER_IMAGE_1 ... CONTAINER_NAME_N=CONTAINER_IMAGE_N',
    short: 'Update the image of a pod template',
    examples: [
      ['Two containers of a deployment', 'kubectl set image deployment/nginx busybox=busybox nginx=nginx:1.9.1'],
      ['All containers', 'kubectl set image daemonset abc *=nginx:1.9.1'],
    ],
  },
  complete: completeResources,
  async run(kubectl, options) {
    const dryRun = await dryRunOf(kubectl, options['dry-run']);
    const print = typedPrinter(kubectl, options, 'image updated', dryRun);
    const { resources, pairs } = splitPairs(kubectl.args, 'image');
    const images = Object.entries(parsePairs(pairs, 'image', false).set);
    const infos = await setTargets(kubectl, resources, options);
    refuseAllWithSelector(options);
    if (images.length === 0) throw new UsageError('at least one image update is required');
    if (images.length > 1 && images.some(([name]) => name === '*')) {
      throw new UsageError('all containers are already specified by *, but saw more than one container_name=container_image pairs');
    }
    refuseLocalOnServer(options.local, dryRun);
    const missing: unknown[] = [];
    const failures = await changeEach(kubectl, infos, {
      dryRun,
      local: options.local,
      manager: options['field-manager'],
      failure: 'failed to patch image update to pod template: ',
      mutate(object) {
        for (const name of unknownContainers(object, images))
          missing.push(new UsageError(`error: unable to find container named ${JSON.stringify(name)}`));
        return recorded(kubectl, withImages(object, images), options, flags);
      },
      print: (object) => kubectl.print(print(object)),
    });
    throwAll([...missing, ...failures]);
    return undefined;
  },
});

type Images = readonly (readonly [string, string])[];

const withImages = (object: KubeObject, images: Images): KubeObject =>
  withPodSpec(object, (spec) =>
    mapContainers(spec, (container) => {
      const image = images.findLast(([name]) => name === '*' || name === container.name)?.[1];
      return image === undefined ? container : { ...container, image };
    }),
  );

function unknownContainers(object: KubeObject, images: Images): string[] {
  const names: (string | undefined)[] = [];
  withPodSpec(object, (spec) =>
    mapContainers(spec, (container) => {
      names.push(container.name);
      return container;
    }),
  );
  return images.map(([name]) => name).filter((name) => (name === '*' ? names.length === 0 : !names.includes(name)));
}
