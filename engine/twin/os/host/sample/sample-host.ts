/** Takes a sample: differences of the kernel's accounts since the last one, and the levels now. */
import { meanOf, quantile } from '@/engine/kernel';
import { cpuBusyUs, groupAccount, taskAccount, type CpuHost } from '../../cpu';
import { usage } from '../../filesystem';
import { availablePages, bytesOf, freePages, UNLIMITED_PAGES } from '../../memory';
import type { GroupSample, ProgramSample } from './host-sample';
import { anonPages, SAMPLES_MAX, type HostGroup, type HostWorld, type Program } from '../host-world';
import { addWindow, clearWindow, partsOf } from '../program/program-window';

type Waits = { readonly waitUs: number; readonly throttledUs: number };

export function sampleHost(world: HostWorld): void {
  const { cpu, memory } = world;
  const last = world.samples.at(-1);
  const windowUs = cpu.nowUs - (last?.atUs ?? 0);
  const busyUs = cpu.cpus.reduce((sum, { id }) => sum + cpuBusyUs(cpu, id), 0);
  const groups = world.groups.map((group, i) => sampleGroup(world, group, i, windowUs));
  world.samples.push({
    atUs: cpu.nowUs,
    windowUs,
    cpuCores: (busyUs - world.busySeenUs) / windowUs,
    waitingTasks: groups.reduce((sum, group) => sum + group.waitingTasks + group.throttledTasks, 0),
    freeBytes: bytesOf(freePages(memory)),
    availableBytes: bytesOf(availablePages(memory)),
    disk: diskOf(world),
    groups,
    programs: world.programs.map((program) => sampleProgram(world, program, windowUs)),
  });
  world.busySeenUs = busyUs;
  if (world.samples.length > SAMPLES_MAX) world.samples.shift();
}

function diskOf({ disk }: HostWorld) {
  if (disk === null) return null;
  const { usedBytes, availableBytes, orphanBytes } = usage(disk);
  return { usedBytes, availableBytes, orphanBytes };
}

function sampleGroup(world: HostWorld, group: HostGroup, index: number, windowUs: number): GroupSample {
  const account = groupAccount(world.cpu, group.cpuGroup);
  const memory = world.memory.tree.groups[group.memoryGroup]!;
  const waits = waitsOf(world, index);
  const { seen } = group;
  const sample: GroupSample = {
    group: group.name,
    cpuCores: (account.cpuUs - seen.cpuUs) / windowUs,
    waitingTasks: Math.max(0, waits.waitUs - waits.throttledUs - (seen.waitUs - seen.taskThrottledUs)) / windowUs,
    throttledTasks: (waits.throttledUs - seen.taskThrottledUs) / windowUs,
    periods: account.periods - seen.periods,
    throttledPeriods: account.throttledPeriods - seen.throttledPeriods,
    memoryBytes: bytesOf(memory.chargedPages),
    fileBytes: bytesOf(memory.filePages),
    memoryLimitBytes: memory.limitPages === UNLIMITED_PAGES ? null : bytesOf(memory.limitPages),
    reclaimedBytes: bytesOf(memory.reclaimedPages - seen.reclaimedPages),
  };
  group.seen = { cpuUs: account.cpuUs, periods: account.periods, throttledPeriods: account.throttledPeriods, waitUs: waits.waitUs, taskThrottledUs: waits.throttledUs, reclaimedPages: memory.reclaimedPages };
  return sample;
}

/** Waits of the tasks that are in the group itself, those going on included. */
function waitsOf(world: HostWorld, group: number): Waits {
  let waitUs = 0;
  let throttledUs = 0;
  for (const program of world.programs) {
    if (program.group !== group) continue;
    waitUs += program.endedWaitUs;
    throttledUs += program.endedThrottledUs;
    for (const { task } of program.lanes) {
      const account = taskAccount(world.cpu, task);
      waitUs += account.waitUs + waitingNow(world.cpu, task);
      throttledUs += account.throttledUs;
    }
  }
  return { waitUs, throttledUs };
}

function waitingNow(cpu: CpuHost, task: number): number {
  const { waitSinceUs } = cpu.tasks[task]!;
  return waitSinceUs < 0 ? 0 : cpu.nowUs - waitSinceUs;
}

function sampleProgram(world: HostWorld, program: Program, windowUs: number): ProgramSample {
  const { window, spec } = program;
  const perSecond = (count: number) => (count * 1e6) / windowUs;
  const ms = (us: number) => (Number.isNaN(us) ? null : us / 1_000);
  const sample: ProgramSample = {
    program: spec.name,
    group: world.groups[program.group]!.name,
    phase: program.phase,
    arrivedRps: perSecond(window.arrived),
    servedRps: perSecond(window.served),
    failedRps: perSecond(window.failed),
    queued: program.queue.length,
    inWork: program.lanes.filter(({ request }) => request !== null).length,
    latencyMeanMs: ms(meanOf(window.latency)),
    latencyP50Ms: ms(quantile(window.latency, 0.5)),
    latencyP95Ms: ms(quantile(window.latency, 0.95)),
    latencyP99Ms: ms(quantile(window.latency, 0.99)),
    spent: partsOf(window),
    memoryBytes: bytesOf(anonPages(program)),
    restarts: program.restarts,
  };
  addWindow(program.total, window);
  clearWindow(window);
  return sample;
}
