/** Certificates of programs: renewed when a share of their life is left, tried again while the issuer does not answer; an expired one is refused by every client. */
import { err, ok, type Result } from '@/engine/kernel';
import { callAt } from '../../cpu';
import { isValid, renewalDueUs } from '../../process';
import type { HostCommand, HostRefusal } from '../command/host-command';
import { HostCall } from '../host-call';
import { noteEvent, type HostWorld, type Program } from '../host-world';
import type { CertificateSpec } from './upkeep-spec';

const DAY_US = 86_400e6;
const HOUR_US = 3_600e6;

export function scheduleCertificates(world: HostWorld): void {
  world.upkeep.certificates.forEach((_, i) => scheduleCertificate(world, i));
}

/** Renewal goes by the host's own clock, expiry by the clients'. */
export function scheduleRenewals(world: HostWorld): void {
  world.upkeep.certificates.forEach((_, i) => scheduleRenewal(world, i));
}

function scheduleCertificate(world: HostWorld, index: number): void {
  scheduleRenewal(world, index);
  callAt(world.cpu, world.upkeep.certificates[index]!.notAfterUs, HostCall.expire, index);
}

function scheduleRenewal(world: HostWorld, index: number): void {
  const { renewal } = specOf(world, index);
  if (renewal !== undefined) callAt(world.cpu, renewalDueUs(world.upkeep.certificates[index]!, asRenewal(renewal)) - world.trouble.clockSkewUs, HostCall.renew, index);
}

const specOf = ({ spec }: HostWorld, index: number): CertificateSpec => spec.upkeep!.certificates![index]!;
const asRenewal = ({ atRemainingShare, retryHours }: NonNullable<CertificateSpec['renewal']>) => ({ atRemainingShare, retryUs: retryHours * HOUR_US, lifetimeUs: 0 });

/** A try of the renewer; one that is not due any more (somebody renewed by hand) does nothing. */
export function tryRenewal(world: HostWorld, index: number): void {
  const { renewal } = specOf(world, index);
  if (renewal === undefined || world.cpu.nowUs + world.trouble.clockSkewUs < renewalDueUs(world.upkeep.certificates[index]!, asRenewal(renewal))) return;
  if (issuerAnswers(world)) renew(world, index);
  else callAt(world.cpu, world.cpu.nowUs + renewal.retryHours * HOUR_US, HostCall.renew, index);
}

const issuerAnswers = ({ spec, cpu, trouble }: HostWorld) => trouble.networkCuts === 0 && trouble.powerCuts === 0 && !(spec.upkeep?.issuerOutages ?? []).some(({ fromSeconds, toSeconds }) => cpu.nowUs >= fromSeconds * 1e6 && cpu.nowUs < toSeconds * 1e6);

function renew(world: HostWorld, index: number): void {
  const { name, program } = world.upkeep.certificates[index]!;
  world.upkeep.certificates[index] = { name, program, notBeforeUs: world.cpu.nowUs, notAfterUs: world.cpu.nowUs + specOf(world, index).lifetimeDays * DAY_US };
  noteEvent(world, 'renewed', name, `valid for ${specOf(world, index).lifetimeDays} days`);
  scheduleCertificate(world, index);
}

export function noteExpiry(world: HostWorld, index: number): void {
  const certificate = world.upkeep.certificates[index]!;
  if (!isValid(certificate, world.cpu.nowUs)) noteEvent(world, 'expired', certificate.name, `clients of ${certificate.program} refuse it`);
}

/** By command: now, if the issuer answers. */
export function renewNow(world: HostWorld, name: string): Result<HostCommand | null, HostRefusal> {
  const index = world.upkeep.certificates.findIndex((each) => each.name === name);
  if (index < 0) return err({ code: 'not-found', what: 'certificate', name });
  if (!issuerAnswers(world)) return err({ code: 'no-issuer', certificate: name });
  renew(world, index);
  return ok(null);
}

/** As if `seconds` had gone by; a renewal that would have been due is tried now. */
export function ageCertificates(world: HostWorld, seconds: number): void {
  world.upkeep.certificates = world.upkeep.certificates.map((each) => ({ ...each, notBeforeUs: each.notBeforeUs - seconds * 1e6, notAfterUs: each.notAfterUs - seconds * 1e6 }));
  world.upkeep.certificates.forEach((_, i) => tryRenewal(world, i));
}

/** False while a certificate of the program is not valid. */
export const isTrusted = ({ upkeep, cpu }: HostWorld, { spec }: Program) => upkeep.certificates.every((each) => each.program !== spec.name || isValid(each, cpu.nowUs));
