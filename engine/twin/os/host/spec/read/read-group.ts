/** Reads a control group of a host: its part of CPUs, memory, swap and disk. */
import { has, member, note, onlyKeys, optional, readChoice, readFlag, readList, readNumber, readText, type SpecReader } from '../../../../spec-reader';
import { SHARES_MAX, SHARES_MIN } from '../../../cpu/weights';
import type { CpuSharesSpec, HostGroupSpec, IoLimitSpec } from '../host-spec';
import { CPUS_MAX, MIB_MAX } from './read-limits';

export function readGroup(at: SpecReader, cpus: number): HostGroupSpec {
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

function readShares(at: SpecReader): CpuSharesSpec {
  onlyKeys(at, ['shares', 'cgroup']);
  return { shares: readNumber(member(at, 'shares'), { min: SHARES_MIN, max: SHARES_MAX, integer: true }), cgroup: readChoice(member(at, 'cgroup'), ['v1', 'v2-linear', 'v2']) };
}

function readIoLimits(at: SpecReader): NonNullable<HostGroupSpec['io']> {
  onlyKeys(at, ['read', 'write']);
  const limit = (m: SpecReader): IoLimitSpec => {
    onlyKeys(m, ['mibPerSecond', 'iops']);
    return { mibPerSecond: optional(m, 'mibPerSecond', (n) => readNumber(n, { min: 0.001, max: 1e6 })), iops: optional(m, 'iops', (n) => readNumber(n, { min: 1, max: 1e9 })) };
  };
  return { read: optional(at, 'read', limit), write: optional(at, 'write', limit) };
}
