/** What runs on the host and belongs to none of its programs, as a list of processes shows it. */
import type { OutsideSample } from '@/engine/telemetry';
import type { HostWorld } from '../host-world';

/** One entry per group that has such tasks, null for those outside of all. */
export function sampleStrangers({ trouble, groups }: HostWorld): OutsideSample[] {
  const places = [...new Set(trouble.strangers.map(({ group }) => group))];
  return places.map((place) => ({ group: groups[place]?.name ?? null, tasks: trouble.strangers.reduce((sum, { group, tasks }) => sum + (group === place ? tasks.length : 0), 0) }));
}
