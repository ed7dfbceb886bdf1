/** What a control group did since the last sample, and its settings. */
import type { GroupSample } from '@/engine/telemetry';
import { groupAccount, taskAccount, type CpuHost } from '../../cpu';
import { bytesOf, UNLIMITED_PAGES } from '../../memory';
import { settingsOfGroup } from '../command/host-settings';
import type { HostGroup, HostWorld } from '../host-world';
import { diskOfGroup } from './sample-device';
import { groupPressureOf } from './watch-pressure';

type Waits = { readonly waitUs: number; readonly throttledUs: number };

export function sampleGroup(world: HostWorld, group: HostGroup, index: number, windowUs: number): GroupSample {
  const account = groupAccount(world.cpu, group.cpuGroup);
  const memory = world.memory.tree.groups[group.memoryGroup]!;
  const waits = waitsOf(world, index);
  const { seen } = group;
  const { cpuWeight, quotaMs, periodMs, cpus, io } = settingsOfGroup(world, group);
  const sample: GroupSample = {
    group: group.name,
    parent: world.groups[group.parent]?.name ?? null,
    cpuCores: (account.cpuUs - seen.cpuUs) / windowUs,
    waitingTasks: Math.max(0, waits.waitUs - waits.throttledUs - (seen.waitUs - seen.taskThrottledUs)) / windowUs,
    throttledTasks: (waits.throttledUs - seen.taskThrottledUs) / windowUs,
    periods: account.periods - seen.periods,
    throttledPeriods: account.throttledPeriods - seen.throttledPeriods,
    memoryBytes: bytesOf(memory.chargedPages),
    fileBytes: bytesOf(memory.filePages),
    memoryLimitBytes: memory.limitPages === UNLIMITED_PAGES ? null : bytesOf(memory.limitPages),
    reclaimedBytes: bytesOf(memory.reclaimedPages - seen.reclaimedPages),
    ...(memory.highPages === UNLIMITED_PAGES ? {} : { memoryHighBytes: bytesOf(memory.highPages) }),
    ...((world.spec.swapMib ?? 0) > 0 ? { swapBytes: bytesOf(memory.swapPages) } : {}),
    ...(io === undefined ? {} : { io }),
    ...diskOfGroup(world, index, windowUs),
    pressure: groupPressureOf(world, index),
    cpuWeight,
    quotaMs,
    periodMs,
    cpus,
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
    for (const { task } of [...program.lanes, ...program.frozen]) {
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
