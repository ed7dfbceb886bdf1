/**
 * Power of a host: by its utilization while it is awake, and less in deep idle. So the same load draws more when timers
 * and requests wake the machine often than when it comes in one piece. Suspended it draws least of all, and resuming
 * costs its own.
 */
import { machineWatts, type PowerModelSpec } from '../../../pricing/power-model';
import { isOff } from '../fault/host-trouble';
import type { HostWorld } from '../host-world';
import { takeDeepUs } from './host-idle';
import { takeSleep, type SuspendSpec } from './suspend-host';

export type HostPowerSpec = { readonly idleWatts: number; readonly maxWatts: number; /** Default linear. */ readonly model?: PowerModelSpec; readonly deepIdle?: { readonly watts: number; readonly afterMs: number }; readonly suspend?: SuspendSpec };

/** Watts are null without a power model. */
export type HostPower = { readonly watts: number | null; readonly suspendedShare: number };

/** Of the window that ends now, in which `cores` were busy on average. Begins the next window. */
export function takeHostPower(world: HostWorld, windowUs: number, cores: number): HostPower {
  const { power, cpus } = world.spec;
  const { suspendedUs, resumingUs } = takeSleep(world);
  const deep = Math.min(1, takeDeepUs(world) / windowUs);
  const suspendedShare = Math.min(1, suspendedUs / windowUs);
  if (power === undefined) return { watts: null, suspendedShare };
  if (isOff(world)) return { watts: 0, suspendedShare };
  const { deepIdle, suspend, idleWatts, maxWatts, model = { kind: 'linear' } } = power;
  const resuming = resumingUs / windowUs;
  const awake = Math.max(0, 1 - deep - suspendedShare - resuming);
  const asleep = deep * (deepIdle?.watts ?? 0) + suspendedShare * (suspend?.watts ?? 0) + resuming * (suspend?.resumeWatts ?? maxWatts);
  return { watts: asleep + (awake === 0 ? 0 : awake * machineWatts({ idleWatts, maxWatts, model }, cores / cpus / awake)), suspendedShare };
}
