/**
 * Stabilisation: growing waits for the smallest, shrinking for the largest recommendation within its window,
 * so a spike or a gap in the signal does not move the size. The raw recommendation is remembered, not the
 * stabilised one.
 */
import { recordOver, type Recommendation } from './behavior';

export type Stabilized = { readonly replicas: number; readonly recommendations: readonly Recommendation[] };

/** Without a behaviour: the largest of the window and the new one. An entry exactly as old as the window still counts. */
export function stabilizeDown(history: readonly Recommendation[], wanted: number, now: number, windowSeconds: number): Stabilized {
  const cutoff = now - windowSeconds;
  const isOld = ({ at }: Recommendation) => at < cutoff;
  const replicas = history.reduce((most, entry) => (isOld(entry) ? most : Math.max(most, entry.replicas)), wanted);
  return { replicas, recommendations: recordOver(history, isOld, { replicas: wanted, at: now }) };
}

export type Windows = { readonly upSeconds: number; readonly downSeconds: number };

/** With a behaviour: the current size, moved only as far as both windows agree. An entry exactly as old as a window is out. */
export function stabilizeBoth(history: readonly Recommendation[], current: number, wanted: number, now: number, { upSeconds, downSeconds }: Windows): Stabilized {
  const upCutoff = now - upSeconds;
  const downCutoff = now - downSeconds;
  let up = wanted;
  let down = wanted;
  for (const { replicas, at } of history) {
    if (at > upCutoff) up = Math.min(up, replicas);
    if (at > downCutoff) down = Math.max(down, replicas);
  }
  const replicas = Math.min(Math.max(current, up), down);
  const isOld = ({ at }: Recommendation) => at < upCutoff && at < downCutoff;
  return { replicas, recommendations: recordOver(history, isOld, { replicas: wanted, at: now }) };
}
