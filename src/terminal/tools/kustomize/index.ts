export { buildKustomization } from './build.ts';
export { KustomizeError } from './errors.ts';
