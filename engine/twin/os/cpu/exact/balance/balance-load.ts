/**
 * Periodic balancing of a busy CPU (`sched_balance_rq`): when another CPU has too much and its own load is below that and
 * the mean (by 17 % when it has too much itself), it pulls waiting tasks up to half of the difference. A task larger than that moves only after failed
 * attempts, each of which halves how large it seems: so three equal tasks on two CPUs rotate.
 */
import type { Cpu, CpuHost } from '../cpu-host';
import { averageCpu } from '../load-average';
import { tickUs } from '../kernel-settings';
import { hierarchicalLoad } from './hierarchical-load';
import { moveTask, movableTasks } from './pull-tasks';
import { cpuLoad, IMBALANCE_PERCENT } from './place-task';
import { kickIdle } from './pull-when-idle';

const BUSY_FACTOR = 16;
/** Halvings of a task's load by failed attempts stop to count here. */
const HALVINGS_MAX = 30;

/** At a CPU's tick: its own balancing when due, and a kick to idle CPUs when it has tasks waiting. */
export function balanceAtTick(host: CpuHost, cpu: Cpu): void {
  if (host.cpus.length === 1) return;
  if (cpu.queued >= 2) kickIdle(host);
  if (host.nowUs < cpu.nextBalanceUs) return;
  const balanced = balanceBusy(host, cpu);
  const minimum = host.cpus.length;
  cpu.balanceIntervalMs = balanced ? Math.min(2 * minimum, cpu.balanceIntervalMs * 2) : minimum;
  const tick = tickUs(host.settings);
  const ticks = Math.max(1, Math.min(host.settings.hz * host.cpus.length * 0.1, Math.ceil((cpu.balanceIntervalMs * BUSY_FACTOR * 1_000) / tick) - 1));
  cpu.nextBalanceUs = host.nowUs + Math.floor(ticks) * tick;
}

/** True when nothing needed to move. */
function balanceBusy(host: CpuHost, cpu: Cpu): boolean {
  const imbalance = imbalanceFrom(host, cpu);
  if (imbalance === undefined) {
    cpu.balanceFailed = 0;
    return true;
  }
  let left = imbalance.load;
  let moved = 0;
  for (const task of movableTasks(host, imbalance.from.id, cpu.id, cpu.balanceFailed)) {
    const load = hierarchicalLoad(host, task);
    if (load / 2 ** Math.min(HALVINGS_MAX, cpu.balanceFailed) > left) continue;
    moveTask(host, task, cpu.id);
    moved += 1;
    left -= load;
    if (left <= 0) break;
  }
  cpu.balanceFailed = moved > 0 ? 0 : cpu.balanceFailed + 1;
  return false;
}

function imbalanceFrom(host: CpuHost, cpu: Cpu): { readonly from: Cpu; readonly load: number } | undefined {
  let from: Cpu | undefined;
  let busiestLoad = 0;
  let total = 0;
  for (const other of host.cpus) {
    const load = cpuLoad(host, other.id);
    total += load;
    if (other === cpu || !isOverloaded(host, other) || load <= busiestLoad) continue;
    from = other;
    busiestLoad = load;
  }
  const local = cpuLoad(host, cpu.id);
  const mean = total / host.cpus.length;
  if (from === undefined || local >= busiestLoad || local >= mean || hasSpare(host, cpu)) return undefined;
  if (isOverloaded(host, cpu) && 100 * busiestLoad <= IMBALANCE_PERCENT * local) return undefined;
  return { from, load: Math.min(busiestLoad - mean, mean - local) };
}

/** A busy CPU with capacity to spare (`group_has_spare`) leaves it to an idle one: a group that is throttled in every period does not rotate. */
function hasSpare(host: CpuHost, cpu: Cpu): boolean {
  averageCpu(host, cpu);
  return cpu.runnableAverage * 100 <= IMBALANCE_PERCENT && cpu.busyAverage * IMBALANCE_PERCENT < 100;
}

function isOverloaded(host: CpuHost, cpu: Cpu): boolean {
  averageCpu(host, cpu);
  return cpu.runnable > 1 && (cpu.runnableAverage * 100 > IMBALANCE_PERCENT || cpu.busyAverage * IMBALANCE_PERCENT > 100);
}
