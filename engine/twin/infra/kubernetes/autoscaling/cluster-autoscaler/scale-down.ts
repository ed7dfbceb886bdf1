/**
 * Which nodes the cluster autoscaler takes away: little requested (not little used) for long enough, every pod
 * movable and with room elsewhere, and the cluster calm. Each refusal says why. Source: cluster-autoscaler
 * 1.36 `core/scaledown`.
 */
import type { Node } from '../../api/node';
import type { Pod } from '../../api/pod';
import type { SchedulerProfile } from '../../scheduling/profile';
import { podRequests } from '../../scheduling/resources';
import type { NodeInfo, Snapshot } from '../../scheduling/snapshot';
import { firstFit } from './first-fit';

export type ScaleDownSettings = {
  readonly utilizationThreshold: number;
  readonly unneededSeconds: number;
  readonly unreadySeconds: number;
  readonly delayAfterAddSeconds: number;
  readonly delayAfterFailureSeconds: number;
  readonly delayAfterDeleteSeconds: number;
  readonly ignoresDaemonPods: boolean;
  readonly maxParallel: number;
  readonly maxUnreadyShare: number;
  readonly maxUnreadyCount: number;
};

export const SCALE_DOWN_DEFAULTS: ScaleDownSettings = {
  utilizationThreshold: 0.5,
  unneededSeconds: 600,
  unreadySeconds: 1_200,
  delayAfterAddSeconds: 600,
  delayAfterFailureSeconds: 180,
  delayAfterDeleteSeconds: 0,
  ignoresDaemonPods: false,
  maxParallel: 10,
  maxUnreadyShare: 0.45,
  maxUnreadyCount: 3,
};

/** What the autoscaler must know of a pod beyond its spec. */
export type Movability = {
  readonly daemon: boolean;
  readonly mirror: boolean;
  readonly localStorage: boolean;
  /** `cluster-autoscaler.kubernetes.io/safe-to-evict`. */
  readonly safeToEvict: boolean | null;
  readonly budgetAllows: boolean;
  readonly hasBudget: boolean;
};

export type KeepReason = 'utilized' | 'unneeded-too-short' | 'not-safe-to-evict' | 'no-controller' | 'local-storage' | 'system-pod' | 'disruption-budget' | 'no-place-for-pods';
export type CalmReason = 'after-scale-up' | 'after-failure' | 'after-delete' | 'too-many-unready';

/** Requests over allocatable: the larger of cpu and memory, the GPU alone where there is one. */
export function nodeUtilization({ node, pods }: Pick<NodeInfo, 'node' | 'pods'>, gpuResource: string | null, isDaemon: (pod: Pod) => boolean, ignoresDaemonPods: boolean): number {
  const share = (resource: string) => {
    const daemon = ignoresDaemonPods ? sumRequests(pods.filter(isDaemon), resource) : 0;
    const used = sumRequests(ignoresDaemonPods ? pods.filter((pod) => !isDaemon(pod)) : pods, resource);
    const left = (node.allocatable[resource] ?? 0) - daemon;
    return left <= 0 ? 0 : used / left;
  };
  if (gpuResource !== null && (node.allocatable[gpuResource] ?? 0) > 0) return share(gpuResource);
  return Math.max(share('cpu'), share('memory'));
}

const sumRequests = (pods: readonly Pod[], resource: string) => pods.reduce((sum, pod) => sum + (podRequests(pod)[resource] ?? 0), 0);

/** Why a pod cannot be moved; null when it can, or need not be (daemon and mirror pods go with the node). */
export function pinReason(pod: Pod, { daemon, mirror, localStorage, safeToEvict, budgetAllows, hasBudget }: Movability): KeepReason | null {
  if (daemon || mirror) return null;
  if (safeToEvict === false) return 'not-safe-to-evict';
  if (safeToEvict !== true) {
    if (pod.owner === undefined) return 'no-controller';
    if (pod.namespace === 'kube-system' && !hasBudget) return 'system-pod';
    if (localStorage) return 'local-storage';
  }
  return budgetAllows ? null : 'disruption-budget';
}

export type ScaleDownClock = { readonly now: number; readonly unneededSince: number | null; readonly ready: boolean };
export type ScaleDownContext = { readonly snapshot: Snapshot; readonly profile: SchedulerProfile; readonly movabilityOf: (pod: Pod) => Movability; readonly gpuResource: string | null; readonly settings: ScaleDownSettings };

/** Null: the node may go now. `unneeded` tells whether its time counts (it is idle enough and its pods can move). */
export function keepReason(info: NodeInfo, clock: ScaleDownClock, context: ScaleDownContext): { readonly reason: KeepReason | null; readonly unneeded: boolean } {
  const { settings, movabilityOf } = context;
  const isDaemon = (pod: Pod) => movabilityOf(pod).daemon || movabilityOf(pod).mirror;
  const keep = (reason: KeepReason) => ({ reason, unneeded: false });
  if (clock.ready && nodeUtilization(info, context.gpuResource, isDaemon, settings.ignoresDaemonPods) >= settings.utilizationThreshold) return keep('utilized');
  for (const pod of info.pods) {
    const pinned = pinReason(pod, movabilityOf(pod));
    if (pinned !== null) return keep(pinned);
  }
  const moving = info.pods.filter((pod) => !isDaemon(pod));
  if (!fitElsewhere(moving, info.node, context)) return keep('no-place-for-pods');
  const needed = clock.ready ? settings.unneededSeconds : settings.unreadySeconds;
  const waited = clock.unneededSince === null ? 0 : clock.now - clock.unneededSince;
  return { reason: waited >= needed ? null : 'unneeded-too-short', unneeded: true };
}

const fitElsewhere = (pods: readonly Pod[], node: Node, { snapshot, profile }: ScaleDownContext) =>
  firstFit(pods, snapshot, profile, (info) => info.node.name !== node.name).unplaced.length === 0;

export type RecentActions = { readonly now: number; readonly lastScaleUp: number | null; readonly lastFailure: number | null; readonly lastDelete: number | null; readonly nodeCount: number; readonly unreadyCount: number };

/** Why the whole cluster rests; null when scale-down may run. */
export function restReason({ now, lastScaleUp, lastFailure, lastDelete, nodeCount, unreadyCount }: RecentActions, settings: ScaleDownSettings): CalmReason | null {
  const within = (since: number | null, seconds: number) => since !== null && now - since < seconds;
  if (unreadyCount > settings.maxUnreadyCount && unreadyCount > settings.maxUnreadyShare * nodeCount) return 'too-many-unready';
  if (within(lastScaleUp, settings.delayAfterAddSeconds)) return 'after-scale-up';
  if (within(lastFailure, settings.delayAfterFailureSeconds)) return 'after-failure';
  return within(lastDelete, settings.delayAfterDeleteSeconds) ? 'after-delete' : null;
}
