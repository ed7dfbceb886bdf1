/** The upkeep of a host as an agent on it reports it. */
import type { UpkeepSample } from '@/engine/telemetry';
import type { HostWorld } from '../host-world';
import { driftOfHost } from '../upkeep/drift-of-host';
import { pendingPackages } from '../upkeep/host-upkeep';

export function sampleUpkeep(world: HostWorld): UpkeepSample {
  const { upkeep, cpu } = world;
  return {
    unixSeconds: (upkeep.epochUs + cpu.nowUs) / 1e6,
    clockOffsetSeconds: world.trouble.clockSkewUs / 1e6,
    certificates: upkeep.certificates.map(({ name, program, notBeforeUs, notAfterUs }) => ({ name, program, leftSeconds: (notAfterUs - cpu.nowUs) / 1e6, lifetimeSeconds: (notAfterUs - notBeforeUs) / 1e6 })),
    pendingUpdates: pendingPackages(world).map(({ name }) => name),
    rebootNeeded: upkeep.rebootNeeded,
    stalePrograms: [...upkeep.stale],
    drift: driftOfHost(world).map(({ key, wanted, found }) => ({ key, wanted, found })),
  };
}
