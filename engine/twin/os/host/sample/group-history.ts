/** The samples of each control group, oldest first: gathered once, because hosts have hundreds of groups. */
import type { GroupSample, HostSample } from '@/engine/telemetry';

export type GroupAt = { readonly atUs: number; readonly sample: GroupSample };
export type GroupHistory = ReadonlyMap<string, readonly GroupAt[]>;

export function groupHistory(samples: readonly HostSample[]): GroupHistory {
  const history = new Map<string, GroupAt[]>();
  for (const { atUs, groups } of samples)
    for (const sample of groups) {
      const known = history.get(sample.group);
      if (known === undefined) history.set(sample.group, [{ atUs, sample }]);
      else known.push({ atUs, sample });
    }
  return history;
}

/** Mean over the samples that measured it; null when none did. */
export function meanOfGroup(history: readonly GroupAt[] | undefined, of: (sample: GroupSample) => number | null): number | null {
  let [sum, count] = [0, 0];
  for (const { sample } of history ?? []) {
    const value = of(sample);
    if (value === null) continue;
    sum += value;
    count += 1;
  }
  return count === 0 ? null : sum / count;
}
