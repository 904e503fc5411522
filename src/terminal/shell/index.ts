export { bash, sh } from './program.ts';
export { test } from './test-program.ts';
