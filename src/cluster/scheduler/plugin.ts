import type { ApiClient } from '../../api/client/api-client.ts';
import type { Informers } from '../../api/client/informer.ts';
import type { Clock } from '../../clock/index.ts';
import type { Pod } from '../controllers/objects.ts';
import type { NodeInfo, PodInfo } from './node-info.ts';

/** What happened in the cluster that may make room for a pod. */
export type Happening = 'node' | 'pod-gone' | 'pod-placed' | 'pod-labels' | 'volume' | 'namespace';

/** Why a node, or all of them, cannot take a pod. */
export interface Rejection {
  readonly plugin: string;
  readonly reasons: readonly string[];
  /** Taking pods away from the node would not help. */
  readonly unresolvable: boolean;
}

/** The cluster as one scheduling cycle sees it. */
export interface Snapshot {
  readonly nodes: readonly NodeInfo[];
  readonly informers: Informers;
}

/** What a plugin has to say about one pod. A member left out has nothing to say. */
export interface Cycle {
  /** The pod cannot be placed anywhere, whatever the node. */
  readonly rejectAll?: Rejection;
  /** The only nodes worth looking at. */
  readonly onlyNodes?: ReadonlySet<string>;
  filter?(node: NodeInfo): Rejection | undefined;
  /** One score of 0 to 100 for each node. */
  score?(nodes: readonly NodeInfo[]): readonly number[];
  /** Before binding: whatever must be so before the pod may start on the node. */
  beforeBinding?(node: NodeInfo, tools: { api: ApiClient; clock: Clock }): Promise<void>;
}

export interface SchedulerPlugin {
  readonly name: string;
  readonly weight?: number;
  /** What may turn its refusal into consent. */
  readonly helpedBy: readonly Happening[];
  begin(pod: PodInfo, snapshot: Snapshot): Cycle;
}

export const definePlugin = (plugin: SchedulerPlugin): SchedulerPlugin => plugin;

export const priorityOf = ({ spec }: Pod): number => spec?.priority ?? 0;

/** Scales raw scores so that the best has 100; `reverse` where less is better. */
export function normalise(scores: readonly number[], { reverse = false } = {}): readonly number[] {
  const most = Math.max(0, ...scores);
  if (most === 0) return scores.map(() => (reverse ? 100 : 0));
  return scores.map((score) => {
    const scaled = Math.trunc((score * 100) / most);
    return reverse ? 100 - scaled : scaled;
  });
}
