/** Reads a program of a host. */
import { member, onlyKeys, optional, readNumber, readText, type SpecReader } from '../../../../spec-reader';
import type { ProgramSpec } from '../host-spec';
import { readImage, readProbes, readRestart, readStop } from './read-life';
import { MIB_MAX } from './read-limits';
import { readLoad } from './read-load';

export function readProgram(at: SpecReader): ProgramSpec {
  onlyKeys(at, ['name', 'group', 'service', 'nice', 'load', 'startUp', 'memoryMib', 'fileCacheMib', 'leakMibPerSecond', 'logMibPerSecond', 'spool', 'memoryRequestMib', 'priority', 'oomScoreAdj', 'restart', 'stop', 'probes', 'image']);
  const load = readLoad(member(at, 'load'));
  return {
    name: readText(member(at, 'name')),
    group: readText(member(at, 'group')),
    service: optional(at, 'service', readText),
    nice: optional(at, 'nice', (nice) => readNumber(nice, { min: -20, max: 19, integer: true })),
    load,
    startUp: optional(at, 'startUp', readStartUp),
    memoryMib: readNumber(member(at, 'memoryMib'), { min: 1, max: MIB_MAX }),
    fileCacheMib: optional(at, 'fileCacheMib', (cache) => readNumber(cache, { min: 0, max: MIB_MAX })),
    leakMibPerSecond: optional(at, 'leakMibPerSecond', (leak) => readNumber(leak, { min: 0, max: 100_000 })),
    logMibPerSecond: optional(at, 'logMibPerSecond', (log) => readNumber(log, { min: 0, max: 100_000 })),
    memoryRequestMib: optional(at, 'memoryRequestMib', (request) => readNumber(request, { min: 0, max: MIB_MAX })),
    priority: optional(at, 'priority', (priority) => readNumber(priority, { min: -2_147_483_648, max: 2_000_001_000, integer: true })),
    spool: optional(at, 'spool', readSpool),
    oomScoreAdj: optional(at, 'oomScoreAdj', (adj) => readNumber(adj, { min: -1_000, max: 1_000, integer: true })),
    restart: optional(at, 'restart', readRestart),
    image: optional(at, 'image', readImage),
    stop: optional(at, 'stop', readStop),
    probes: optional(at, 'probes', (probes) => readProbes(probes, load)),
  };
}

function readSpool(at: SpecReader): NonNullable<ProgramSpec['spool']> {
  onlyKeys(at, ['filesPerSecond', 'kib']);
  return { filesPerSecond: readNumber(member(at, 'filesPerSecond'), { min: 0, max: 1e6 }), kib: readNumber(member(at, 'kib'), { min: 0, max: 1e6 }) };
}

function readStartUp(at: SpecReader): NonNullable<ProgramSpec['startUp']> {
  onlyKeys(at, ['cpuMs', 'waitMs', 'warmUpCpuMs']);
  const warmUpCpuMs = optional(at, 'warmUpCpuMs', (m) => readNumber(m, { min: 0, max: 3_600_000 }));
  return { ...(warmUpCpuMs === undefined ? {} : { warmUpCpuMs }), cpuMs: readNumber(member(at, 'cpuMs'), { min: 0.001, max: 3_600_000 }), waitMs: readNumber(member(at, 'waitMs'), { min: 0, max: 3_600_000 }) };
}
