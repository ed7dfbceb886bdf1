/** Reads an untyped document into a HostSpec, or says everything that is wrong with it. */
import { err, ok, type Result } from '@/engine/kernel';
import type { SpecIssue } from '../../../spec-issue';
import { has, member, note, onlyKeys, optional, readChoice, readFlag, readList, readNumber, readText, specReader, type SpecReader } from '../../../spec-reader';
import { readPowerModel } from '../../../pricing/read-carbon';
import type { HostPowerSpec } from '../power/host-power';
import { SUSPEND_AFTER_SECONDS_MAX, type SuspendSpec } from '../power/suspend-host';
import { readSchedule, readUpkeep } from '../upkeep/read-upkeep';
import { SHARES_MAX, SHARES_MIN } from '../../cpu/weights';
import type { CpuSharesSpec, HostDeviceSpec, HostDiskSpec, IoLimitSpec, RequestIoSpec, HostDurationSpec, HostGroupSpec, HostSpec, ProgramLoad, ProgramSpec } from './host-spec';
import { readImage, readProbes, readRegistry, readRestart, readStop } from './read-life';

const CPUS_MAX = 64;
const GROUPS_MAX = 200;
const PROGRAMS_MAX = 200;
const MIB_MAX = 4_194_304;

export function parseHost(value: unknown): Result<HostSpec, SpecIssue[]> {
  const at = specReader(value);
  const spec = readHost(at);
  return at.issues.length === 0 ? ok(spec) : err(at.issues);
}

export function readHost(at: SpecReader): HostSpec {
  onlyKeys(at, ['name', 'cpus', 'memoryMib', 'swapMib', 'disk', 'registry', 'groups', 'programs', 'upkeep', 'power']);
  const cpus = readNumber(member(at, 'cpus'), { min: 1, max: CPUS_MAX, integer: true });
  const groups = readList(member(at, 'groups'), (item) => readGroup(item, cpus), { max: GROUPS_MAX });
  const programs = readList(member(at, 'programs'), readProgram, { min: 1, max: PROGRAMS_MAX });
  checkNames(member(at, 'groups'), groups.map(({ name }) => name));
  checkNames(member(at, 'programs'), programs.map(({ name }) => name));
  groups.forEach(({ parent }, i) => {
    if (parent !== undefined && !groups.slice(0, i).some(({ name }) => name === parent)) note(member(itemOf(at, 'groups', i), 'parent'), 'unknown-name', `no group "${parent}" is listed before it`, 'list the parent first');
  });
  programs.forEach(({ image }, i) => {
    if (image !== undefined && !(has(at, 'registry') && has(at, 'disk'))) note(member(itemOf(at, 'programs', i), 'image'), 'missing', 'its host has no registry to pull from, or no disk to pull to', 'give the host a disk and a registry');
  });
  programs.forEach(({ group }, i) => {
    if (!groups.some(({ name }) => name === group)) note(member(itemOf(at, 'programs', i), 'group'), 'unknown-name', `there is no group "${group}"`, `groups: ${groups.map(({ name }) => name).join(', ') || 'none'}`);
  });
  const disk = optional(at, 'disk', readDisk);
  checkDevice(at, disk, groups, programs);
  return {
    name: readText(member(at, 'name')),
    cpus,
    memoryMib: readNumber(member(at, 'memoryMib'), { min: 64, max: MIB_MAX }),
    swapMib: optional(at, 'swapMib', (swap) => readNumber(swap, { min: 0, max: MIB_MAX })),
    disk,
    registry: optional(at, 'registry', readRegistry),
    groups,
    programs,
    power: optional(at, 'power', readHostPower),
    upkeep: optional(at, 'upkeep', (upkeep) => readUpkeep(upkeep, cpus, programs.map(({ name }) => name))),
  };
}

function readHostPower(at: SpecReader): HostPowerSpec {
  onlyKeys(at, ['idleWatts', 'maxWatts', 'model', 'deepIdle', 'suspend']);
  const watts = (m: SpecReader) => readNumber(m, { min: 0, max: 100_000 });
  const deepIdle = optional(at, 'deepIdle', (m) => {
    onlyKeys(m, ['watts', 'afterMs']);
    return { watts: watts(member(m, 'watts')), afterMs: readNumber(member(m, 'afterMs'), { min: 0, max: 86_400_000 }) };
  });
  return { idleWatts: watts(member(at, 'idleWatts')), maxWatts: watts(member(at, 'maxWatts')), model: optional(at, 'model', readPowerModel), deepIdle, suspend: optional(at, 'suspend', readSuspend) };
}

function readSuspend(at: SpecReader): SuspendSpec {
  onlyKeys(at, ['watts', 'afterSeconds', 'resumeMs', 'resumeWatts']);
  return {
    watts: readNumber(member(at, 'watts'), { min: 0, max: 100_000 }),
    afterSeconds: readNumber(member(at, 'afterSeconds'), { min: 0.001, max: SUSPEND_AFTER_SECONDS_MAX }),
    resumeMs: readNumber(member(at, 'resumeMs'), { min: 0, max: 600_000 }),
    resumeWatts: optional(at, 'resumeWatts', (m) => readNumber(m, { min: 0, max: 100_000 })),
  };
}

function readDisk(at: SpecReader): HostDiskSpec {
  onlyKeys(at, ['sizeMib', 'usedMib', 'inodes', 'device']);
  const sizeMib = readNumber(member(at, 'sizeMib'), { min: 1, max: 1e9 });
  return { sizeMib, usedMib: readNumber(member(at, 'usedMib'), { min: 0, max: sizeMib }), inodes: optional(at, 'inodes', (m) => readNumber(m, { min: 1, max: 1e12, integer: true })), device: optional(at, 'device', readDevice) };
}

function readGroup(at: SpecReader, cpus: number): HostGroupSpec {
  onlyKeys(at, ['name', 'parent', 'cpuWeight', 'cpuShares', 'cpuIdle', 'quotaMs', 'periodMs', 'burstMs', 'cpus', 'memoryLimitMib', 'memoryHighMib', 'memoryMinMib', 'memoryLowMib', 'swapLimitMib', 'io', 'oomGroup']);
  if (has(at, 'cpuWeight') && has(at, 'cpuShares')) note(member(at, 'cpuShares'), 'out-of-range', 'a group has a weight or shares', 'leave one of them out');
  const quotaMs = optional(at, 'quotaMs', (quota) => readNumber(quota, { min: 1, max: 1_000_000 }));
  const burstMs = optional(at, 'burstMs', (burst) => readNumber(burst, { min: 0, max: 1_000_000 }));
  if (burstMs !== undefined && burstMs > (quotaMs ?? 0)) note(member(at, 'burstMs'), 'out-of-range', `a burst of ${burstMs} ms is more than the quota`, 'the kernel takes at most the quota');
  return {
    name: readText(member(at, 'name')),
    parent: optional(at, 'parent', readText),
    cpuWeight: optional(at, 'cpuWeight', (weight) => readNumber(weight, { min: 1, max: 10_000 })),
    cpuShares: optional(at, 'cpuShares', readShares),
    cpuIdle: optional(at, 'cpuIdle', readFlag),
    quotaMs: quotaMs,
    periodMs: optional(at, 'periodMs', (period) => readNumber(period, { min: 1, max: 1_000 })),
    burstMs: burstMs,
    cpus: optional(at, 'cpus', (list) => readList(list, (cpu) => readNumber(cpu, { min: 0, max: cpus - 1, integer: true }), { min: 1, max: CPUS_MAX })),
    memoryLimitMib: optional(at, 'memoryLimitMib', (limit) => readNumber(limit, { min: 1, max: MIB_MAX })),
    memoryHighMib: optional(at, 'memoryHighMib', (high) => readNumber(high, { min: 1, max: MIB_MAX })),
    memoryMinMib: optional(at, 'memoryMinMib', (min) => readNumber(min, { min: 0, max: MIB_MAX })),
    memoryLowMib: optional(at, 'memoryLowMib', (low) => readNumber(low, { min: 0, max: MIB_MAX })),
    swapLimitMib: optional(at, 'swapLimitMib', (swap) => readNumber(swap, { min: 0, max: MIB_MAX })),
    io: optional(at, 'io', readIoLimits),
    oomGroup: optional(at, 'oomGroup', readFlag),
  };
}

function readDevice(at: SpecReader): HostDeviceSpec {
  onlyKeys(at, ['readLatencyMs', 'writeLatencyMs', 'readMibPerSecond', 'writeMibPerSecond', 'flushMs', 'iops', 'queueDepth']);
  const number = (key: string, min: number, max: number) => readNumber(member(at, key), { min, max });
  return {
    readLatencyMs: number('readLatencyMs', 0, 10_000),
    writeLatencyMs: number('writeLatencyMs', 0, 10_000),
    readMibPerSecond: number('readMibPerSecond', 0.01, 1e6),
    writeMibPerSecond: number('writeMibPerSecond', 0.01, 1e6),
    flushMs: number('flushMs', 0, 10_000),
    iops: optional(at, 'iops', (m) => readNumber(m, { min: 1, max: 1e9 })),
    queueDepth: optional(at, 'queueDepth', (m) => readNumber(m, { min: 1, max: 65_536, integer: true })),
  };
}

function readIoLimits(at: SpecReader): NonNullable<HostGroupSpec['io']> {
  onlyKeys(at, ['read', 'write']);
  const limit = (m: SpecReader): IoLimitSpec => {
    onlyKeys(m, ['mibPerSecond', 'iops']);
    return { mibPerSecond: optional(m, 'mibPerSecond', (n) => readNumber(n, { min: 0.001, max: 1e6 })), iops: optional(m, 'iops', (n) => readNumber(n, { min: 1, max: 1e9 })) };
  };
  return { read: optional(at, 'read', limit), write: optional(at, 'write', limit) };
}

/** What goes to a device needs one. */
function checkDevice(at: SpecReader, disk: HostDiskSpec | undefined, groups: readonly HostGroupSpec[], programs: readonly ProgramSpec[]): void {
  if (disk?.device !== undefined) return;
  const wants = [...groups.filter(({ io }) => io !== undefined).map(({ name }) => `group "${name}"`), ...programs.filter(({ load }) => load?.kind === 'backup' || (load?.kind === 'requests' && load.disk !== undefined)).map(({ name }) => `program "${name}"`)];
  if (wants.length > 0) note(member(at, 'disk'), 'missing', `${wants.join(', ')} need a disk with a device`, 'say its latencies and rates, for example {"device": {"readLatencyMs": 0.2, …}}');
}

function readShares(at: SpecReader): CpuSharesSpec {
  onlyKeys(at, ['shares', 'cgroup']);
  return { shares: readNumber(member(at, 'shares'), { min: SHARES_MIN, max: SHARES_MAX, integer: true }), cgroup: readChoice(member(at, 'cgroup'), ['v1', 'v2-linear', 'v2']) };
}

function readProgram(at: SpecReader): ProgramSpec {
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

function readLoad(at: SpecReader): ProgramLoad {
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

function readSpool(at: SpecReader): NonNullable<ProgramSpec['spool']> {
  onlyKeys(at, ['filesPerSecond', 'kib']);
  return { filesPerSecond: readNumber(member(at, 'filesPerSecond'), { min: 0, max: 1e6 }), kib: readNumber(member(at, 'kib'), { min: 0, max: 1e6 }) };
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

function readStartUp(at: SpecReader): NonNullable<ProgramSpec['startUp']> {
  onlyKeys(at, ['cpuMs', 'waitMs', 'warmUpCpuMs']);
  const warmUpCpuMs = optional(at, 'warmUpCpuMs', (m) => readNumber(m, { min: 0, max: 3_600_000 }));
  return { ...(warmUpCpuMs === undefined ? {} : { warmUpCpuMs }), cpuMs: readNumber(member(at, 'cpuMs'), { min: 0.001, max: 3_600_000 }), waitMs: readNumber(member(at, 'waitMs'), { min: 0, max: 3_600_000 }) };
}

function checkNames(at: SpecReader, names: readonly string[]): void {
  names.forEach((name, i) => {
    if (names.indexOf(name) < i) note(at, 'duplicate', `"${name}" is listed twice`, 'give each a name of its own');
  });
}

const itemOf = (at: SpecReader, key: string, i: number): SpecReader => {
  const list = member(at, key);
  return { path: `${list.path}[${i}]`, value: undefined, issues: at.issues };
};
