/**
 * Kubelet eviction. Hard thresholds are looked at every 10 s; under pressure one pod a pass goes, without
 * grace, and the condition stays for 5 minutes. For memory, pods above their request go first, then the less
 * important, then those furthest above it; for disk the same with disk use; for process ids by priority and
 * count. What is available is capacity minus working set (usage without inactive file pages).
 */
import { priorityOf, type Pod } from '../api/pod';
import { podRequests } from '../scheduling/resources';
import { isSystemCritical } from './oom-score';

const MIB = 1024 * 1024;
export const EVICTION_INTERVAL_SECONDS = 10;
export const PRESSURE_TRANSITION_SECONDS = 300;

export type Signal = 'memory.available' | 'nodefs.available' | 'nodefs.inodesFree' | 'imagefs.available' | 'imagefs.inodesFree' | 'pid.available';
export type Threshold = { readonly signal: Signal; readonly below: { readonly kind: 'amount' | 'percent'; readonly value: number } };

/** The kubelet's defaults. */
export const HARD_THRESHOLDS: readonly Threshold[] = [
  { signal: 'memory.available', below: { kind: 'amount', value: 100 * MIB } },
  { signal: 'nodefs.available', below: { kind: 'percent', value: 10 } },
  { signal: 'nodefs.inodesFree', below: { kind: 'percent', value: 5 } },
  { signal: 'imagefs.available', below: { kind: 'percent', value: 15 } },
  { signal: 'imagefs.inodesFree', below: { kind: 'percent', value: 5 } },
];

export type Reading = { readonly available: number; readonly capacity: number };

/** Usage that cannot be dropped: what the kubelet and the limits look at. */
export const workingSet = (usageBytes: number, inactiveFileBytes: number) => Math.max(0, usageBytes - inactiveFileBytes);

/** Allocatable memory: capacity minus what is reserved and what the hard threshold keeps free. */
export const allocatableBytes = (capacity: number, kubeReserved: number, systemReserved: number, hardEvictionBytes: number) => Math.max(0, capacity - kubeReserved - systemReserved - hardEvictionBytes);

/** Thresholds that are crossed, memory first, as the kubelet orders them. */
export function crossedThresholds(readings: Readonly<Partial<Record<Signal, Reading>>>, thresholds: readonly Threshold[] = HARD_THRESHOLDS): readonly Threshold[] {
  const crossed = thresholds.filter(({ signal, below }) => {
    const reading = readings[signal];
    if (reading === undefined) return false;
    const limit = below.kind === 'amount' ? below.value : (reading.capacity * below.value) / 100;
    return reading.available < limit;
  });
  return [...crossed].sort((x, y) => Number(y.signal === 'memory.available') - Number(x.signal === 'memory.available') || thresholds.indexOf(x) - thresholds.indexOf(y));
}

export type PodUse = { readonly pod: Pod; readonly memoryBytes: number; readonly diskBytes: number; readonly inodes: number; readonly processes: number };

type Ranking = (x: PodUse, y: PodUse) => number;
const byName: Ranking = (x, y) => (x.pod.name < y.pod.name ? -1 : x.pod.name > y.pod.name ? 1 : 0);
const byPriority: Ranking = (x, y) => priorityOf(x.pod) - priorityOf(y.pod);

/** Pods in the order in which they would be evicted for a signal. Critical pods are spared. */
export function rankForEviction(uses: readonly PodUse[], signal: Signal): readonly PodUse[] {
  const evictable = uses.filter(({ pod }) => !isSystemCritical(pod));
  if (signal === 'pid.available') return [...evictable].sort((x, y) => byPriority(x, y) || y.processes - x.processes || byName(x, y));
  if (signal.endsWith('inodesFree')) return [...evictable].sort((x, y) => byPriority(x, y) || y.inodes - x.inodes || byName(x, y));
  const above = signal === 'memory.available' ? memoryAbove : diskAbove;
  return [...evictable].sort((x, y) => Number(above(y) > 0) - Number(above(x) > 0) || byPriority(x, y) || above(y) - above(x) || byName(x, y));
}

const memoryAbove = ({ pod, memoryBytes }: PodUse) => memoryBytes - (podRequests(pod)['memory'] ?? 0);
const diskAbove = ({ pod, diskBytes }: PodUse) => diskBytes - (podRequests(pod)['ephemeral-storage'] ?? 0);

/** Whom one pass evicts: the first of the ranking for the first crossed threshold, or nobody. */
export function nextEviction(readings: Readonly<Partial<Record<Signal, Reading>>>, uses: readonly PodUse[], thresholds?: readonly Threshold[]): { readonly pod: Pod; readonly signal: Signal } | null {
  for (const { signal } of crossedThresholds(readings, thresholds)) {
    const [first] = rankForEviction(uses, signal);
    if (first !== undefined) return { pod: first.pod, signal };
  }
  return null;
}

/** A pressure condition lasts until the signal has been well for the transition period. */
export const underPressure = (lastCrossedAt: number | null, now: number) => lastCrossedAt !== null && now - lastCrossedAt < PRESSURE_TRANSITION_SECONDS;
