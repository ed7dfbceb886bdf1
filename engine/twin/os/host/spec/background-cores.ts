/**
 * What a program would use if nothing held it back, from what it used. Below its quota it got all that it wanted, later
 * or sooner: what a quota delays is done in the next period. A quota that is used up hides how much was wanted: then as
 * much again is assumed.
 */
import type { GroupSample } from '@/engine/telemetry';

const USED_UP = 0.97;
/** The kernel's default. */
const PERIOD_MS = 100;
const HIDDEN_FACTOR = 2;

/** Cores, at most those of the host. */
export function backgroundCores(cores: number, group: Pick<GroupSample, 'quotaMs' | 'periodMs'> | undefined, cpus: number): number {
  const quota = group === undefined || group.quotaMs === null ? Infinity : group.quotaMs / (group.periodMs ?? PERIOD_MS);
  return Math.min(cpus, Math.max(0, cores) < USED_UP * quota ? Math.max(0, cores) : HIDDEN_FACTOR * quota);
}
