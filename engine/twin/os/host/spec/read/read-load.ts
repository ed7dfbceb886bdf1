/** Reads what a program does: requests, computing, runs by the clock. */
import { member, onlyKeys, optional, readChoice, readFlag, readNumber, type SpecReader } from '../../../../spec-reader';
import { readSchedule } from '../../upkeep/read-upkeep';
import type { HostDurationSpec, ProgramLoad, RequestIoSpec } from '../host-spec';
import { CPUS_MAX } from './read-limits';

export function readLoad(at: SpecReader): ProgramLoad {
  const kind = readChoice(member(at, 'kind'), ['requests', 'busy', 'background', 'timer', 'cron', 'backup', 'updates']);
  if (kind === 'background') {
    onlyKeys(at, ['kind', 'cores', 'threads']);
    return { kind, cores: readNumber(member(at, 'cores'), { min: 0, max: CPUS_MAX }), threads: readNumber(member(at, 'threads'), { min: 1, max: 1_000, integer: true }) };
  }
  if (kind === 'busy') {
    onlyKeys(at, ['kind', 'threads']);
    return { kind, threads: readNumber(member(at, 'threads'), { min: 1, max: 1_000, integer: true }) };
  }
  if (kind === 'timer') {
    onlyKeys(at, ['kind', 'everySeconds', 'cpuMs']);
    return { kind, everySeconds: readNumber(member(at, 'everySeconds'), { min: 0.01, max: 86_400 }), cpuMs: readNumber(member(at, 'cpuMs'), { min: 0.001, max: 3_600_000 }) };
  }
  if (kind === 'cron') {
    onlyKeys(at, ['kind', 'schedule', 'cpuMs', 'persistent']);
    return { ...persistence(at), kind, schedule: readSchedule(member(at, 'schedule')), cpuMs: readNumber(member(at, 'cpuMs'), { min: 0.001, max: 86_400_000 }) };
  }
  if (kind === 'backup') {
    onlyKeys(at, ['kind', 'schedule', 'mib', 'windowHours', 'cpuMsPerMib', 'persistent']);
    return { ...persistence(at), kind, schedule: readSchedule(member(at, 'schedule')), mib: readNumber(member(at, 'mib'), { min: 1, max: 1e9, integer: true }), windowHours: readNumber(member(at, 'windowHours'), { min: 0, max: 10_000 }), cpuMsPerMib: readNumber(member(at, 'cpuMsPerMib'), { min: 0.001, max: 1e6 }) };
  }
  if (kind === 'updates') {
    onlyKeys(at, ['kind', 'schedule', 'downloadMibPerSecond', 'unpackMsPerMib', 'persistent']);
    return { ...persistence(at), kind, schedule: readSchedule(member(at, 'schedule')), downloadMibPerSecond: readNumber(member(at, 'downloadMibPerSecond'), { min: 0.001, max: 100_000 }), unpackMsPerMib: readNumber(member(at, 'unpackMsPerMib'), { min: 0, max: 1e6 }) };
  }
  onlyKeys(at, ['kind', 'rps', 'lanes', 'cpu', 'wait', 'waitsFor', 'disk']);
  return {
    kind,
    rps: readNumber(member(at, 'rps'), { min: 0, max: 100_000 }),
    lanes: readNumber(member(at, 'lanes'), { min: 1, max: 1_000, integer: true }),
    cpu: readDuration(member(at, 'cpu')),
    wait: optional(at, 'wait', readDuration),
    waitsFor: optional(at, 'waitsFor', (m) => readChoice(m, ['disk', 'network'])),
    disk: optional(at, 'disk', readRequestIo),
  };
}

function readRequestIo(at: SpecReader): RequestIoSpec {
  onlyKeys(at, ['fileReads', 'writeKib', 'fsync']);
  return {
    fileReads: optional(at, 'fileReads', (m) => readNumber(m, { min: 0, max: 1_000, integer: true })),
    writeKib: optional(at, 'writeKib', (m) => readNumber(m, { min: 0, max: 1_048_576 })),
    fsync: optional(at, 'fsync', readFlag),
  };
}

function readDuration(at: SpecReader): HostDurationSpec {
  onlyKeys(at, ['meanMs', 'cv', 'law']);
  return {
    meanMs: readNumber(member(at, 'meanMs'), { min: 0.001, max: 3_600_000 }),
    cv: optional(at, 'cv', (cv) => readNumber(cv, { min: 0, max: 20 })),
    law: optional(at, 'law', (law) => readChoice(law, ['constant', 'exponential', 'lognormal'])),
  };
}

function persistence(at: SpecReader): { readonly persistent?: boolean } {
  const persistent = optional(at, 'persistent', readFlag);
  return persistent === undefined ? {} : { persistent };
}
