import { isPlainObject, type PlainObject } from '../../../api/machinery/json.ts';
import { KustomizeError } from './errors.ts';
import { changeField } from './field-path.ts';
import {
  annotationSpecs,
  claimTemplateLabelSpecs,
  type FieldSpec,
  imageSpecs,
  namespaceSpecs,
  replicaSpecs,
  selectorLabelSpecs,
  templateLabelSpecs,
} from './field-specs.ts';
import { fits, isClusterScoped, sameIdentity, showGvk, showIdentity } from './identity.ts';
import { renamedImage } from './image-name.ts';
import type { Kustomization, LabelsEntry } from './kustomization.ts';
import type { ResourceList } from './resource-list.ts';

type Transformer = (list: ResourceList, kustomization: Kustomization) => void;

export const setNamespaces: Transformer = (list, { namespace }) => {
  if (!namespace) return;
  for (const resource of list.items) {
    resource.remember();
    const { object } = resource;
    if (!isClusterScoped(resource.current)) resource.metadata.namespace = namespace;
    if (object.kind === 'RoleBinding' || object.kind === 'ClusterRoleBinding') {
      for (const subject of Array.isArray(object.subjects) ? object.subjects : []) {
        if (isPlainObject(subject) && subject.name === 'default') subject.namespace = namespace;
      }
    }
    for (const spec of namespaceSpecs) changeField(object, spec, () => namespace, '');
    const same = list.items.filter((item) => sameIdentity(item.current, resource.current));
    if (same.length !== 1) {
      throw new KustomizeError(`namespace transformation produces ID conflict: [${same.map((item) => showIdentity(item.current)).join(' ')}]`);
    }
  }
};

const unnamed = [{ kind: 'CustomResourceDefinition' }, { group: 'apiregistration.k8s.io', kind: 'APIService' }, { kind: 'Namespace' }];

export const addPrefixes: Transformer = (list, { namePrefix }) => {
  if (!namePrefix) return;
  for (const resource of list.items) {
    if (unnamed.some((pattern) => fits(resource.original, pattern))) continue;
    resource.prefixes.push(namePrefix);
    resource.remember();
    resource.name = `${namePrefix}${resource.name}`;
  }
};

export const addSuffixes: Transformer = (list, { nameSuffix }) => {
  if (!nameSuffix) return;
  for (const resource of list.items) {
    if (unnamed.some((pattern) => fits(resource.original, pattern))) continue;
    resource.suffixes.push(nameSuffix);
    resource.remember();
    resource.name = `${resource.name}${nameSuffix}`;
  }
};

export const addLabels: Transformer = (list, { labels = [], commonLabels }) => {
  for (const entry of labels) addMarks(list, entry.pairs ?? {}, labelSpecs(entry));
  if (commonLabels) addMarks(list, commonLabels, selectorLabelSpecs);
};

function labelSpecs({ fields = [], includeSelectors, includeTemplates, includeVolumeClaimTemplates }: LabelsEntry): readonly FieldSpec[] {
  if (includeSelectors) return [...fields, ...selectorLabelSpecs];
  return [
    ...fields,
    ...(includeTemplates ? templateLabelSpecs : []),
    ...(includeVolumeClaimTemplates ? claimTemplateLabelSpecs : []),
    { path: 'metadata/labels', create: true },
  ];
}

export const addAnnotations: Transformer = (list, { commonAnnotations }) => {
  if (commonAnnotations) addMarks(list, commonAnnotations, annotationSpecs);
};

function addMarks(list: ResourceList, marks: Readonly<Record<string, string>>, specs: readonly FieldSpec[]): void {
  if (Object.keys(marks).length === 0) return;
  const texts = Object.fromEntries(Object.entries(marks).map(([key, value]) => [key, String(value)]));
  for (const { object } of list.items) {
    for (const spec of specs) changeField(object, spec, (value) => ({ ...(isPlainObject(value) ? value : {}), ...texts }), {});
  }
}

export const setReplicas: Transformer = (list, { replicas = [] }) => {
  for (const { name, count } of replicas) {
    const called = list.items.filter((item) => item.identities.some((id) => id.name === name && replicaSpecs.some((spec) => fits(id, spec))));
    if (called.length === 0) {
      throw new KustomizeError(
        `resource with name ${name} does not match a config with the following GVK [${replicaSpecs.map((spec) => showGvk(spec)).join(' ')}]`,
      );
    }
    for (const { object } of called) for (const spec of replicaSpecs) changeField(object, spec, () => count, 0);
  }
};

export const setImages: Transformer = (list, { images }) => {
  for (const image of images) {
    for (const { object } of list.items) {
      if (object.kind === 'CustomResourceDefinition') continue;
      for (const spec of imageSpecs)
        changeField(object as PlainObject, spec, (value) => (typeof value === 'string' ? renamedImage(value, image) : value));
    }
  }
};
