/** What upkeep calls for: certificates that run out, settings that left the configuration, code that waits for a reboot. */
import type { UpkeepSample } from '@/engine/telemetry';
import { findCertificates } from '../../findings';
import type { FoundOnHost } from './find-on-host';

export function findUpkeep(host: string, upkeep: UpkeepSample): readonly FoundOnHost[] {
  const certificates = upkeep.certificates.map(({ name, leftSeconds, lifetimeSeconds }) => ({ name, notBeforeUs: (leftSeconds - lifetimeSeconds) * 1e6, notAfterUs: leftSeconds * 1e6 }));
  const drift = upkeep.drift.map(({ key, wanted, found }): FoundOnHost => ({ kind: 'configuration-drift', subject: key, severity: 'info', value: null, limit: 0, unit: '', detail: `is ${found ?? 'gone'}, the configuration says ${wanted ?? 'nothing'}`, cause: wanted ?? '' }));
  const { rebootNeeded, stalePrograms } = upkeep;
  const reboot: FoundOnHost[] = rebootNeeded ? [{ kind: 'reboot-needed', subject: host, severity: 'info', value: stalePrograms.length, limit: 0, unit: 'programs', detail: `updates wait for a reboot${stalePrograms.length === 0 ? '' : `; ${stalePrograms.join(', ')} run what was there before`}` }] : [];
  return [...findCertificates(certificates, 0), ...drift, ...reboot, ...clock(host, upkeep.clockOffsetSeconds)];
}

/** As much as chrony steps over instead of slewing. */
const OFFSET_SECONDS_MAX = 1;

const clock = (host: string, offset: number): FoundOnHost[] =>
  Math.abs(offset) < OFFSET_SECONDS_MAX ? [] : [{ kind: 'clock-skew', subject: host, severity: 'ticket', value: offset, limit: OFFSET_SECONDS_MAX, unit: 's', detail: `its clock is ${Math.abs(offset).toFixed(1)} s ${offset < 0 ? 'behind' : 'ahead'}: timers and renewals come at another moment` }];
