export { bash, sh } from './program.ts';
