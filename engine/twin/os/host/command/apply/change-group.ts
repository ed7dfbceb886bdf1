/** Changes what a control group may use: weight, quota, CPUs, memory, disk. */
import { err, ok, type Result } from '@/engine/kernel';
import { setGroupCpus, setGroupWeight, setQuota, weightOfCpuWeight } from '../../../cpu';
import { setIoLimit } from '../../../disk';
import { setMemoryLimit } from '../../../memory';
import { groupNamed, type HostGroup, type HostWorld } from '../../host-world';
import { outgrownLimit } from '../../program/memory/out-of-memory';
import { pagesOrUnlimited } from '../../spec/compile-host';
import type { HostCommand, HostRefusal, HostUndo } from '../host-command';
import { NO_IO_LIMIT, settingsOfGroup } from '../host-settings';
import { outside } from './outside';

const BYTES_PER_MIB = 1_048_576;

type GroupCommand = Extract<HostCommand, { readonly kind: 'set-cpu-weight' | 'set-quota' | 'set-memory-high' | 'set-io-limit' | 'pin-group' | 'set-memory-limit' }>;

export function changeGroup(world: HostWorld, command: GroupCommand): Result<HostUndo, HostRefusal> {
  const group = world.groups[groupNamed(world, command.group)];
  if (group === undefined) return err({ code: 'not-found', what: 'group', name: command.group });
  switch (command.kind) {
    case 'set-cpu-weight':
      return setWeight(world, group, command.cpuWeight);
    case 'set-quota':
      return changeQuota(world, group, command);
    case 'set-memory-high':
      return changeHigh(world, group, command.memoryHighMib);
    case 'set-io-limit':
      return changeIo(world, group, command);
    case 'pin-group':
      return pin(world, group, command.cpus);
    default:
      return changeLimit(world, group, command.memoryLimitMib);
  }
}

function setWeight(world: HostWorld, group: HostGroup, cpuWeight: number): Result<HostUndo, HostRefusal> {
  const isIdle = world.cpu.groups[group.cpuGroup]!.idle; // the kernel: EINVAL
  const wrong = isIdle ? outside('cpuWeight', cpuWeight, 0, 0) : outside('cpuWeight', cpuWeight, 1, 10_000);
  if (wrong !== null) return err(wrong);
  const { cpuWeight: before } = settingsOfGroup(world, group);
  setGroupWeight(world.cpu, group.cpuGroup, weightOfCpuWeight(cpuWeight));
  return ok({ kind: 'set-cpu-weight', group: group.name, cpuWeight: before });
}

/** The kernel takes no quota below the burst (EINVAL), so a quota that was set can always be set again. */
function changeQuota(world: HostWorld, group: HostGroup, { quotaMs, periodMs }: { readonly quotaMs: number | null; readonly periodMs: number }): Result<HostUndo, HostRefusal> {
  const wrong = outside('periodMs', periodMs, 1, 1_000) ?? (quotaMs === null ? null : outside('quotaMs', quotaMs, 1, 1_000_000));
  if (wrong !== null) return err(wrong);
  const before = settingsOfGroup(world, group);
  const { burstUs } = world.cpu.groups[group.cpuGroup]!.bandwidth;
  const belowBurst = quotaMs === null ? null : outside('quotaMs, with the burst that is set,', quotaMs, burstUs / 1_000, 1_000_000);
  if (belowBurst !== null) return err(belowBurst);
  setQuota(world.cpu, group.cpuGroup, { quotaUs: quotaMs === null ? Infinity : quotaMs * 1_000, periodUs: periodMs * 1_000, burstUs });
  return ok({ kind: 'set-quota', group: group.name, quotaMs: before.quotaMs, periodMs: before.periodMs });
}

function pin(world: HostWorld, group: HostGroup, cpus: readonly number[]): Result<HostUndo, HostRefusal> {
  const last = world.spec.cpus - 1;
  const wrong = cpus.length === 0 ? outside('cpus', -1, 0, last) : cpus.map((cpu) => (Number.isInteger(cpu) ? outside('cpus', cpu, 0, last) : outside('cpus', -1, 0, last))).find((each) => each !== null) ?? null;
  if (wrong !== null) return err(wrong);
  const { cpus: before } = settingsOfGroup(world, group);
  setGroupCpus(world.cpu, group.cpuGroup, cpus);
  return ok({ kind: 'pin-group', group: group.name, cpus: before });
}

/** As cgroup v2: the limit is set at once, what cannot be reclaimed is killed. */
function changeLimit(world: HostWorld, group: HostGroup, memoryLimitMib: number | null): Result<HostUndo, HostRefusal> {
  const wrong = memoryLimitMib === null ? null : outside('memoryLimitMib', memoryLimitMib, 1, world.spec.memoryMib);
  if (wrong !== null) return err(wrong);
  const { memoryLimitMib: before } = settingsOfGroup(world, group);
  if (setMemoryLimit(world.memory.tree, group.memoryGroup, pagesOrUnlimited(memoryLimitMib), 'v2') === 'over') outgrownLimit(world, group.memoryGroup);
  return ok({ kind: 'set-memory-limit', group: group.name, memoryLimitMib: before });
}

/** Who is above it now sleeps when it next wants memory. */
function changeHigh(world: HostWorld, group: HostGroup, memoryHighMib: number | null): Result<HostUndo, HostRefusal> {
  const wrong = memoryHighMib === null ? null : outside('memoryHighMib', memoryHighMib, 1, world.spec.memoryMib);
  if (wrong !== null) return err(wrong);
  const { memoryHighMib: before = null } = settingsOfGroup(world, group);
  world.memory.tree.groups[group.memoryGroup]!.highPages = pagesOrUnlimited(memoryHighMib);
  return ok({ kind: 'set-memory-high', group: group.name, memoryHighMib: before });
}

function changeIo(world: HostWorld, group: HostGroup, { direction, mibPerSecond, iops }: Extract<HostCommand, { readonly kind: 'set-io-limit' }>): Result<HostUndo, HostRefusal> {
  const throttle = world.io?.throttles[groupNamed(world, group.name)];
  if (throttle === undefined) return err({ code: 'no-disk' });
  const wrong = (mibPerSecond === null ? null : outside('mibPerSecond', mibPerSecond, 0.001, 1e6)) ?? (iops === null ? null : outside('iops', iops, 1, 1e9));
  if (wrong !== null) return err(wrong);
  const before = settingsOfGroup(world, group).io?.[direction] ?? NO_IO_LIMIT;
  setIoLimit(throttle, direction, { bytesPerSecond: (mibPerSecond ?? Infinity) * BYTES_PER_MIB, iops: iops ?? Infinity }, world.cpu.nowUs);
  return ok({ kind: 'set-io-limit', group: group.name, direction, ...before });
}
