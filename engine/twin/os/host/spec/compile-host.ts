/** A host at time 0: groups made, every program about to start. */
import { invariant, randomStream, type Variate } from '@/engine/kernel';
import { addCpuGroup, callAt, cpuWeightOfShares, cpuWeightOfSharesOld, createCpuHost, weightOfCpuWeight, weightOfShares } from '../../cpu';
import { addMemoryGroup, hostMemory, memoryTree, PAGE_BYTES, PAGES_PER_MIB, UNLIMITED_PAGES, watermarks } from '../../memory';
import { createFile, fileSystem } from '../../filesystem';
import { callProgram, HostCall } from '../host-call';
import type { HostDurationSpec, HostGroupSpec, HostSpec, ProgramSpec } from './host-spec';
import { groupNamed, type HostWorld, type Program } from '../host-world';
import { configurationOf } from '../upkeep/drift-of-host';
import { compileUpkeep, startUpkeep } from '../upkeep/host-upkeep';
import { noTrouble } from '../fault/host-trouble';
import { hostIo } from '../disk/host-io';
import { wakeFlusher } from '../disk/flush-dirty';
import { hostIdle } from '../power/host-idle';
import { hostSleep } from '../power/suspend-host';
import { hostPressure } from '../sample/watch-pressure';
import { programWindow } from '../program/work/program-window';

/** Of a host's memory the kernel's image, page structs and slabs take about this share before the first program runs. */
const KERNEL_SHARE = 0.03;
const US_PER_MS = 1_000;
const BYTES_PER_MIB = 1_048_576;

export type CompileHostOptions = { readonly seed: number; /** Time between samples, default 0.2 s. */ readonly sampleSeconds?: number; /** No program is started. */ readonly atRest?: boolean };

/** `spec` must have passed `parseHost`. */
export function compileHost(spec: HostSpec, { seed, sampleSeconds = 0.2, atRest = false }: CompileHostOptions): HostWorld {
  const cpu = createCpuHost({ cpus: spec.cpus, seed });
  const totalPages = Math.floor(spec.memoryMib * PAGES_PER_MIB);
  const reservedPages = Math.floor(totalPages * KERNEL_SHARE);
  const memory = hostMemory(memoryTree((spec.swapMib ?? 0) * PAGES_PER_MIB), totalPages, reservedPages, watermarks(totalPages - reservedPages));
  const world: HostWorld = { spec, cpu, memory, disk: compileDisk(spec), io: hostIo(spec.disk, spec.groups, (totalPages - reservedPages) * PAGE_BYTES), cleanUps: [], upkeep: compileUpkeep(spec), pressure: hostPressure(spec.cpus, spec.groups.map(({ parent }) => spec.groups.findIndex(({ name }) => name === parent))), idle: hostIdle(), sleep: hostSleep(spec.power?.suspend), trouble: noTrouble(), groups: [], programs: [], taskOwner: [], waiting: new Map(), nextWaiting: 0, sampleUs: Math.round(sampleSeconds * 1e6), busySeenUs: 0, sampledUs: 0, reboots: 0, samples: [], events: [] };
  for (const group of spec.groups) addGroup(world, group);
  for (const program of spec.programs) world.programs.push(compileProgram(world, program, seed));
  if (!atRest) for (const program of world.programs) callProgram(world, program, HostCall.start, 0);
  Object.assign(world.upkeep.wanted, configurationOf(world));
  startUpkeep(world);
  wakeFlusher(world);
  callAt(cpu, world.sampleUs, HostCall.sample);
  return world;
}

function compileDisk({ disk }: HostSpec): HostWorld['disk'] {
  if (disk === undefined) return null;
  const fs = fileSystem({ capacityBytes: disk.sizeMib * BYTES_PER_MIB, ...(disk.inodes === undefined ? {} : { inodesMax: disk.inodes }) });
  if (disk.usedMib > 0) createFile(fs, { path: '/data', kind: 'data', bytes: disk.usedMib * BYTES_PER_MIB, nowUs: 0, root: true });
  return fs;
}

function addGroup(world: HostWorld, spec: HostGroupSpec): void {
  const parent = spec.parent === undefined ? -1 : groupNamed(world, spec.parent);
  const above = world.groups[parent];
  const cpuGroup = addCpuGroup(world.cpu, {
    name: spec.name,
    parent: above?.cpuGroup,
    weight: weightOf(spec),
    idle: spec.cpuIdle ?? false,
    cpus: spec.cpus,
    quotaUs: spec.quotaMs === undefined || spec.quotaMs === null ? Infinity : spec.quotaMs * US_PER_MS,
    periodUs: (spec.periodMs ?? 100) * US_PER_MS,
    burstUs: (spec.burstMs ?? 0) * US_PER_MS,
  });
  const memoryGroup = addMemoryGroup(world.memory.tree, {
    name: spec.name,
    ...(above === undefined ? {} : { parent: above.memoryGroup }),
    limitPages: pagesOrUnlimited(spec.memoryLimitMib),
    highPages: pagesOrUnlimited(spec.memoryHighMib),
    minPages: pagesOrUnlimited(spec.memoryMinMib ?? 0),
    lowPages: pagesOrUnlimited(spec.memoryLowMib ?? 0),
    swapLimitPages: pagesOrUnlimited(spec.swapLimitMib),
    oomGroup: spec.oomGroup ?? false,
  });
  world.groups.push({ name: spec.name, parent, cpuGroup, memoryGroup, seen: { cpuUs: 0, periods: 0, throttledPeriods: 0, waitUs: 0, taskThrottledUs: 0, reclaimedPages: 0 } });
}

function weightOf({ cpuWeight, cpuShares }: HostGroupSpec): number {
  if (cpuWeight !== undefined || cpuShares === undefined) return weightOfCpuWeight(cpuWeight ?? 100);
  const { shares, cgroup } = cpuShares;
  if (cgroup === 'v1') return weightOfShares(shares);
  return weightOfCpuWeight(cgroup === 'v2' ? cpuWeightOfShares(shares) : cpuWeightOfSharesOld(shares));
}

export const pagesOrUnlimited = (mib: number | null | undefined) => (mib === undefined || mib === null ? UNLIMITED_PAGES : Math.floor(mib * PAGES_PER_MIB));

/** A program that has not started yet; the caller lists it. */
export function compileProgram(world: HostWorld, spec: ProgramSpec, seed: number): Program {
  const group = groupNamed(world, spec.group);
  invariant(group >= 0, `program ${spec.name} needs a group`);
  const requests = spec.load.kind === 'requests' ? spec.load : null;
  return {
    id: world.programs.length, spec, seed, group, nice: spec.nice ?? 0, phase: 'waiting', life: 0, startedUs: 0, readyUs: 0, starts: 0, restarts: 0, lastDelaySeconds: 0, startsAtUs: 0, readsDisk: 0, stalledUntilUs: 0, isStalled: false, owedPages: null, backup: null, installing: [], leakMibPerSecond: spec.leakMibPerSecond ?? 0, leakAtUs: Infinity, timerAtUs: Infinity, loadFactor: 1, freezes: 0, frozen: [], service: spec.service ?? null, hasClients: false,
    lanes: [], queue: [], charges: [], leftoverPages: 0, endedCpuUs: 0, endedWaitUs: 0, endedThrottledUs: 0, seenCpuUs: 0, exits: 0, lastExit: null,
    demand: requests === null ? null : variateUs(requests.cpu),
    wait: requests?.wait === undefined ? null : variateUs(requests.wait),
    arrivals: randomStream(seed, `arrivals/${spec.name}`),
    demands: randomStream(seed, `demands/${spec.name}`),
    window: programWindow(),
    total: programWindow(),
    restartsBefore: 0,
  };
}

function variateUs({ meanMs, cv, law }: HostDurationSpec): Variate {
  const spread = cv ?? (law === 'exponential' ? 1 : 0);
  return { law: law ?? (spread === 0 ? 'constant' : 'lognormal'), mean: meanMs * US_PER_MS, cv: spread };
}
