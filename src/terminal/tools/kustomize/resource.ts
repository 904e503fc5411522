import { isPlainObject, type PlainObject } from '../../../api/machinery/json.ts';
import { gvkOf, type Identity } from './identity.ts';

export type Behavior = 'create' | 'merge' | 'replace';

/** One object of a build, with what it was called before. Its object is replaced or changed in place, never shared. */
export class Resource {
  object: PlainObject;
  /** Oldest first. */
  previous: Identity[] = [];
  prefixes: string[] = [];
  suffixes: string[] = [];
  needsHash = false;
  behavior: Behavior = 'create';

  constructor(object: PlainObject) {
    this.object = object;
  }

  get current(): Identity {
    return { ...gvkOf(this.object), name: this.name, namespace: this.namespace };
  }

  get original(): Identity {
    return this.previous[0] ?? this.current;
  }

  /** Every name it ever had, the present one last. */
  get identities(): readonly Identity[] {
    return [...this.previous, this.current];
  }

  get name(): string {
    return textOf(this.metadata.name);
  }

  set name(name: string) {
    this.metadata.name = name;
  }

  get namespace(): string {
    return textOf(this.metadata.namespace);
  }

  get metadata(): PlainObject {
    if (!isPlainObject(this.object.metadata)) this.object.metadata = {};
    return this.object.metadata as PlainObject;
  }

  strings(field: 'labels' | 'annotations'): Readonly<Record<string, string>> {
    const found = this.metadata[field];
    return isPlainObject(found) ? (found as Record<string, string>) : {};
  }

  remember(): void {
    this.previous.push(this.current);
  }
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
