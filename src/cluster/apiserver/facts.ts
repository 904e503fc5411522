import { existsSync, readFileSync } from 'node:fs';

const PLACES = ['./schema/', '../../api/schema/facts/'];
const loaded = new Map<string, unknown>();

/** Reads one of the tables of facts, once: beside the bundle, or where the sources keep them. */
export function loadFacts<T>(name: 'resources' | 'bootstrap-objects'): T {
  const known = loaded.get(name);
  if (known !== undefined) return known as T;
  const file = PLACES.map((place) => new URL(`${place}${name}.json`, import.meta.url)).find((url) => existsSync(url));
  if (!file) throw new Error(`the table of facts ${name}.json is missing`);
  const facts: unknown = JSON.parse(readFileSync(file, 'utf8'));
  loaded.set(name, facts);
  return facts as T;
}
