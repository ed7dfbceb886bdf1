/**
 * Power of a host: by its utilization while it is awake, and less while every CPU has been idle for longer than its deep
 * idle state takes to pay (package C-states; the cpuidle governor's target residency). So the same load draws more when
 * timers and requests wake the machine often than when it comes in one piece.
 */
import { machineWatts, type PowerModelSpec } from '../../../pricing/power-model';
import type { HostWorld } from '../host-world';

export type HostPowerSpec = { readonly idleWatts: number; readonly maxWatts: number; /** Default linear. */ readonly model?: PowerModelSpec; readonly deepIdle?: { readonly watts: number; readonly afterMs: number } };

/** `idleSinceUs` −1: some CPU is busy. `deepUs`: in deep idle since the last sample. */
export type HostIdle = { idleSinceUs: number; deepUs: number };

export const hostIdle = (): HostIdle => ({ idleSinceUs: 0, deepUs: 0 });

/** After every event: has the whole host fallen idle, or woken up? */
export function watchIdle({ cpu, idle, spec }: HostWorld): void {
  const { deepIdle } = spec.power ?? {};
  if (deepIdle === undefined) return;
  const isIdle = cpu.cpus.every(({ task }) => task < 0);
  if (isIdle === idle.idleSinceUs >= 0) return;
  if (!isIdle) idle.deepUs += deepPart(idle, deepIdle.afterMs, cpu.nowUs);
  idle.idleSinceUs = isIdle ? cpu.nowUs : -1;
}

const deepPart = ({ idleSinceUs }: HostIdle, afterMs: number, nowUs: number) => (idleSinceUs < 0 ? 0 : Math.max(0, nowUs - idleSinceUs - afterMs * 1_000));

/** Mean watts of the window that ends now, in which `cores` were busy on average; null without a power model. Begins the next window. */
export function takeHostWatts(world: HostWorld, windowUs: number, cores: number): number | null {
  const { spec, idle, cpu } = world;
  const { power } = spec;
  if (power === undefined) return null;
  const machine = { idleWatts: power.idleWatts, maxWatts: power.maxWatts, model: power.model ?? { kind: 'linear' as const } };
  const { deepIdle } = power;
  if (deepIdle === undefined) return machineWatts(machine, cores / spec.cpus);
  const ongoingUs = deepPart(idle, deepIdle.afterMs, cpu.nowUs);
  const deep = Math.min(1, (idle.deepUs + ongoingUs) / windowUs);
  idle.deepUs = 0 - ongoingUs; // it is counted when the host wakes up, and this part was counted here
  return deep * deepIdle.watts + (deep === 1 ? 0 : (1 - deep) * machineWatts(machine, cores / spec.cpus / (1 - deep)));
}
