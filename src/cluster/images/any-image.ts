import { defineImage } from './define-image.ts';

/** Stands for an image nobody described, where any image will do: it has the usual utilities and runs until told to stop. */
export const anyImage = defineImage({
  names: [],
  base: 'debian',
  entrypoint: ['/entrypoint'],
  executables: {
    '/entrypoint': (process) =>
      new Promise<number>((_, reject) => {
        process.signal.addEventListener('abort', () => reject(process.signal.reason), { once: true });
      }),
  },
});
