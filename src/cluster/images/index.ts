import type { ImageDefinition } from './define-image.ts';

export { anyImage } from './any-image.ts';

export const images: readonly ImageDefinition[] = [];
