/**
 * The rolling update of a Deployment, one decision at a time. Surge rounds up, unavailable rounds down, and
 * when both come to nothing one pod may be unavailable, or nothing would ever move. Source:
 * `pkg/controller/deployment`.
 */
export type IntOrPercent = number | string;
export type RollingUpdate = { readonly replicas: number; readonly maxSurge: IntOrPercent; readonly maxUnavailable: IntOrPercent };
export type ReplicaSet = { readonly replicas: number; readonly available: number };

const PERCENT = /^(\d{1,9})%$/;

/** A number, or a percentage of `total`; null when it is neither. */
export function scaledValue(value: IntOrPercent, total: number, roundUp: boolean): number | null {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? value : null;
  const match = PERCENT.exec(value);
  if (match === null) return null;
  const share = (Number(match[1]) * total) / 100;
  return roundUp ? Math.ceil(share) : Math.floor(share);
}

export function fenceposts({ replicas, maxSurge, maxUnavailable }: RollingUpdate): { readonly surge: number; readonly unavailable: number } {
  const surge = scaledValue(maxSurge, replicas, true) ?? 0;
  const unavailable = scaledValue(maxUnavailable, replicas, false) ?? 0;
  return { surge, unavailable: surge === 0 && unavailable === 0 ? 1 : unavailable };
}

export const maxUnavailable = (update: RollingUpdate) => (update.replicas === 0 ? 0 : Math.min(update.replicas, fenceposts(update).unavailable));

/** How large the new replica set may become with `old` pods of the others still there; it stays when there is no room. */
export function surgeTarget(update: RollingUpdate, current: number, old: number): number {
  const room = update.replicas + fenceposts(update).surge - (current + old);
  return room <= 0 ? current : current + Math.min(room, update.replicas - current);
}

/** The next size of the new replica set: too large shrinks at once, too small grows as far as the surge allows. */
export const newReplicaTarget = (update: RollingUpdate, current: number, old: number) => (current >= update.replicas ? update.replicas : surgeTarget(update, current, old));

/** How many old pods may go now: what exists above the minimum, less what the new set still owes. */
export function scaleDownBudget(update: RollingUpdate, newSet: ReplicaSet, oldReplicas: number): number {
  const least = update.replicas - maxUnavailable(update);
  return Math.max(0, newSet.replicas + oldReplicas - least - (newSet.replicas - newSet.available));
}

/** Old pods that are not available go first, oldest set first; at most `limit`. Returns the new sizes. */
export function dropUnhealthy(oldSets: readonly ReplicaSet[], limit: number): readonly number[] {
  let left = limit;
  return oldSets.map(({ replicas, available }) => {
    const dropped = Math.max(0, Math.min(left, replicas - available));
    left -= dropped;
    return replicas - dropped;
  });
}

/** Then available old pods, as far as enough stay available in total. Returns the new sizes. */
export function shrinkOld(update: RollingUpdate, newAvailable: number, oldSets: readonly ReplicaSet[]): readonly number[] {
  const least = update.replicas - maxUnavailable(update);
  const available = oldSets.reduce((sum, set) => sum + set.available, newAvailable);
  let left = Math.max(0, available - least);
  return oldSets.map(({ replicas }) => {
    const removed = Math.min(left, replicas);
    left -= removed;
    return replicas - removed;
  });
}

/** One step of the old side: unhealthy pods, then available ones. Returns the new sizes of the old sets. */
export function scaleOld(update: RollingUpdate, newSet: ReplicaSet, oldSets: readonly ReplicaSet[]): readonly number[] {
  const total = oldSets.reduce((sum, { replicas }) => sum + replicas, 0);
  const budget = scaleDownBudget(update, newSet, total);
  if (budget === 0) return oldSets.map(({ replicas }) => replicas);
  const cleaned = dropUnhealthy(oldSets, budget);
  const rest = oldSets.map(({ available }, i) => ({ replicas: cleaned[i]!, available: Math.min(available, cleaned[i]!) }));
  return shrinkOld(update, newSet.available, rest);
}
