/**
 * Starting a process in a control group before it does anything itself: fork, exec, and joining the group. Joining waits for an RCU
 * grace period unless a group was changed just before (`cgroup_threadgroup_rwsem`); grace periods go by ticks of 4 ms, and a CPU that
 * never idles has to pass a tick of its own, so that a start beside a busy neighbour begins about four ticks late.
 */
const TICK_MS = 4;
/** fork, exec of a shell, of setpriv and of the program, before its group is charged. */
export const LAUNCH_MS = 0.85;

/** `changed-before`: some milliseconds ago, a grace period may or may not be under way; `rested`: longer. */
export type LaunchState = 'just-changed' | 'changed-before' | 'rested' | 'rested-beside-busy';

const TICKS_IDLE = 2;
const TICKS_BUSY = 4;
/** Even right after a change one start in six meets a grace period that has just begun. */
const CAUGHT_SHARE = 1 / 6;
const BUSY_SHORT_SHARE = 0.2;

/** Wait to join the group, in ms, at quantile `u` (0..1) of what may be under way. Ticks of idle CPUs are not waited out to the end. */
export function joinWaitMs(state: LaunchState, u: number): number {
  if (state === 'just-changed') return u >= CAUGHT_SHARE ? 0 : TICKS_IDLE * TICK_MS * (1 + u / CAUGHT_SHARE);
  if (state === 'rested-beside-busy') return (u < BUSY_SHORT_SHARE ? TICKS_IDLE : TICKS_BUSY) * TICK_MS;
  return (state === 'rested' ? TICKS_IDLE : TICKS_BUSY) * TICK_MS * u;
}
