import { type FieldError, type FieldPath, invalidValue, notSupported, required } from '../../machinery/field-error.ts';
import { isDns1035Label, isDns1123Subdomain } from '../../machinery/names.ts';
import type {
  CustomResourceDefinition,
  CustomResourceDefinitionNames,
  CustomResourceDefinitionSpec,
  CustomResourceDefinitionVersion,
  JSONSchemaProps,
} from '../../schema/generated/types.ts';
import { immutable, root } from '../field-checks.ts';
import { invalidStruct } from '../internal-form.ts';
import { orEmpty } from '../zero-values.ts';
import { validateRules } from './rule-validation.ts';
import { validateSchema } from './schema-validation.ts';

const COLUMN_TYPES = ['boolean', 'date', 'integer', 'number', 'string'];
const COLUMN_FORMATS = ['byte', 'date', 'date-time', 'double', 'float', 'int32', 'int64', 'password'];
const MIXED_CASE = 'may have mixed case, but should otherwise match: ';

export function validateDefinition(object: CustomResourceDefinition): FieldError[] {
  const spec = orEmpty(object.spec);
  const { name } = object.metadata;
  const isNamed = name === `${spec.names?.plural ?? ''}.${spec.group ?? ''}`;
  return [
    ...(isNamed ? [] : [invalidValue(root('metadata').child('name'), name ?? '', 'must be spec.names.plural+"."+spec.group')]),
    ...specFindings(spec, root('spec')),
    ...storedFindings(object),
  ];
}

export function validateDefinitionUpdate(object: CustomResourceDefinition, old: CustomResourceDefinition): FieldError[] {
  const path = root('spec');
  const [spec, before] = [object.spec, old.spec];
  const isEstablished = old.status?.conditions?.some(({ type, status }) => type === 'Established' && status === 'True');
  return [
    ...specFindings(spec, path),
    ...(isEstablished
      ? [...immutable(path.child('scope'), spec.scope, before.scope), ...immutable(path.child('names', 'kind'), spec.names.kind, before.names.kind)]
      : []),
    ...immutable(path.child('group'), spec.group, before.group),
    ...immutable(path.child('names', 'plural'), spec.names.plural, before.names.plural),
    ...storedFindings(object),
  ];
}

function specFindings(spec: CustomResourceDefinitionSpec, path: FieldPath): FieldError[] {
  const { group, scope, names = orEmpty<CustomResourceDefinitionNames>(undefined), versions = [] } = spec;
  const at = path.child('versions');
  const storages = versions.filter(({ storage }) => storage).length;
  const isUnique = new Set(versions.map(({ name }) => name)).size === versions.length;
  const missing = (['plural', 'singular', 'kind', 'listKind'] as const).filter((field) => !names[field]);
  return [
    ...groupFindings(group, path.child('group')),
    ...(scope
      ? scope === 'Cluster' || scope === 'Namespaced'
        ? []
        : [notSupported(path.child('scope'), scope, ['Cluster', 'Namespaced'])]
      : [required(path.child('scope'))]),
    ...versions.flatMap(({ schema }, i) => (schema?.openAPIV3Schema ? [] : [required(at.index(i).child('schema', 'openAPIV3Schema'))])),
    ...versions.flatMap((version, i) => versionFindings(version, at.index(i), schemaPath(versions, i, path))),
    ...(isUnique ? [] : [invalidStruct(at, versions.map(shownVersion), 'must contain unique version names')]),
    ...(storages === 1 ? [] : [invalidStruct(at, versions.map(shownVersion), 'must have exactly one version marked as storage version')]),
    ...missing.map((field) => required(path.child('names', field))),
    ...nameFindings(names, path.child('names')),
  ];
}

/** Internally a schema that all versions share belongs to the definition as a whole. */
const schemaPath = (versions: readonly CustomResourceDefinitionVersion[], i: number, path: FieldPath): FieldPath =>
  versions.length === 1 ? path.child('validation') : path.child('versions').index(i).child('schema');

const shownVersion = ({ name, served, storage, deprecated, deprecationWarning }: CustomResourceDefinitionVersion): object => ({
  Name: name,
  Served: served ?? false,
  Storage: storage ?? false,
  Deprecated: deprecated ?? false,
  DeprecationWarning: deprecationWarning ?? null,
  Schema: null,
  Subresources: null,
  AdditionalPrinterColumns: null,
  SelectableFields: null,
});

function groupFindings(group: string, path: FieldPath): FieldError[] {
  if (!group) return [required(path)];
  const messages = isDns1123Subdomain(group);
  if (messages.length > 0) return [invalidValue(path, group, messages.join(','))];
  return group.includes('.') ? [] : [invalidValue(path, group, 'should be a domain with at least one dot')];
}

function versionFindings(version: CustomResourceDefinitionVersion, path: FieldPath, schemaAt: FieldPath): FieldError[] {
  const { name, schema, subresources, additionalPrinterColumns: columns = [] } = version;
  const messages = isDns1035Label(name ?? '');
  const open = schema?.openAPIV3Schema;
  return [
    ...(messages.length > 0 ? [invalidValue(path.child('name'), name ?? '', messages.join(','))] : []),
    ...(open ? schemaFindings(open, schemaAt.child('openAPIV3Schema')) : []),
    ...(subresources?.scale ? scaleFindings(subresources.scale, path.child('subresources')) : []),
    ...columns.flatMap((column, i) => columnFindings(column, path.child('additionalPrinterColumns').index(i))),
  ];
}

/** Rules are read only in a schema that is sound. */
function schemaFindings(schema: JSONSchemaProps, path: FieldPath): FieldError[] {
  const found = validateSchema(schema, path);
  return found.length > 0 ? found : validateRules(schema, path, true);
}

type Scale = NonNullable<NonNullable<CustomResourceDefinitionVersion['subresources']>['scale']>;

function scaleFindings({ specReplicasPath, statusReplicasPath, labelSelectorPath }: Scale, path: FieldPath): FieldError[] {
  const under = (field: string, value: string | undefined, prefix: string) => {
    const at = path.child(`scale.${field}`);
    if (!value) return [required(at)];
    return value.startsWith(`.${prefix}.`) ? [] : [invalidValue(at, value, `should be a json path under .${prefix}`)];
  };
  const isOdd = labelSelectorPath && !/^\.(spec|status)\./.test(labelSelectorPath);
  return [
    ...under('specReplicasPath', specReplicasPath, 'spec'),
    ...under('statusReplicasPath', statusReplicasPath, 'status'),
    ...(isOdd ? [invalidValue(path.child('scale.labelSelectorPath'), labelSelectorPath, 'should be a json path under either .spec or .status')] : []),
  ];
}

type Column = NonNullable<CustomResourceDefinitionVersion['additionalPrinterColumns']>[number];

function columnFindings({ name, type, format, jsonPath }: Column, path: FieldPath): FieldError[] {
  const types = `must be one of ${COLUMN_TYPES.join(',')}`;
  return [
    ...(name ? [] : [required(path.child('name'))]),
    ...(type ? (COLUMN_TYPES.includes(type) ? [] : [invalidValue(path.child('type'), type, types)]) : [required(path.child('type'), types)]),
    ...(format && !COLUMN_FORMATS.includes(format) ? [invalidValue(path.child('format'), format, `must be one of ${COLUMN_FORMATS.join(',')}`)] : []),
    ...(jsonPath ? [] : [required(path.child('JSONPath'))]),
  ];
}

function nameFindings(names: CustomResourceDefinitionNames, path: FieldPath): FieldError[] {
  const label = (at: FieldPath, value: string | undefined) => {
    const messages = value ? isDns1035Label(value) : [];
    return messages.length > 0 ? [invalidValue(at, value, messages.join(','))] : [];
  };
  const kind = (field: 'kind' | 'listKind') => {
    const messages = names[field] ? isDns1035Label(names[field].toLowerCase()) : [];
    return messages.length > 0 ? [invalidValue(path.child(field), names[field], `${MIXED_CASE}${messages.join(',')}`)] : [];
  };
  return [
    ...label(path.child('plural'), names.plural),
    ...label(path.child('singular'), names.singular),
    ...kind('kind'),
    ...kind('listKind'),
    ...(names.shortNames ?? []).flatMap((name, i) => label(path.child('shortNames').index(i), name)),
    ...(names.kind && names.kind === names.listKind
      ? [invalidValue(path.child('listKind'), names.listKind, 'kind and listKind may not be the same')]
      : []),
    ...(names.categories ?? []).flatMap((name, i) => label(path.child('categories').index(i), name)),
  ];
}

function storedFindings({ spec, status }: CustomResourceDefinition): FieldError[] {
  const path = root('status').child('storedVersions');
  const stored = status?.storedVersions ?? [];
  if (stored.length === 0) return [invalidValue(path, null, 'must have at least one stored version')];
  const versions = spec.versions ?? [];
  const storage = versions.find((version) => version.storage)?.name;
  const gone = (name: string) =>
    `missing from spec.versions; ${name} was previously a storage version, and must remain in spec.versions until a storage migration ` +
    `ensures no data remains persisted in ${name} and removes ${name} from status.storedVersions`;
  return [
    ...(storage !== undefined && !stored.includes(storage) ? [invalidValue(path, stored, `must have the storage version ${storage}`)] : []),
    ...stored.flatMap((name, i) => (versions.some((version) => version.name === name) ? [] : [invalidValue(path.index(i), name, gone(name))])),
  ];
}
