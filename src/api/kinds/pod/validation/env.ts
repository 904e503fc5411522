import { type FieldError, type FieldPath, invalidValue, required } from '../../../machinery/field-error.ts';
import { isConfigMapKey, isDns1123Subdomain, isRelaxedEnvVarName } from '../../../machinery/names.ts';
import type { EnvFromSource, EnvVar, EnvVarSource } from '../../../schema/generated/types.ts';
import { dnsSubdomain, findings } from '../../field-checks.ts';
import { ENV_FIELDS, fieldSelector, localNonReservedPath, resourceSelector } from './paths.ts';

export const validateEnv = (variables: readonly EnvVar[], path: FieldPath): FieldError[] =>
  variables.flatMap((variable, i) => {
    const at = path.index(i);
    return [
      ...(variable.name ? findings(at.child('name'), variable.name, isRelaxedEnvVarName(variable.name)) : [required(at.child('name'))]),
      ...(variable.valueFrom ? valueSource(variable.valueFrom, variable.value ?? '', at.child('valueFrom')) : []),
    ];
  });

function valueSource(source: EnvVarSource, value: string, at: FieldPath): FieldError[] {
  const { fieldRef, resourceFieldRef, configMapKeyRef, secretKeyRef, fileKeyRef } = source;
  const count = [fieldRef, resourceFieldRef, configMapKeyRef, secretKeyRef, fileKeyRef].filter(Boolean).length;
  return [
    ...(fieldRef ? fieldSelector(fieldRef, ENV_FIELDS, at.child('fieldRef')) : []),
    ...(resourceFieldRef ? resourceSelector(resourceFieldRef, at.child('resourceFieldRef'), false) : []),
    ...(configMapKeyRef ? keySelector(configMapKeyRef, at.child('configMapKeyRef')) : []),
    ...(secretKeyRef ? keySelector(secretKeyRef, at.child('secretKeyRef')) : []),
    ...(fileKeyRef ? fileKey(fileKeyRef, at.child('fileKeyRef')) : []),
    ...countFindings(count, value, at),
  ];
}

function countFindings(count: number, value: string, at: FieldPath): FieldError[] {
  if (count === 0)
    return [invalidValue(at, '', 'must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or `fileKeyRef`')];
  if (value !== '') return [invalidValue(at, '', 'may not be specified when `value` is not empty')];
  return count > 1 ? [invalidValue(at, '', 'may not have more than one field specified at a time')] : [];
}

function keySelector({ name = '', key }: { readonly name?: string; readonly key: string }, at: FieldPath): FieldError[] {
  return [
    ...findings(at.child('name'), name, isDns1123Subdomain(name)),
    ...(key ? findings(at.child('key'), key, isConfigMapKey(key)) : [required(at.child('key'))]),
  ];
}

function fileKey({ volumeName, path, key }: NonNullable<EnvVarSource['fileKeyRef']>, at: FieldPath): FieldError[] {
  return [
    ...(volumeName ? [] : [required(at.child('volumeName'))]),
    ...(path ? localNonReservedPath(at.child('path'), path) : [required(at.child('path'))]),
    ...(key ? findings(at.child('key'), key, isRelaxedEnvVarName(key)) : [required(at.child('key'))]),
  ];
}

export const validateEnvFrom = (sources: readonly EnvFromSource[], path: FieldPath): FieldError[] =>
  sources.flatMap(({ prefix, configMapRef, secretRef }, i) => {
    const at = path.index(i);
    const named = (ref: { readonly name?: string } | undefined, here: FieldPath) =>
      ref ? (ref.name ? dnsSubdomain(here.child('name'), ref.name) : [required(here.child('name'))]) : [];
    const count = [configMapRef, secretRef].filter(Boolean).length;
    return [
      ...(prefix ? findings(at.child('prefix'), prefix, isRelaxedEnvVarName(prefix)) : []),
      ...named(configMapRef, at.child('configMapRef')),
      ...named(secretRef, at.child('secretRef')),
      ...(count === 0 ? [invalidValue(path, '', 'must specify one of: `configMapRef` or `secretRef`')] : []),
      ...(count > 1 ? [invalidValue(path, '', 'may not have more than one field specified at a time')] : []),
    ];
  });
