import { deepEqual } from '../machinery/deep-equal.ts';
import type { PodTemplate } from '../schema/generated/types.ts';
import { defineKind } from './define-kind.ts';
import { defaultPodTemplate } from './pod/defaults.ts';
import { containerCells, labelsCell } from './table-cells.ts';

export const podTemplate = defineKind<PodTemplate>({
  group: '',
  version: 'v1',
  resource: 'podtemplates',
  nameRule: 'dns-subdomain',
  podTemplate: ['template'],
  generation: ({ template }, old) => !deepEqual(template, old.template),
  defaults: (object) => ({ ...object, template: defaultPodTemplate(object.template) }),
  row: ({ metadata, template }) => [metadata.name ?? '', ...containerCells(template?.spec?.containers), labelsCell(template?.metadata?.labels)],
});
