import { clusterImages } from './cluster-images.ts';
import { dataImages } from './data-images.ts';
import type { ImageDefinition } from './define-image.ts';
import { echoImages } from './echo-images.ts';
import { nginxImages } from './nginx/index.ts';
import { systemImages } from './system-images.ts';
import { userlandImages } from './userland-images.ts';
import { webImages } from './web-images.ts';

export { anyImage } from './any-image.ts';

export const images: readonly ImageDefinition[] = [
  ...nginxImages,
  ...userlandImages,
  ...webImages,
  ...echoImages,
  ...dataImages,
  ...systemImages,
  ...clusterImages,
];
