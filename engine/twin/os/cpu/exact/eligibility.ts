/**
 * EEVDF's arithmetic (Stoica and Abdel-Wahab 1995, as Linux 6.6 and later have it): V is the weighted mean of
 * the queue's vruntimes; an entity with vruntime ≤ V is owed service and so eligible; among the eligible the
 * earliest virtual deadline runs.
 */
import { NICE_0_WEIGHT } from '../weights';
import { NONE, type CpuHost, type Entity, type RunQueue } from './cpu-host';
import { tickUs } from './kernel-settings';

/** Below this (µs of vruntime) two sums are equal: floats stand where the kernel has whole nanoseconds. */
const EQUAL_US = 1e-6;

/** Wall time of an entity as vruntime. */
export const asVruntime = (us: number, entity: Entity) => (us * NICE_0_WEIGHT) / entity.weight;

/** V of the queue; 0 when nobody competes. */
export function averageVruntime(host: CpuHost, queue: RunQueue): number {
  const { queued } = queue;
  if (queued.length === 0) return 0;
  const base = host.entities[queue.running === NONE ? queued[0]! : queue.running]!.vruntime;
  let sum = 0;
  let weight = 0;
  for (let i = 0; i < queued.length; i += 1) {
    const entity = host.entities[queued[i]!]!;
    sum += entity.weight * (entity.vruntime - base);
    weight += entity.weight;
  }
  return base + sum / weight;
}

/** `average` is V of the entity's queue. */
export const isEligible = (entity: Entity, average: number) => entity.vruntime <= average + EQUAL_US;

/** How far the entity is behind V, within the bound that the kernel puts on lags. */
export function lagOf(host: CpuHost, entity: Entity, average: number): number {
  const limit = asVruntime(Math.max(2 * host.settings.baseSliceUs, tickUs(host.settings)), entity);
  return Math.max(-limit, Math.min(limit, average - entity.vruntime));
}

export const isProtected = (entity: Entity) => entity.vruntime < entity.protectedUntil - EQUAL_US;

/** The entity that should run: the running one while its turn is protected, else the earliest eligible deadline. */
export function pickEntity(host: CpuHost, queue: RunQueue): Entity {
  const { queued } = queue;
  if (queued.length === 1) return host.entities[queued[0]!]!;
  const average = averageVruntime(host, queue);
  const running = queue.running === NONE ? undefined : host.entities[queue.running]!;
  if (running !== undefined && isEligible(running, average) && isProtected(running)) return running;
  let best: Entity | undefined;
  for (let i = 0; i < queued.length; i += 1) {
    const entity = host.entities[queued[i]!]!;
    if (entity === running || !isEligible(entity, average)) continue;
    if (best === undefined || entity.deadline < best.deadline) best = entity;
  }
  if (running !== undefined && isEligible(running, average) && (best === undefined || running.deadline < best.deadline - EQUAL_US)) best = running;
  return best ?? leastVruntime(host, queue);
}

/** Rounding could leave nobody eligible; then the one furthest behind runs. */
function leastVruntime(host: CpuHost, queue: RunQueue): Entity {
  let best = host.entities[queue.queued[0]!]!;
  for (const id of queue.queued) if (host.entities[id]!.vruntime < best.vruntime) best = host.entities[id]!;
  return best;
}
