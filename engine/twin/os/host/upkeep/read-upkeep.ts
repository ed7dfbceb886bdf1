/** Reads a host's upkeep; schedules and boots are tried out, so that a host that was read can be lived. */
import { member, note, onlyKeys, optional, readChoice, readFlag, readList, readNumber, readText, type SpecReader } from '../../../spec-reader';
import { bootHost, parseCron } from '../../process';
import { isHostKind } from '../command/host-order';
import { readHostCommand } from '../command/read-host-order';
import type { CertificateSpec, EvictionSpec, LogRotationSpec, PackageSpec, SnapshotsSpec, UpkeepSpec } from './upkeep-spec';

const SECONDS_MAX = 1e9;
const seconds = (at: SpecReader) => readNumber(at, { min: 0, max: SECONDS_MAX });

export function readUpkeep(at: SpecReader, cpus: number, programs: readonly string[]): UpkeepSpec {
  onlyKeys(at, ['startsAtUnixSeconds', 'boot', 'packages', 'eviction', 'logRotation', 'snapshots', 'rebootSchedule', 'certificates', 'issuerOutages', 'byHand']);
  return {
    startsAtUnixSeconds: optional(at, 'startsAtUnixSeconds', (m) => readNumber(m, { min: 0, max: 1e11 })),
    boot: optional(at, 'boot', (m) => readBoot(m, cpus)),
    packages: optional(at, 'packages', (m) => readList(m, readPackage, { max: 1_000 })),
    eviction: optional(at, 'eviction', readEviction),
    logRotation: optional(at, 'logRotation', readRotation),
    snapshots: optional(at, 'snapshots', readSnapshots),
    rebootSchedule: optional(at, 'rebootSchedule', readSchedule),
    certificates: optional(at, 'certificates', (m) => readList(m, (item) => readCertificate(item, programs), { max: 1_000 })),
    issuerOutages: optional(at, 'issuerOutages', (m) => readList(m, readOutage)),
    byHand: optional(at, 'byHand', (m) => readList(m, readByHand)),
  };
}

/** Five fields of crontab(5), or a shorthand. */
export function readSchedule(at: SpecReader): string {
  const text = readText(at);
  const cron = parseCron(text);
  if (!cron.ok && text !== '') note(at, 'wrong-type', `"${text}" is no crontab schedule`, 'five fields (minute hour day month weekday), for example "30 2 * * *", or @daily');
  return text;
}

function readBoot(at: SpecReader, cpus: number): NonNullable<UpkeepSpec['boot']> {
  onlyKeys(at, ['firmwareMs', 'loaderMs', 'kernelMs', 'initrdMs', 'units', 'goal']);
  const ms = (key: string) => readNumber(member(at, key), { min: 0, max: 3_600_000 });
  const boot = {
    firmwareMs: ms('firmwareMs'),
    loaderMs: ms('loaderMs'),
    kernelMs: ms('kernelMs'),
    initrdMs: ms('initrdMs'),
    units: readList(member(at, 'units'), (unit) => {
      onlyKeys(unit, ['name', 'cpuMs', 'waitMs', 'after']);
      const unitMs = (key: string) => readNumber(member(unit, key), { min: 0, max: 3_600_000 });
      return { name: readText(member(unit, 'name')), cpuMs: unitMs('cpuMs'), waitMs: unitMs('waitMs'), after: optional(unit, 'after', (m) => readList(m, (name) => readText(name))) ?? [] };
    }, { min: 1, max: 1_000 }),
    goal: readText(member(at, 'goal')),
  };
  const lived = bootHost({ ...boot, cpus });
  if (!lived.ok) note(at, 'unknown-name', `unit "${lived.error.unit}": ${lived.error.code}`, 'every unit comes after units of this list, without a circle, and is listed once');
  return boot;
}

function readEviction(at: SpecReader): EvictionSpec {
  onlyKeys(at, ['memoryAvailableMib', 'diskAvailablePercent', 'inodesFreePercent']);
  const number = (key: string, max: number) => optional(at, key, (m) => readNumber(m, { min: 0, max }));
  return { memoryAvailableMib: number('memoryAvailableMib', 4_194_304), diskAvailablePercent: number('diskAvailablePercent', 100), inodesFreePercent: number('inodesFreePercent', 100) };
}

function readRotation(at: SpecReader): LogRotationSpec {
  onlyKeys(at, ['schedule', 'minMib', 'keep', 'mode', 'tellsWriter', 'compressedShare']);
  return {
    schedule: readSchedule(member(at, 'schedule')),
    minMib: readNumber(member(at, 'minMib'), { min: 0, max: 1e6 }),
    keep: readNumber(member(at, 'keep'), { min: 1, max: 1_000, integer: true }),
    mode: readChoice(member(at, 'mode'), ['create', 'copytruncate']),
    tellsWriter: readFlag(member(at, 'tellsWriter')),
    compressedShare: readNumber(member(at, 'compressedShare'), { min: 0, max: 1 }),
  };
}

function readSnapshots(at: SpecReader): SnapshotsSpec {
  onlyKeys(at, ['schedule', 'keep', 'changedMibPerHour']);
  return { schedule: readSchedule(member(at, 'schedule')), keep: readNumber(member(at, 'keep'), { min: 1, max: 1_000, integer: true }), changedMibPerHour: readNumber(member(at, 'changedMibPerHour'), { min: 0, max: 1e7 }) };
}

function readPackage(at: SpecReader): PackageSpec {
  onlyKeys(at, ['name', 'mib', 'releasedAtSeconds', 'usedBy', 'needsReboot']);
  return { name: readText(member(at, 'name')), mib: readNumber(member(at, 'mib'), { min: 0, max: 100_000 }), releasedAtSeconds: seconds(member(at, 'releasedAtSeconds')), usedBy: readList(member(at, 'usedBy'), (name) => readText(name)), needsReboot: optional(at, 'needsReboot', readFlag) };
}

function readCertificate(at: SpecReader, programs: readonly string[]): CertificateSpec {
  onlyKeys(at, ['name', 'program', 'notAfterSeconds', 'lifetimeDays', 'renewal']);
  const program = readText(member(at, 'program'));
  if (!programs.includes(program)) note(member(at, 'program'), 'unknown-name', `there is no program "${program}"`, `programs: ${programs.join(', ')}`);
  return {
    name: readText(member(at, 'name')),
    program,
    notAfterSeconds: seconds(member(at, 'notAfterSeconds')),
    lifetimeDays: readNumber(member(at, 'lifetimeDays'), { min: 0.001, max: 10_000 }),
    renewal: optional(at, 'renewal', (m) => {
      onlyKeys(m, ['atRemainingShare', 'retryHours']);
      return { atRemainingShare: readNumber(member(m, 'atRemainingShare'), { min: 0.01, max: 0.99 }), retryHours: readNumber(member(m, 'retryHours'), { min: 0.01, max: 10_000 }) };
    }),
  };
}

function readOutage(at: SpecReader) {
  onlyKeys(at, ['fromSeconds', 'toSeconds']);
  return { fromSeconds: seconds(member(at, 'fromSeconds')), toSeconds: seconds(member(at, 'toSeconds')) };
}

function readByHand(at: SpecReader) {
  onlyKeys(at, ['atSeconds', 'command']);
  const command = member(at, 'command');
  const kind = readText(member(command, 'kind'));
  if (!isHostKind(kind)) note(member(command, 'kind'), 'unknown-name', `"${kind}" is no host command`, 'for example set-cpu-weight');
  return { atSeconds: seconds(member(at, 'atSeconds')), command: readHostCommand(command, isHostKind(kind) ? kind : 'reboot-host') };
}
