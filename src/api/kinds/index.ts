import type { KindDefinition } from './define-kind.ts';

/** One line per declared kind. */
export const kinds: readonly KindDefinition[] = [];

const byResource = new Map(kinds.map((kind) => [key(kind.group, kind.version, kind.resource), kind]));

/** What is special about a resource; an empty definition for one that declares nothing. */
export const kindFor = (group: string, version: string, resource: string): KindDefinition =>
  byResource.get(key(group, version, resource)) ?? { group, version, resource };

function key(group: string, version: string, resource: string): string {
  return `${group}/${version}/${resource}`;
}
