import { byCodePoint } from '../../../../api/machinery/json.ts';
import { formatLabelSelector } from '../../../../api/machinery/labels.ts';
import { formatQuantity, parseQuantity, quantityOf, quantityValue } from '../../../../api/machinery/quantity.ts';
import { isStatusError } from '../../../../api/machinery/status-error.ts';
import type { LimitRange, Namespace, PodDisruptionBudget, PriorityClass, ResourceQuota } from '../../../../api/schema/generated/types.ts';
import { defineDescriber, type Look } from './describer.ts';
import { labelsAndAnnotations, labelsInline, longTime, nameAndNamespace, sortedEntries } from './parts/metadata.ts';
import type { Writer } from './writer.ts';

const limitHeaders = ['Type', 'Resource', 'Min', 'Max', 'Default Request', 'Default Limit', 'Max Limit/Request Ratio'];
const dashes = (headers: readonly string[]): string[] => headers.map((header) => '-'.repeat(header.length));

function limitRows(w: Writer, { spec }: LimitRange, prefix = ''): void {
  for (const { type, min, max, defaultRequest, default: limit, maxLimitRequestRatio } of spec?.limits ?? []) {
    const lists = [min, max, defaultRequest, limit, maxLimitRequestRatio];
    const names = [...new Set(lists.flatMap((list) => Object.keys(list ?? {})))].sort(byCodePoint);
    for (const name of names) w.line(0, `${prefix}${type}`, name, ...lists.map((list) => String(list?.[name] ?? '-')));
  }
}

export const limitRange = defineDescriber<LimitRange>({
  kind: 'LimitRange',
  group: '',
  events: false,
  describe(w, object) {
    nameAndNamespace(w, object.metadata);
    w.line(0, ...limitHeaders);
    w.line(0, ...dashes(limitHeaders));
    limitRows(w, object);
  },
});

const scopeTexts: Readonly<Record<string, string>> = {
  Terminating:
    'Matches all pods that have an active deadline. These pods have a limited lifespan on a node before being actively terminated by the system.',
  NotTerminating:
    'Matches all pods that do not have an active deadline. These pods usually include long running pods whose container command is not expected to terminate.',
  BestEffort: 'Matches all pods that do not have resource requirements set. These pods have a best effort quality of service.',
  NotBestEffort: 'Matches all pods that have at least one resource requirement set. These pods have a burstable or guaranteed quality of service.',
};

function scopes(w: Writer, { spec }: ResourceQuota, level: number, bullet: string): void {
  const list = [...(spec?.scopes ?? [])].sort(byCodePoint);
  if (list.length === 0) return;
  w.line(level, 'Scopes:', list.join(', '));
  for (const scope of list) if (scopeTexts[scope]) w.line(level, `${bullet}${scopeTexts[scope]}`);
}

export const resourceQuota = defineDescriber<ResourceQuota>({
  kind: 'ResourceQuota',
  group: '',
  events: false,
  describe(w, object) {
    nameAndNamespace(w, object.metadata);
    scopes(w, object, 0, ' * ');
    w.line(0, 'Resource', 'Used', 'Hard');
    w.line(0, '--------', '----', '----');
    for (const [name, hard] of sortedEntries(object.status?.hard))
      w.line(0, name, inFormatOf(String(object.status?.used?.[name] ?? '0'), String(hard)), String(hard));
  },
});

function inFormatOf(used: string, hard: string): string {
  const { format } = parseQuantity(hard);
  return parseQuantity(used).format === format ? used : formatQuantity(quantityOf(quantityValue(used), format));
}

export const namespace = defineDescriber<Namespace>({
  kind: 'Namespace',
  group: '',
  events: false,
  async describe(w, { metadata, status }, look) {
    w.line(0, 'Name:', metadata?.name);
    labelsAndAnnotations(w, metadata);
    w.line(0, 'Status:', status?.phase);
    if (status?.conditions?.length) {
      const headers = ['Type', 'Status', 'LastTransitionTime', 'Reason', 'Message'];
      w.line(0, 'Conditions:');
      w.line(1, ...headers);
      w.line(1, ...dashes(headers));
      for (const c of status.conditions) w.line(1, c.type, c.status, longTime(c.lastTransitionTime), c.reason, c.message);
    }
    quotas(w, await listed<ResourceQuota>(look, metadata?.name, 'resourcequotas'));
    limits(w, await listed<LimitRange>(look, metadata?.name, 'limitranges'));
  },
});

async function listed<T>(look: Look, name: string | undefined, resource: string): Promise<readonly T[] | undefined> {
  try {
    return (await look.kubectl.api.get(`/api/v1/namespaces/${name}/${resource}`)).items as readonly T[];
  } catch (error) {
    if (isStatusError(error, 'NotFound')) return undefined;
    throw error;
  }
}

function quotas(w: Writer, list: readonly ResourceQuota[] | undefined): void {
  if (!list) return;
  w.line(0);
  if (list.length === 0) {
    w.line(0, 'No resource quota.');
    return;
  }
  w.line(0, 'Resource Quotas');
  for (const quota of [...list].sort((a, b) => byCodePoint(a.metadata?.name ?? '', b.metadata?.name ?? ''))) {
    w.line(1, 'Name:', quota.metadata?.name);
    scopes(w, quota, 1, '* ');
    w.line(1, 'Resource', 'Used', 'Hard');
    w.line(1, '--------', '---', '---');
    for (const [name, hard] of sortedEntries(quota.status?.hard)) w.line(1, name, String(quota.status?.used?.[name] ?? '0'), String(hard));
  }
}

function limits(w: Writer, list: readonly LimitRange[] | undefined): void {
  if (!list) return;
  w.line(0);
  if (list.length === 0) {
    w.line(0, 'No LimitRange resource.');
    return;
  }
  w.line(0, 'Resource Limits');
  w.write(0, ` ${limitHeaders.join('\t')}\n ${dashes(limitHeaders).join('\t')}\n`);
  for (const range of list) limitRows(w, range, ' ');
}

export const podDisruptionBudget = defineDescriber<PodDisruptionBudget>({
  kind: 'PodDisruptionBudget',
  group: 'policy',
  describe(w, { metadata, spec, status }) {
    nameAndNamespace(w, metadata);
    if (spec?.minAvailable !== undefined) w.line(0, 'Min available:', String(spec.minAvailable));
    else if (spec?.maxUnavailable !== undefined) w.line(0, 'Max unavailable:', String(spec.maxUnavailable));
    w.line(0, 'Selector:', spec?.selector ? formatLabelSelector(spec.selector) : '<unset>');
    w.line(0, 'Status:');
    w.line(2, 'Allowed disruptions:', status?.disruptionsAllowed ?? 0);
    w.line(2, 'Current:', status?.currentHealthy ?? 0);
    w.line(2, 'Desired:', status?.desiredHealthy ?? 0);
    w.line(2, 'Total:', status?.expectedPods ?? 0);
  },
});

export const priorityClass = defineDescriber<PriorityClass>({
  kind: 'PriorityClass',
  group: 'scheduling.k8s.io',
  describe(w, { metadata, value, globalDefault, preemptionPolicy, description }) {
    w.line(0, 'Name:', metadata?.name);
    w.line(0, 'Value:', value ?? 0);
    w.line(0, 'GlobalDefault:', String(globalDefault ?? false));
    w.line(0, 'PreemptionPolicy:', preemptionPolicy);
    w.line(0, 'Description:', description);
    w.line(0, 'Annotations:', labelsInline(metadata?.annotations));
  },
});
