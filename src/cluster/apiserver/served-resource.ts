import type { KindDefinition } from '../../api/kinds/define-kind.ts';
import type { ResourceName } from '../../api/machinery/status-error.ts';
import type { Schema } from '../../api/schema/schema.ts';

/** A column of the server's table: name, type, format, priority. */
export type Column = readonly [string, string, string, number];

export interface ServedSubresource {
  readonly subresource: string;
  readonly verbs: readonly string[];
  readonly responseKind?: { readonly group: string; readonly version: string; readonly kind: string };
}

/** A resource as discovery lists it and the handlers serve it, built in or made by a CustomResourceDefinition. */
export interface ServedResource {
  readonly group: string;
  readonly version: string;
  readonly resource: string;
  readonly kind: string;
  readonly listKind: string;
  readonly singular: string;
  readonly namespaced: boolean;
  readonly verbs: readonly string[];
  readonly shortNames: readonly string[];
  readonly categories: readonly string[];
  readonly subresources: readonly ServedSubresource[];
  readonly columns: readonly Column[];
  readonly definition: KindDefinition;
  /** Made on first use. */
  readonly schema: () => Schema;
  /** Where the store keeps it; shared by the versions of one resource. */
  readonly bucket: string;
  /** Name of the CustomResourceDefinition behind it. */
  readonly custom?: string;
  /** Of a custom resource: whether the store keeps objects in this version. */
  readonly storage?: boolean;
  /** Sent as a warning with each answer. */
  readonly deprecation?: string | undefined;
}

export const nameOf = ({ group, resource }: ServedResource): ResourceName => ({ group, resource });

export const hasSubresource = (resource: ServedResource, name: string): boolean => resource.subresources.some((s) => s.subresource === name);
