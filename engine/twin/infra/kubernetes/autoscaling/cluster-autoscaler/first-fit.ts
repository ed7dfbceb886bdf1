/**
 * Placing pods one after another on the first node that all filters accept: what node autoscalers use to
 * foresee whether pods would fit. Nothing is scored.
 */
import type { Pod } from '../../api/pod';
import { judgementOf } from '../../scheduling/judge';
import type { SchedulerProfile } from '../../scheduling/profile';
import { withPodsOn, type NodeInfo, type Snapshot } from '../../scheduling/snapshot';

export type FirstFit = {
  readonly snapshot: Snapshot;
  readonly placed: readonly { readonly pod: Pod; readonly node: string }[];
  readonly unplaced: readonly Pod[];
};

/** Tries the nodes `accepts` lets through, in the order of the snapshot. */
export function firstFit(pods: readonly Pod[], snapshot: Snapshot, profile: SchedulerProfile, accepts: (info: NodeInfo) => boolean = () => true): FirstFit {
  let now = snapshot;
  const placed: { pod: Pod; node: string }[] = [];
  const unplaced: Pod[] = [];
  for (const pod of pods) {
    const { nodeName: _, ...free } = pod;
    const judgement = judgementOf(free, now, profile);
    const info = now.nodes.find((candidate) => accepts(candidate) && judgement.first(candidate) === null);
    if (info === undefined) {
      unplaced.push(pod);
      continue;
    }
    now = withPodsOn(now, info, [...info.pods, { ...free, nodeName: info.node.name }]).snapshot;
    placed.push({ pod, node: info.node.name });
  }
  return { snapshot: now, placed, unplaced };
}
