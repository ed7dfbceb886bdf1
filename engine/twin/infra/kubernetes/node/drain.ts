/**
 * Draining a node: cordon, then evict. Daemon-set pods stay when told so, mirror pods always; pods without a
 * controller and pods with local data stop the drain unless forced. What a budget refuses is tried again.
 */
import type { Pod } from '../api/pod';

export type DrainOptions = { readonly ignoreDaemonSets: boolean; readonly force: boolean; readonly deleteEmptyDirData: boolean };
export type DrainPod = { readonly pod: Pod; readonly mirror: boolean; readonly localData: boolean; readonly finished: boolean };

export type DrainBlock = 'daemon-set' | 'no-controller' | 'local-data';
export type DrainPlan = {
  readonly evict: readonly Pod[];
  readonly stay: readonly Pod[];
  /** With any of these the drain does not start. */
  readonly blocked: readonly { readonly pod: Pod; readonly why: DrainBlock }[];
};

export const DRAIN_RETRY_SECONDS = 5;

export function planDrain(pods: readonly DrainPod[], options: DrainOptions): DrainPlan {
  const fates = pods.map((candidate) => ({ pod: candidate.pod, fate: fateOf(candidate, options) }));
  return {
    evict: fates.filter(({ fate }) => fate === 'evict').map(({ pod }) => pod),
    stay: fates.filter(({ fate }) => fate === 'stay').map(({ pod }) => pod),
    blocked: fates.flatMap(({ pod, fate }) => (fate === 'evict' || fate === 'stay' ? [] : [{ pod, why: fate }])),
  };
}

function fateOf({ pod, mirror, localData, finished }: DrainPod, { ignoreDaemonSets, force, deleteEmptyDirData }: DrainOptions): 'evict' | 'stay' | DrainBlock {
  if (mirror) return 'stay';
  if (finished) return 'evict';
  if (pod.owner?.kind === 'DaemonSet') return ignoreDaemonSets ? 'stay' : 'daemon-set';
  if (localData && !deleteEmptyDirData) return 'local-data';
  return pod.owner === undefined && !force ? 'no-controller' : 'evict';
}
