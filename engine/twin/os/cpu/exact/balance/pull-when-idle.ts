/** A CPU that is about to idle, or idles, takes a waiting task from the CPU with the most (`sched_balance_newidle`). */
import type { Cpu, CpuHost } from '../cpu-host';
import { moveTask, movableTasks } from './pull-tasks';

/** True when a task came. Half of the difference is moved at most, one task at a time. */
export function pullWhenIdle(host: CpuHost, cpu: Cpu): boolean {
  let busiest: Cpu | undefined;
  for (const other of host.cpus) if (other !== cpu && other.runnable >= 2 && (busiest === undefined || other.runnable > busiest.runnable)) busiest = other;
  if (busiest === undefined || (busiest.runnable - cpu.runnable) >> 1 < 1) return false;
  const [task] = movableTasks(host, busiest.id, cpu.id, cpu.balanceFailed);
  if (task === undefined) return false;
  moveTask(host, task, cpu.id);
  return true;
}
