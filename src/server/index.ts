export { type ServedApi, type ServeOptions, type Serving, serve } from './serve.ts';
