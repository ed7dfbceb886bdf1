/** The upkeep of a host as last observed: certificates as old as they are, what is pending. What is to come is not known. */
import type { UpkeepSample } from '@/engine/telemetry';
import type { os } from '@/engine/twin';

const DAY_SECONDS = 86_400;
const HOUR_SECONDS = 3_600;

/** An issuer that should have renewed a certificate and did not is believed not to answer. Certificates of programs that are not here are left out. */
export function believeUpkeep(upkeep: os.UpkeepSpec, now: UpkeepSample, programs: readonly string[], warmSeconds: number): os.UpkeepSpec {
  const certificates = (upkeep.certificates ?? []).filter(({ program }) => programs.includes(program)).map((certificate) => ({ ...certificate, notAfterSeconds: warmSeconds + (now.certificates.find(({ name }) => name === certificate.name)?.leftSeconds ?? certificate.lifetimeDays * DAY_SECONDS) }));
  const overdue = certificates.some(({ notAfterSeconds, lifetimeDays, renewal }) => renewal !== undefined && notAfterSeconds - warmSeconds < lifetimeDays * DAY_SECONDS * renewal.atRemainingShare - renewal.retryHours * HOUR_SECONDS);
  return {
    boot: upkeep.boot,
    eviction: upkeep.eviction,
    logRotation: upkeep.logRotation,
    snapshots: upkeep.snapshots,
    rebootSchedule: upkeep.rebootSchedule,
    startsAtUnixSeconds: now.unixSeconds - warmSeconds,
    certificates,
    issuerOutages: overdue ? [{ fromSeconds: 0, toSeconds: Infinity }] : [],
    packages: (upkeep.packages ?? []).filter(({ name }) => now.pendingUpdates.includes(name)).map((each) => ({ ...each, releasedAtSeconds: 0 })),
  };
}
