import { existsSync, readFileSync } from 'node:fs';

/** The shipped bundle keeps these files in `schema/` beside itself; the sources keep them where they are made. */
const FILES = {
  fields: 'facts/fields.json',
  goFields: 'facts/go-fields.json',
  resources: 'facts/resources.json',
  bootstrapObjects: 'facts/bootstrap-objects.json',
  descriptions: 'generated/descriptions.json',
} as const;

export type SchemaFile = keyof typeof FILES;

const cache = new Map<SchemaFile, unknown>();

/** Reads a file of facts the first time it is asked for; the caller names its shape. */
export function schemaData<T>(file: SchemaFile): T {
  if (!cache.has(file)) cache.set(file, JSON.parse(readFileSync(locate(FILES[file]), 'utf8')));
  return cache.get(file) as T;
}

function locate(path: string): URL {
  const shipped = new URL(`./schema/${path.split('/').at(-1)}`, import.meta.url);
  return existsSync(shipped) ? shipped : new URL(`./${path}`, import.meta.url);
}
