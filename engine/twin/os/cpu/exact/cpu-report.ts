/** Accounts of tasks and groups as the kernel prints them (schedstat, cpu.stat); differences of two make rates. */
import { NONE, type CpuHost } from './cpu-host';

export type TaskAccount = { readonly name: string; readonly cpuUs: number; readonly waitUs: number; readonly slices: number; readonly migrations: number };
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
  const { name, cpuUs, waitUs, waitSinceUs, slices, migrations } = host.tasks[id]!;
  return { name, cpuUs, waitUs: waitUs + (waitSinceUs === NONE ? 0 : host.nowUs - waitSinceUs), slices, migrations };
}

export function groupAccount(host: CpuHost, id: number): GroupAccount {
  const { name, cpuUs, bandwidth } = host.groups[id]!;
  const { periods, throttledPeriods, throttledUs, burstPeriods, burstUsedUs } = bandwidth;
  return { name, cpuUs, periods, throttledPeriods, throttledUs, burstPeriods, burstUsedUs };
}
