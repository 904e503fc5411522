import type { Random } from '../../clock/index.ts';
import type { NodeInfo, PodInfo } from './node-info.ts';
import type { Cycle, Rejection, SchedulerPlugin, Snapshot } from './plugin.ts';

export interface Fit {
  readonly node: NodeInfo;
  readonly cycles: readonly RunningCycle[];
}

/** Why a pod fits nowhere. */
export interface Misfit {
  readonly nodeCount: number;
  /** Refused before any node was looked at. */
  readonly everywhere?: Rejection;
  readonly byNode: ReadonlyMap<string, Rejection>;
}

export interface RunningCycle {
  readonly plugin: SchedulerPlugin;
  readonly cycle: Cycle;
}

const MIN_FEASIBLE = 100;

/** Where earlier pods left off looking, so that large clusters are searched all around. */
export interface Cursor {
  next: number;
}

export interface Search {
  readonly plugins: readonly SchedulerPlugin[];
  readonly random: Random;
  readonly cursor: Cursor;
  /** Pods expected on a node that this one must leave room for. */
  readonly nominated: (node: NodeInfo) => NodeInfo | undefined;
}

export function schedulePod(info: PodInfo, snapshot: Snapshot, search: Search): Fit | Misfit {
  const nodeCount = snapshot.nodes.length;
  const begun = begin(info, snapshot, search.plugins);
  if ('rejection' in begun) return { nodeCount, everywhere: begun.rejection, byNode: new Map() };
  const { cycles } = begun;
  const byNode = new Map<string, Rejection>();
  const feasible = findFeasible(snapshot.nodes, cycles, search, byNode);
  const [first] = feasible;
  if (!first) return { nodeCount, byNode };
  return { node: feasible.length === 1 ? first : pickBest(feasible, cycles, search.random), cycles };
}

export function begin(
  info: PodInfo,
  snapshot: Snapshot,
  plugins: readonly SchedulerPlugin[],
): { cycles: readonly RunningCycle[] } | { rejection: Rejection } {
  const cycles: RunningCycle[] = [];
  for (const plugin of plugins) {
    const cycle = plugin.begin(info, snapshot);
    if (cycle.rejectAll) return { rejection: cycle.rejectAll };
    cycles.push({ plugin, cycle });
  }
  return { cycles };
}

export function filterNode(node: NodeInfo, cycles: readonly RunningCycle[]): Rejection | undefined {
  for (const { plugin, cycle } of cycles) {
    if (cycle.onlyNodes && !cycle.onlyNodes.has(node.name)) {
      return { plugin: plugin.name, reasons: [`node(s) didn't satisfy plugin(s) [${plugin.name}]`], unresolvable: true };
    }
  }
  for (const { cycle } of cycles) {
    const rejection = cycle.filter?.(node);
    if (rejection) return rejection;
  }
  return undefined;
}

function findFeasible(nodes: readonly NodeInfo[], cycles: readonly RunningCycle[], search: Search, byNode: Map<string, Rejection>): NodeInfo[] {
  const enough = enoughNodes(nodes.length);
  const feasible: NodeInfo[] = [];
  const start = nodes.length > MIN_FEASIBLE ? search.cursor.next % nodes.length : 0;
  let looked = 0;
  for (; looked < nodes.length && feasible.length < enough; looked++) {
    const node = nodes[(start + looked) % nodes.length];
    if (!node) break;
    const crowded = search.nominated(node);
    const rejection = (crowded && filterNode(crowded, cycles)) ?? filterNode(node, cycles);
    if (rejection) byNode.set(node.name, rejection);
    else feasible.push(node);
  }
  search.cursor.next = start + looked;
  return feasible;
}

/** Few nodes are all looked at; of many, a share that shrinks as they grow. */
function enoughNodes(count: number): number {
  if (count < MIN_FEASIBLE) return count;
  const percent = Math.max(5, 50 - Math.trunc(count / 125));
  return Math.max(MIN_FEASIBLE, Math.trunc((count * percent) / 100));
}

function pickBest(nodes: readonly NodeInfo[], cycles: readonly RunningCycle[], random: Random): NodeInfo {
  const totals = nodes.map(() => 0);
  for (const { plugin, cycle } of cycles) {
    const scores = cycle.score?.(nodes);
    if (!scores) continue;
    for (const [i, score] of scores.entries()) totals[i] = (totals[i] ?? 0) + score * (plugin.weight ?? 1);
  }
  const best = Math.max(...totals);
  return random.pick(nodes.filter((_, i) => totals[i] === best));
}
