import type { Informers } from '../../api/client/informer.ts';
import { PodDisruptionBudgets } from '../../api/kinds/resource-types.ts';
import { selects } from '../../api/machinery/labels.ts';
import type { Pod } from '../controllers/objects.ts';
import { misfitMessage } from './misfit-message.ts';
import type { NodeInfo, PodInfo } from './node-info.ts';
import { priorityOf, type Rejection, type SchedulerPlugin, type Snapshot } from './plugin.ts';
import { begin, filterNode, type Misfit } from './schedule-pod.ts';

export interface Preemption {
  readonly node: string;
  readonly victims: readonly Pod[];
}

interface Candidate extends Preemption {
  readonly violations: number;
}

const PREFIX = 'preemption: ';

/** Whom to push off which node so that the pod fits, or why that would not help. */
export function findPreemption(info: PodInfo, misfit: Misfit, snapshot: Snapshot, plugins: readonly SchedulerPlugin[]): Preemption | string {
  const refusal = ineligible(info.pod, misfit, snapshot);
  if (refusal) return `${PREFIX}${refusal}`;
  const candidates: Candidate[] = [];
  const byNode = new Map<string, Rejection>();
  for (const node of snapshot.nodes) {
    const earlier = misfit.everywhere ?? misfit.byNode.get(node.name);
    const outcome = !earlier || earlier.unresolvable ? notHelpful : tryNode(info, node, snapshot, plugins);
    if ('reasons' in outcome) byNode.set(node.name, outcome);
    else candidates.push(outcome);
  }
  const best = [...candidates].sort(compare)[0];
  return best ?? `${PREFIX}${misfitMessage({ nodeCount: snapshot.nodes.length, byNode }, '')}`;
}

const notHelpful: Rejection = { plugin: '', reasons: ['Preemption is not helpful for scheduling'], unresolvable: true };
const noVictims: Rejection = { plugin: '', reasons: ['No preemption victims found for incoming pod'], unresolvable: true };

function ineligible(pod: Pod, misfit: Misfit, { nodes }: Snapshot): string | undefined {
  if (pod.spec?.preemptionPolicy === 'Never') return 'not eligible due to preemptionPolicy=Never.';
  const nominated = pod.status?.nominatedNodeName;
  if (!nominated || misfit.byNode.get(nominated)?.unresolvable) return undefined;
  const node = nodes.find(({ name }) => name === nominated);
  for (const { pod: other } of node?.pods.values() ?? []) {
    if (other.metadata.deletionTimestamp && priorityOf(other) < priorityOf(pod))
      return 'not eligible due to a terminating pod on the nominated node.';
  }
  return undefined;
}

/** Without all lesser pods, then with as many of them as can stay. */
function tryNode(info: PodInfo, node: NodeInfo, snapshot: Snapshot, plugins: readonly SchedulerPlugin[]): Candidate | Rejection {
  const lesser = [...node.pods.values()].filter(({ pod }) => priorityOf(pod) < priorityOf(info.pod));
  if (lesser.length === 0) return noVictims;
  const trial = node.copy();
  for (const { pod } of lesser) trial.remove(pod);
  const nodes = snapshot.nodes.map((other) => (other === node ? trial : other));
  const reject = (): Rejection | undefined => {
    const begun = begin(info, { ...snapshot, nodes }, plugins);
    return 'rejection' in begun ? begun.rejection : filterNode(trial, begun.cycles);
  };
  const still = reject();
  if (still) return still;
  const { violating, others } = byBudget(lesser, snapshot.informers);
  const victims: Pod[] = [];
  let violations = 0;
  for (const kept of [...violating.sort(important), ...others.sort(important)]) {
    trial.add(kept);
    if (!reject()) continue;
    trial.remove(kept.pod);
    victims.push(kept.pod);
    if (violating.includes(kept)) violations++;
  }
  return victims.length > 0 ? { node: node.name, victims: victims.sort((a, b) => priorityOf(b) - priorityOf(a)), violations } : noVictims;
}

const important = (a: PodInfo, b: PodInfo) => priorityOf(b.pod) - priorityOf(a.pod) || startOf(a.pod) - startOf(b.pod);
const startOf = ({ status, metadata }: Pod) => Date.parse(status?.startTime ?? metadata.creationTimestamp ?? '') || 0;

/** Tells apart the pods whose loss would go against a disruption budget. */
function byBudget(pods: readonly PodInfo[], informers: Informers): { violating: PodInfo[]; others: PodInfo[] } {
  const left = new Map<string, number>();
  const violating: PodInfo[] = [];
  const others: PodInfo[] = [];
  for (const info of [...pods].sort(important)) {
    const { namespace, labels } = info.pod.metadata;
    let broken = false;
    for (const budget of informers.for(PodDisruptionBudgets).list(namespace)) {
      if (!labels || !selects(budget.spec?.selector, labels)) continue;
      const uid = budget.metadata.uid ?? '';
      const allowed = (left.get(uid) ?? budget.status?.disruptionsAllowed ?? 0) - 1;
      left.set(uid, allowed);
      broken ||= allowed < 0;
    }
    (broken ? violating : others).push(info);
  }
  return { violating, others };
}

function compare(a: Candidate, b: Candidate): number {
  return (
    a.violations - b.violations ||
    highest(a) - highest(b) ||
    sumOfPriorities(a) - sumOfPriorities(b) ||
    a.victims.length - b.victims.length ||
    earliestStart(b) - earliestStart(a)
  );
}

const highest = ({ victims }: Candidate) => Math.max(...victims.map(priorityOf));
const sumOfPriorities = ({ victims }: Candidate) => victims.reduce((sum, pod) => sum + priorityOf(pod) + 2 ** 31, 0);
const earliestStart = (candidate: Candidate) => Math.min(...candidate.victims.filter((pod) => priorityOf(pod) === highest(candidate)).map(startOf));
