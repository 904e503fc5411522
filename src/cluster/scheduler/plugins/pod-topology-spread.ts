import { matchesLabels, type Selector, selectorFromObject, selectorFromSet } from '../../../api/machinery/labels.ts';
import type { TopologySpreadConstraint } from '../../../api/schema/generated/types.ts';
import type { Pod } from '../../controllers/objects.ts';
import { defaultSelector } from '../default-selector.ts';
import type { NodeInfo, PodInfo } from '../node-info.ts';
import { matchesNode } from '../node-selector.ts';
import { type Cycle, definePlugin, type Rejection, type Snapshot } from '../plugin.ts';
import { untolerated } from '../tolerations.ts';

const NAME = 'PodTopologySpread';
const HOSTNAME = 'kubernetes.io/hostname';
const ZONE = 'topology.kubernetes.io/zone';
const MISMATCH = "node(s) didn't match pod topology spread constraints";

interface Constraint {
  readonly topologyKey: string;
  readonly maxSkew: number;
  readonly minDomains: number;
  readonly selector: Selector;
  readonly honorAffinity: boolean;
  readonly honorTaints: boolean;
}

export const podTopologySpread = definePlugin({
  name: NAME,
  weight: 2,
  helpedBy: ['pod-gone', 'pod-placed', 'pod-labels', 'node'],
  begin: (info, snapshot) => {
    const spread = info.pod.spec?.topologySpreadConstraints ?? [];
    const hard = spread.filter((c) => c.whenUnsatisfiable === 'DoNotSchedule').map((c) => toConstraint(c, info.pod));
    const soft = spread.filter((c) => c.whenUnsatisfiable === 'ScheduleAnyway').map((c) => toConstraint(c, info.pod));
    const scored = spread.length > 0 ? soft : defaults(info.pod, snapshot);
    return { ...filterCycle(info, hard, snapshot), ...scoreCycle(info, scored, snapshot, spread.length > 0) };
  },
});

function toConstraint(c: TopologySpreadConstraint, pod: Pod): Constraint {
  const labels = pod.metadata.labels ?? {};
  const keys = (c.matchLabelKeys ?? []).filter((key) => key in labels);
  const extra = selectorFromSet(Object.fromEntries(keys.map((key) => [key, labels[key] ?? ''])));
  return {
    topologyKey: c.topologyKey,
    maxSkew: c.maxSkew,
    minDomains: c.minDomains ?? 1,
    selector: c.labelSelector ? [...selectorFromObject(c.labelSelector), ...extra] : [{ key: '', operator: 'in', values: [] }],
    honorAffinity: c.nodeAffinityPolicy !== 'Ignore',
    honorTaints: c.nodeTaintsPolicy === 'Honor',
  };
}

function defaults(pod: Pod, { informers }: Snapshot): readonly Constraint[] {
  const selector = defaultSelector(pod, informers);
  if (!selector) return [];
  const shared = { minDomains: 1, selector, honorAffinity: true, honorTaints: false };
  return [
    { ...shared, topologyKey: HOSTNAME, maxSkew: 3 },
    { ...shared, topologyKey: ZONE, maxSkew: 5 },
  ];
}

const counts = (constraint: Constraint, pod: Pod, { node }: NodeInfo): boolean =>
  (!constraint.honorAffinity || matchesNode(pod, node)) && !(constraint.honorTaints && untolerated(node.spec?.taints, pod.spec?.tolerations));

function matching({ selector }: Constraint, node: NodeInfo, namespace: string | undefined): number {
  let count = 0;
  for (const { pod } of node.pods.values()) {
    if (pod.metadata.namespace === namespace && !pod.metadata.deletionTimestamp && matchesLabels(selector, pod.metadata.labels)) count++;
  }
  return count;
}

function filterCycle({ pod }: PodInfo, constraints: readonly Constraint[], { nodes }: Snapshot): Cycle {
  if (constraints.length === 0) return {};
  const domains = constraints.map((constraint) => countDomains(constraint, constraints, pod, nodes));
  return {
    filter: (node) => {
      for (const [i, constraint] of constraints.entries()) {
        const value = node.labels[constraint.topologyKey];
        if (value === undefined) return reject(`${MISMATCH} (missing required label)`, true);
        const known = domains[i] ?? new Map<string, number>();
        const self = matchesLabels(constraint.selector, pod.metadata.labels) ? 1 : 0;
        const least = known.size < constraint.minDomains ? 0 : Math.min(...known.values());
        if ((known.get(value) ?? 0) + self - least > constraint.maxSkew) return reject(MISMATCH, false);
      }
      return undefined;
    },
  };
}

function countDomains(constraint: Constraint, all: readonly Constraint[], pod: Pod, nodes: readonly NodeInfo[]): Map<string, number> {
  const domains = new Map<string, number>();
  for (const node of nodes) {
    const value = node.labels[constraint.topologyKey];
    if (value === undefined || all.some(({ topologyKey }) => node.labels[topologyKey] === undefined) || !counts(constraint, pod, node)) continue;
    domains.set(value, (domains.get(value) ?? 0) + matching(constraint, node, pod.metadata.namespace));
  }
  return domains;
}

const reject = (reason: string, unresolvable: boolean): Rejection => ({ plugin: NAME, reasons: [reason], unresolvable });

function scoreCycle({ pod }: PodInfo, constraints: readonly Constraint[], snapshot: Snapshot, needAll: boolean): Cycle {
  if (constraints.length === 0) return {};
  return { score: (nodes) => invert(rawScores(pod, constraints, snapshot, nodes, needAll)) };
}

function rawScores(
  pod: Pod,
  constraints: readonly Constraint[],
  snapshot: Snapshot,
  nodes: readonly NodeInfo[],
  needAll: boolean,
): readonly (number | undefined)[] {
  const eligible = nodes.map((node) => !needAll || constraints.every(({ topologyKey }) => node.labels[topologyKey] !== undefined));
  const perConstraint = constraints.map((constraint) => {
    const values = new Set(nodes.filter((_, i) => eligible[i]).map((node) => node.labels[constraint.topologyKey] ?? ''));
    const weight = Math.log((constraint.topologyKey === HOSTNAME ? eligible.filter(Boolean).length : values.size) + 2);
    return {
      constraint,
      weight,
      domains: constraint.topologyKey === HOSTNAME ? undefined : countDomains(constraint, [constraint], pod, snapshot.nodes),
    };
  });
  return nodes.map((node, i) => {
    if (!eligible[i]) return undefined;
    let score = 0;
    for (const { constraint, weight, domains } of perConstraint) {
      const value = node.labels[constraint.topologyKey];
      if (value === undefined) continue;
      const count = domains ? (domains.get(value) ?? 0) : matching(constraint, node, pod.metadata.namespace);
      score += count * weight + (constraint.maxSkew - 1);
    }
    return Math.round(score);
  });
}

/** Fewer matching pods score higher; nodes that do not count score nothing. */
function invert(scores: readonly (number | undefined)[]): readonly number[] {
  const known = scores.filter((score) => score !== undefined);
  const most = Math.max(0, ...known);
  const least = Math.min(...known, most);
  return scores.map((score) => (score === undefined ? 0 : most === 0 ? 100 : Math.trunc((100 * (most + least - score)) / most)));
}
