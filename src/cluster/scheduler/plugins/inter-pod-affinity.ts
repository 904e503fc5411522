import type { Informers } from '../../../api/client/informer.ts';
import { Namespaces } from '../../../api/kinds/resource-types.ts';
import { matchesLabels, type Selector, selectorFromObject } from '../../../api/machinery/labels.ts';
import type { PodAffinityTerm } from '../../../api/schema/generated/types.ts';
import type { Pod } from '../../controllers/objects.ts';
import type { NodeInfo, PodInfo } from '../node-info.ts';
import { type Cycle, definePlugin, type Rejection, type Snapshot } from '../plugin.ts';

const NAME = 'InterPodAffinity';
const HARD_WEIGHT = 1;

/** One term, ready to be asked whether it means a pod. */
interface Term {
  readonly topologyKey: string;
  readonly weight: number;
  means(pod: Pod): boolean;
}

/** Pods met per topology domain: `key=value` → count or weight. */
type Tally = Map<string, number>;

export const interPodAffinity = definePlugin({
  name: NAME,
  weight: 2,
  helpedBy: ['pod-gone', 'pod-placed', 'pod-labels', 'node', 'namespace'],
  begin: (info, snapshot) => ({ ...filterCycle(info, snapshot), ...scoreCycle(info, snapshot) }),
});

function filterCycle({ pod }: PodInfo, { nodes, informers }: Snapshot): Cycle {
  const affinity = termsOf(pod, pod.spec?.affinity?.podAffinity?.requiredDuringSchedulingIgnoredDuringExecution, informers);
  const anti = termsOf(pod, pod.spec?.affinity?.podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution, informers);
  const repelling = nodes.some((node) => node.withAntiAffinity > 0);
  if (affinity.length === 0 && anti.length === 0 && !repelling) return {};
  const wanted = affinity.length > 0 ? tally(nodes, (other) => affinity.every((term) => term.means(other)), affinity) : new Map<string, number>();
  const unwanted: Tally = new Map();
  for (const term of anti)
    merge(
      unwanted,
      tally(nodes, (other) => term.means(other), [term]),
    );
  const repelled = repelling ? tallyRepelling(pod, nodes, informers) : new Map<string, number>();
  return {
    filter: (node) => {
      if (!satisfies(affinity, wanted, node, pod)) return reject("node(s) didn't match pod affinity rules", true);
      if (anti.some(({ topologyKey }) => has(unwanted, topologyKey, node))) return reject("node(s) didn't match pod anti-affinity rules", false);
      for (const key of repelled.keys()) if (isIn(key, node)) return reject("node(s) didn't satisfy existing pods anti-affinity rules", false);
      return undefined;
    },
  };
}

/** All terms have company on the node; or there is none anywhere and the pod would be its own. */
function satisfies(terms: readonly Term[], wanted: Tally, node: NodeInfo, pod: Pod): boolean {
  if (terms.some(({ topologyKey }) => node.labels[topologyKey] === undefined)) return false;
  if (terms.every(({ topologyKey }) => has(wanted, topologyKey, node))) return true;
  return wanted.size === 0 && terms.every((term) => term.means(pod));
}

function tally(nodes: readonly NodeInfo[], meant: (pod: Pod) => boolean, terms: readonly Term[]): Tally {
  const counts: Tally = new Map();
  for (const node of nodes) {
    for (const { pod } of node.pods.values()) {
      if (pod.metadata.deletionTimestamp && pod.status?.phase === undefined) continue;
      if (!meant(pod)) continue;
      for (const { topologyKey } of terms) count(counts, topologyKey, node, 1);
    }
  }
  return counts;
}

function tallyRepelling(pod: Pod, nodes: readonly NodeInfo[], informers: Informers): Tally {
  const counts: Tally = new Map();
  for (const node of nodes) {
    if (node.withAntiAffinity === 0) continue;
    for (const other of node.pods.values()) {
      if (!other.hasRequiredAntiAffinity) continue;
      const required = other.pod.spec?.affinity?.podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
      for (const term of termsOf(other.pod, required, informers)) if (term.means(pod)) count(counts, term.topologyKey, node, 1);
    }
  }
  return counts;
}

function scoreCycle({ pod, hasAffinity }: PodInfo, { nodes, informers }: Snapshot): Cycle {
  if (!hasAffinity && !nodes.some((node) => node.withAffinity > 0)) return {};
  const own = [...preferred(pod, informers, 'podAffinity', 1), ...preferred(pod, informers, 'podAntiAffinity', -1)];
  const scores: Tally = new Map();
  for (const node of nodes) {
    for (const other of node.pods.values()) {
      for (const term of own) if (term.means(other.pod)) count(scores, term.topologyKey, node, term.weight);
      if (!other.hasAffinity) continue;
      for (const term of attraction(other.pod, informers)) if (term.means(pod)) count(scores, term.topologyKey, node, term.weight);
    }
  }
  if (scores.size === 0) return {};
  return { score: (candidates) => spreadOut(candidates.map((node) => sumOf(scores, node))) };
}

/** What a pod already placed wishes of those that come after it. */
const attraction = (pod: Pod, informers: Informers): readonly Term[] => [
  ...termsOf(pod, pod.spec?.affinity?.podAffinity?.requiredDuringSchedulingIgnoredDuringExecution, informers, HARD_WEIGHT),
  ...preferred(pod, informers, 'podAffinity', 1),
  ...preferred(pod, informers, 'podAntiAffinity', -1),
];

function preferred(pod: Pod, informers: Informers, kind: 'podAffinity' | 'podAntiAffinity', sign: number): readonly Term[] {
  const weighted = pod.spec?.affinity?.[kind]?.preferredDuringSchedulingIgnoredDuringExecution ?? [];
  return weighted.flatMap(({ weight, podAffinityTerm }) => termsOf(pod, [podAffinityTerm], informers, weight * sign));
}

function termsOf(pod: Pod, terms: readonly PodAffinityTerm[] | undefined, informers: Informers, weight = 1): readonly Term[] {
  return (terms ?? []).map((term) => {
    const selector = term.labelSelector ? withLabelKeys(selectorFromObject(term.labelSelector), term, pod) : undefined;
    const inNamespace = namespaceTest(pod, term, informers);
    const means = (other: Pod) =>
      selector !== undefined && inNamespace(other.metadata.namespace ?? '') && matchesLabels(selector, other.metadata.labels);
    return { topologyKey: term.topologyKey, weight, means };
  });
}

function withLabelKeys(selector: Selector, { matchLabelKeys = [], mismatchLabelKeys = [] }: PodAffinityTerm, pod: Pod): Selector {
  const labels = pod.metadata.labels ?? {};
  const extra = (keys: readonly string[], operator: 'in' | 'notin') =>
    keys.filter((key) => key in labels).map((key) => ({ key, operator, values: [labels[key] ?? ''] }));
  return [...selector, ...extra(matchLabelKeys, 'in'), ...extra(mismatchLabelKeys, 'notin')];
}

function namespaceTest(pod: Pod, { namespaces = [], namespaceSelector }: PodAffinityTerm, informers: Informers): (namespace: string) => boolean {
  if (namespaces.length === 0 && !namespaceSelector) return (namespace) => namespace === pod.metadata.namespace;
  const selector = namespaceSelector && selectorFromObject(namespaceSelector);
  return (namespace) =>
    namespaces.includes(namespace) ||
    (selector !== undefined && matchesLabels(selector, informers.for(Namespaces).get('', namespace)?.metadata.labels));
}

function count(counts: Tally, topologyKey: string, node: NodeInfo, by: number): void {
  const value = node.labels[topologyKey];
  if (value === undefined) return;
  const key = `${topologyKey}=${value}`;
  counts.set(key, (counts.get(key) ?? 0) + by);
}

function merge(into: Tally, from: Tally): void {
  for (const [key, value] of from) into.set(key, (into.get(key) ?? 0) + value);
}

const has = (counts: Tally, topologyKey: string, node: NodeInfo) => (counts.get(`${topologyKey}=${node.labels[topologyKey] ?? ''}`) ?? 0) > 0;

function isIn(key: string, node: NodeInfo): boolean {
  const split = key.indexOf('=');
  return node.labels[key.slice(0, split)] === key.slice(split + 1);
}

const sumOf = (scores: Tally, node: NodeInfo): number => {
  let sum = 0;
  for (const [key, weight] of scores) if (isIn(key, node)) sum += weight;
  return sum;
};

function spreadOut(scores: readonly number[]): readonly number[] {
  const most = Math.max(...scores);
  const least = Math.min(...scores);
  return scores.map((score) => (most === least ? 0 : Math.trunc((100 * (score - least)) / (most - least))));
}

const reject = (reason: string, unresolvable: boolean): Rejection => ({ plugin: NAME, reasons: [reason], unresolvable });
