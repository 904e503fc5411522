import { byCodePoint } from '../../../../../api/machinery/json.ts';
import { formatLabelSelector } from '../../../../../api/machinery/labels.ts';
import type { PodTemplateSpec, Toleration, TopologySpreadConstraint } from '../../../../../api/schema/generated/types.ts';
import type { Writer } from '../writer.ts';
import { describeContainers } from './containers.ts';
import { annotationsMultiline, labelsMultiline } from './metadata.ts';
import { describeVolumes } from './volumes.ts';

export function describePodTemplate(w: Writer, template: PodTemplateSpec | undefined): void {
  w.line(0, 'Pod Template:');
  if (!template) {
    w.write(1, '<unset>');
    return;
  }
  const { metadata, spec } = template;
  labelsMultiline(w, '  Labels', metadata?.labels);
  if (Object.keys(metadata?.annotations ?? {}).length > 0) annotationsMultiline(w, '  Annotations', metadata?.annotations);
  if (spec?.serviceAccountName) w.line(1, 'Service Account:', spec.serviceAccountName);
  if (spec?.initContainers?.length) describeContainers(w, { label: 'Init Containers', containers: spec.initContainers, space: '  ' });
  describeContainers(w, { label: 'Containers', containers: spec?.containers ?? [], space: '  ' });
  describeVolumes(w, spec?.volumes, '  ');
  describeSpread(w, spec?.topologySpreadConstraints, '  ');
  if (spec?.priorityClassName) w.line(1, 'Priority Class Name:', spec.priorityClassName);
  labelsMultiline(w, '  Node-Selectors', spec?.nodeSelector);
  describeTolerations(w, '  Tolerations', spec?.tolerations);
}

export function describeTolerations(w: Writer, title: string, tolerations: readonly Toleration[] | undefined): void {
  const lines = [...(tolerations ?? [])].sort((a, b) => byCodePoint(a.key ?? '', b.key ?? '')).map(tolerationText);
  if (lines.length === 0) w.line(0, `${title}:`, '<none>');
  for (const [i, line] of lines.entries()) w.line(0, i === 0 ? `${title}:` : '', line);
}

function tolerationText({ key = '', value, effect, operator, tolerationSeconds }: Toleration): string {
  const exists = operator === 'Exists' && !value ? `${key || effect ? ' ' : ''}op=Exists` : '';
  return `${key}${value ? `=${value}` : ''}${effect ? `:${effect}` : ''}${exists}${tolerationSeconds === undefined ? '' : ` for ${tolerationSeconds}s`}`;
}

export function describeSpread(w: Writer, constraints: readonly TopologySpreadConstraint[] | undefined, space = ''): void {
  const sorted = [...(constraints ?? [])].sort((a, b) => byCodePoint(a.topologyKey ?? '', b.topologyKey ?? ''));
  for (const [i, { topologyKey, whenUnsatisfiable, maxSkew, labelSelector }] of sorted.entries()) {
    const selector = labelSelector ? ` for selector ${formatLabelSelector(labelSelector)}` : '';
    w.line(
      0,
      i === 0 ? `${space}Topology Spread Constraints:` : space,
      `${topologyKey}:${whenUnsatisfiable} when max skew ${maxSkew} is exceeded${selector}`,
    );
  }
}
