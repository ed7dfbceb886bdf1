/** When the whole host has been idle long enough for its deep idle state to pay (package C-states; the cpuidle governor's target residency). */
import type { HostWorld } from '../host-world';

/** `sinceUs` −1: some CPU is busy, or the host is suspended. `deepUs`: in deep idle since the last sample. */
export type HostIdle = { sinceUs: number; deepUs: number };

export const hostIdle = (): HostIdle => ({ sinceUs: 0, deepUs: 0 });

/** After every event: has the whole host fallen idle, or woken up? */
export function watchIdle(world: HostWorld): void {
  const { cpu, idle, spec, sleep } = world;
  if (spec.power?.deepIdle === undefined || sleep.state !== 'awake') return;
  const isIdle = cpu.cpus.every(({ task }) => task < 0);
  if (isIdle === idle.sinceUs >= 0) return;
  if (isIdle) idle.sinceUs = cpu.nowUs;
  else endIdle(world);
}

export function endIdle(world: HostWorld): void {
  world.idle.deepUs += ongoingDeepUs(world);
  world.idle.sinceUs = -1;
}

function ongoingDeepUs({ idle, spec, cpu }: HostWorld): number {
  const { deepIdle } = spec.power ?? {};
  return deepIdle === undefined || idle.sinceUs < 0 ? 0 : Math.max(0, cpu.nowUs - idle.sinceUs - deepIdle.afterMs * 1_000);
}

/** Deep idle time in the window that ends now; begins the next one. */
export function takeDeepUs(world: HostWorld): number {
  const ongoing = ongoingDeepUs(world);
  const deepUs = world.idle.deepUs + ongoing;
  world.idle.deepUs = 0 - ongoing; // it is counted when the host wakes up, and this part was counted here
  return deepUs;
}
