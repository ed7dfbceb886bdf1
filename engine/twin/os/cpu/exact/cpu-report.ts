/**
 * Accounts of tasks, groups and CPUs as the kernel prints them (schedstat, cpu.stat); differences of two make rates.
 * Looking changes nothing: what runs right now is added here, not charged.
 */
import { NONE, type Cpu, type CpuHost } from './cpu-host';

/** `waitUs`: as schedstat has it, a wait counts when it ends; throttled time is waiting, and `throttledUs` of it, up to now. */
export type TaskAccount = { readonly name: string; readonly cpuUs: number; readonly waitUs: number; readonly throttledUs: number; readonly slices: number; readonly migrations: number };
export type GroupAccount = {
  readonly name: string;
  readonly cpuUs: number;
  readonly periods: number;
  readonly throttledPeriods: number;
  /** Sum over CPUs, as cgroup v1 and v2 count it: a stretch of throttling is counted when it ends. */
  readonly throttledUs: number;
  readonly burstPeriods: number;
  readonly burstUsedUs: number;
};

export function taskAccount(host: CpuHost, id: number): TaskAccount {
  const { name, cpu, cpuUs, waitUs, throttledUs, throttledSinceUs, slices, migrations } = host.tasks[id]!;
  const running = host.cpus[cpu]!.task === id ? uncharged(host, host.cpus[cpu]!) : 0;
  return { name, cpuUs: cpuUs + running, waitUs, throttledUs: throttledUs + (throttledSinceUs === NONE ? 0 : host.nowUs - throttledSinceUs), slices, migrations };
}

export function groupAccount(host: CpuHost, id: number): GroupAccount {
  const { name, cpuUs, bandwidth } = host.groups[id]!;
  const { periods, throttledPeriods, throttledUs, burstPeriods, burstUsedUs } = bandwidth;
  let running = 0;
  for (const cpu of host.cpus) if (cpu.task !== NONE && isBelow(host, host.tasks[cpu.task]!.group, id)) running += uncharged(host, cpu);
  return { name, cpuUs: cpuUs + running, periods, throttledPeriods, throttledUs, burstPeriods, burstUsedUs };
}

/** Busy time of a CPU since the host's start. */
export const cpuBusyUs = (host: CpuHost, id: number) => host.cpus[id]!.busyUs + (host.cpus[id]!.task === NONE ? 0 : host.nowUs - host.cpus[id]!.averageUs);

const uncharged = (host: CpuHost, cpu: Cpu) => Math.max(0, host.nowUs - host.entities[host.tasks[cpu.task]!.entity]!.ranSinceUs);

function isBelow(host: CpuHost, group: number, ancestor: number): boolean {
  for (let id = group; id !== NONE; id = host.groups[id]!.parent) if (id === ancestor) return true;
  return false;
}
