import type { KindDefinition } from '../../../api/kinds/define-kind.ts';
import { type FieldError, type FieldErrorType, FieldPath, invalidValue } from '../../../api/machinery/field-error.ts';
import { findJsonPath } from '../../../api/machinery/jsonpath.ts';
import type { KubeObject } from '../../../api/machinery/object.ts';
import { crdSchema } from '../../../api/schema/crd-schema.ts';
import type {
  CustomResourceColumnDefinition,
  CustomResourceDefinition,
  CustomResourceDefinitionVersion,
  JSONSchemaProps,
} from '../../../api/schema/generated/types.ts';
import { validateAgainstSchema } from '../../../api/schema/validate.ts';
import { ruleErrors } from '../../../api/schema/validation-rules.ts';
import { valueAt } from '../field-access.ts';
import type { Column, ServedResource, ServedSubresource } from '../served-resource.ts';

const VERBS = ['delete', 'deletecollection', 'get', 'list', 'patch', 'create', 'update', 'watch'];
const AGE: CustomResourceColumnDefinition = { name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp' };

/** The resources that a CustomResourceDefinition serves, one for each served version. */
export function customResources({ metadata, spec }: CustomResourceDefinition): ServedResource[] {
  const { group, names, scope } = spec;
  return spec.versions
    .filter(({ served }) => served)
    .map((version) => {
      const columns = version.additionalPrinterColumns ?? [AGE];
      const props = version.schema?.openAPIV3Schema;
      return {
        group,
        version: version.name,
        resource: names.plural,
        kind: names.kind,
        listKind: names.listKind ?? `${names.kind}List`,
        singular: names.singular ?? names.kind.toLowerCase(),
        namespaced: scope === 'Namespaced',
        verbs: VERBS,
        shortNames: names.shortNames ?? [],
        categories: names.categories ?? [],
        subresources: subresourcesOf(version, group, names.kind),
        columns: [['Name', 'string', 'name', 0], ...columns.map(columnOf)],
        definition: definitionOf(group, names.plural, version, columns),
        schema: () => crdSchema(props),
        bucket: `${group}/${names.plural}`,
        custom: metadata.name ?? '',
        storage: version.storage,
        deprecation: version.deprecated ? (version.deprecationWarning ?? `${group}/${version.name} ${names.kind} is deprecated`) : undefined,
      };
    });
}

const columnOf = ({ name, type, format = '', priority = 0 }: CustomResourceColumnDefinition): Column => [name, type, format, priority];

function subresourcesOf({ name, subresources }: CustomResourceDefinitionVersion, group: string, kind: string): ServedSubresource[] {
  const verbs = ['get', 'patch', 'update'];
  return [
    ...(subresources?.status ? [{ subresource: 'status', verbs, responseKind: { group, version: name, kind } }] : []),
    ...(subresources?.scale ? [{ subresource: 'scale', verbs, responseKind: { group: 'autoscaling', version: 'v1', kind: 'Scale' } }] : []),
  ];
}

function definitionOf(
  group: string,
  resource: string,
  version: CustomResourceDefinitionVersion,
  columns: readonly CustomResourceColumnDefinition[],
): KindDefinition {
  const { subresources, schema, selectableFields = [] } = version;
  const validate = (object: KubeObject, old?: KubeObject) => findings(schema?.openAPIV3Schema, object, old);
  const scale = subresources?.scale;
  const hasStatus = subresources?.status !== undefined;
  return {
    group,
    version: version.name,
    resource,
    nameRule: 'dns-subdomain',
    generation: (object, old) => JSON.stringify(content(object, hasStatus)) !== JSON.stringify(content(old, hasStatus)),
    validate: (object) => validate(object),
    validateUpdate: (object, old) => validate(object, old),
    subresources: { status: { validateUpdate: (object, old) => validate(object, old) } },
    row: (object, { age }) => [object.metadata.name ?? '', ...columns.map((column) => cell(column, object, age))],
    selectableFields: Object.fromEntries(
      selectableFields.map(({ jsonPath }) => [jsonPath.slice(1), (object: KubeObject) => String(valueAt(object, jsonPath) ?? '')]),
    ),
    ...(scale
      ? {
          scale: {
            replicas: scale.specReplicasPath,
            statusReplicas: scale.statusReplicasPath,
            selector: (object: KubeObject) => String((scale.labelSelectorPath && valueAt(object, scale.labelSelectorPath)) || ''),
          },
        }
      : {}),
  };
}

/** What counts as a new generation: everything but metadata, and but status where that has its own way in. */
function content({ metadata: _metadata, status, ...rest }: KubeObject, hasStatus: boolean): unknown {
  return hasStatus ? rest : { ...rest, status };
}

const BLOCKING: readonly FieldErrorType[] = [
  'FieldValueNotSupported',
  'FieldValueRequired',
  'FieldValueTooLong',
  'FieldValueTooMany',
  'FieldValueTypeInvalid',
];

function findings(props: JSONSchemaProps | undefined, object: KubeObject, old: KubeObject | undefined): FieldError[] {
  if (!props) return [];
  const { metadata: _metadata, ...body } = object;
  const found = validateAgainstSchema(props, body);
  if (!hasRules(props)) return found;
  if (!found.some(({ type }) => BLOCKING.includes(type))) return [...found, ...ruleErrors(props, object, old)];
  const unchecked = 'some validation rules were not checked because the object was invalid; correct the existing errors to complete validation';
  return [...found, invalidValue(new FieldPath(), null, unchecked)];
}

function hasRules(props: JSONSchemaProps): boolean {
  if ((props['x-kubernetes-validations'] ?? []).length > 0) return true;
  const { items, additionalProperties } = props;
  const inner = [...Object.values(props.properties ?? {}), items, typeof additionalProperties === 'object' ? additionalProperties : undefined];
  return inner.some((one) => typeof one === 'object' && one !== null && hasRules(one as JSONSchemaProps));
}

function cell(
  { jsonPath, type }: CustomResourceColumnDefinition,
  object: KubeObject,
  age: (time: string | undefined) => string,
): string | number | boolean {
  const values = findJsonPath(`{${jsonPath}}`, object, { allowMissingKeys: true }).flat();
  const value = values[0];
  if (value === undefined || value === null) return type === 'date' ? age(undefined) : '';
  if (type === 'date') return age(String(value));
  if (typeof value === 'number' || typeof value === 'boolean') return type === 'string' ? String(value) : value;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
