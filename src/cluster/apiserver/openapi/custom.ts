import type { CustomResourceDefinition } from '../../../api/schema/generated/types.ts';
import type { ServerContext } from '../context.ts';
import type { ServedResource } from '../served-resource.ts';
import type { SchemaObject } from './schemas.ts';

const META = 'io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta';

/** `io.lab.vault.v1.Backup`: how a custom kind is called among the schemas. */
const customName = ({ group, version, kind }: ServedResource): string => `${group.split('.').reverse().join('.')}.${version}.${kind}`;

export function customSchemas(
  { store }: ServerContext,
  resources: readonly ServedResource[],
  prefix: string,
  texts: Readonly<Record<string, string>>,
): Record<string, SchemaObject> {
  const schemas = resources.flatMap((resource): [string, SchemaObject][] => {
    if (!resource.custom) return [];
    const crd = store.get('apiextensions.k8s.io/customresourcedefinitions', '', resource.custom) as unknown as CustomResourceDefinition | undefined;
    const props = crd?.spec.versions.find(({ name }) => name === resource.version)?.schema?.openAPIV3Schema ?? { type: 'object' };
    const { group, version, kind } = resource;
    const shaped = prefix.includes('definitions') ? forV2(props as SchemaObject) : props;
    const properties = {
      ...(shaped.properties as SchemaObject | undefined),
      apiVersion: { type: 'string', description: texts.apiVersion },
      kind: { type: 'string', description: texts.kind },
      metadata: {
        description:
          "Standard object's metadata. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#metadata",
        allOf: [{ $ref: `${prefix}${META}` }],
      },
    };
    return [[customName(resource), { ...shaped, type: 'object', properties, 'x-kubernetes-group-version-kind': [{ group, version, kind }] }]];
  });
  return Object.fromEntries(schemas);
}

export const CUSTOM_ROOTS = [META];

const V3_ONLY = new Set(['nullable', 'oneOf', 'anyOf', 'not']);

/** As upstream's ToStructuralOpenAPIV2: what OpenAPI v2 cannot say is left open, so that clients do not refuse what the server takes. */
function forV2(schema: SchemaObject): SchemaObject {
  const open = schema['x-kubernetes-preserve-unknown-fields'] === true || schema['x-kubernetes-int-or-string'] === true || schema.nullable === true;
  const kept = Object.entries(schema).filter(([name]) => !V3_ONLY.has(name) && !(open && OPENED.has(name)));
  return Object.fromEntries(kept.map(([name, value]) => [name, nestedForV2(name, value)]));
}

const OPENED = new Set(['type', 'items', 'properties', 'additionalProperties']);

function nestedForV2(name: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (name === 'items' || name === 'additionalProperties') return forV2(value as SchemaObject);
  if (name !== 'properties') return value;
  return Object.fromEntries(Object.entries(value).map(([field, inner]) => [field, forV2(inner as SchemaObject)]));
}
