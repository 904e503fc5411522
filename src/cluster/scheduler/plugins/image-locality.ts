import type { NodeInfo } from '../node-info.ts';
import { definePlugin } from '../plugin.ts';

const MB = 1024 * 1024;
const MIN = 23 * MB;
const MAX_PER_CONTAINER = 1000 * MB;

export const imageLocality = definePlugin({
  name: 'ImageLocality',
  weight: 1,
  helpedBy: [],
  begin: ({ pod }) => {
    const images = [...(pod.spec?.initContainers ?? []), ...(pod.spec?.containers ?? [])].map(({ image }) => normalised(image ?? ''));
    const most = MAX_PER_CONTAINER * images.length;
    return {
      score: (nodes) => {
        const sizes = nodes.map(imageSizes);
        const spread = new Map(images.map((image) => [image, sizes.filter((known) => known.has(image)).length / Math.max(1, nodes.length)]));
        return sizes.map((known) => {
          const sum = images.reduce((total, image) => total + Math.trunc((known.get(image) ?? 0) * (spread.get(image) ?? 0)), 0);
          return Math.trunc((100 * (Math.min(Math.max(sum, MIN), most) - MIN)) / Math.max(1, most - MIN));
        });
      },
    };
  },
});

function imageSizes({ node }: NodeInfo): ReadonlyMap<string, number> {
  return new Map((node.status?.images ?? []).flatMap(({ names, sizeBytes }) => (names ?? []).map((name) => [name, sizeBytes ?? 0] as const)));
}

const normalised = (image: string) => (image.lastIndexOf(':') <= image.lastIndexOf('/') ? `${image}:latest` : image);
