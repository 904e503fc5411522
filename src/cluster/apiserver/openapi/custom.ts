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
    const properties = {
      ...props.properties,
      apiVersion: { type: 'string', description: texts.apiVersion },
      kind: { type: 'string', description: texts.kind },
      metadata: {
        description:
          "Standard object's metadata. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#metadata",
        allOf: [{ $ref: `${prefix}${META}` }],
      },
    };
    return [[customName(resource), { ...props, type: 'object', properties, 'x-kubernetes-group-version-kind': [{ group, version, kind }] }]];
  });
  return Object.fromEntries(schemas);
}

export const CUSTOM_ROOTS = [META];
