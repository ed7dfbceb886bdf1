/**
 * How an idle CPU comes to a waiting task. About to idle (`sched_balance_newidle`) it looks only by chance, as often
 * as such looks have found something (NI_RANDOM, Linux 6.18.5 and later); so two tasks may share a CPU while another
 * one idles. A busy CPU's tick then kicks the idle ones (`nohz_balancer_kick`): the interrupt comes after that CPU has
 * switched, the task that waits now has just run, and what is cache-hot is moved only after failed attempts.
 */
import { nextBelow, schedule, timeUs } from '@/engine/kernel';
import { CpuEvent } from '../cpu-event';
import type { Cpu, CpuHost } from '../cpu-host';
import { isAllowed } from './allowed-cpus';
import { isIdle } from './place-task';
import { moveTask, movableTasks } from './pull-tasks';

/** An interrupt from one CPU to an idle one. */
const KICK_LATE_US = 30;
const DICE = 1_024;
/** Looks after which their success becomes the chance of the next ones; then half of them is forgotten. */
const LOOKS_COUNTED = 1_024;

/** True when a task came. */
export function pullWhenNewlyIdle(host: CpuHost, cpu: Cpu): boolean {
  if (host.cpus.length === 1 || !host.overloaded) return false;
  const weight = 1 + cpu.lookChance;
  if (nextBelow(host.random, DICE) > weight) {
    countLook(cpu, 0);
    return false;
  }
  host.overloaded = host.cpus.some(({ queued }) => queued >= 2);
  const pulled = pullInto(host, cpu) === 'pulled';
  countLook(cpu, pulled ? Math.round(DICE / weight) : 0);
  return pulled;
}

function countLook(cpu: Cpu, found: number): void {
  cpu.looks += 1;
  cpu.looksFound += found;
  if (cpu.looks < LOOKS_COUNTED) return;
  cpu.lookChance = cpu.looksFound;
  cpu.looks >>= 1;
  cpu.looksFound >>= 1;
}

/** At the tick of a CPU with tasks waiting. */
export function kickIdle(host: CpuHost): void {
  if (host.kickPending || !host.cpus.some((cpu) => isIdle(host, cpu.id))) return;
  host.kickPending = true;
  schedule(host.events, timeUs(host.nowUs + KICK_LATE_US), CpuEvent.kick, 0);
}

/** The kick arrives: every CPU that is still idle tries to pull. */
export function balanceIdle(host: CpuHost): void {
  host.kickPending = false;
  for (const cpu of host.cpus) {
    if (!isIdle(host, cpu.id)) continue;
    const outcome = pullInto(host, cpu);
    cpu.balanceFailed = outcome === 'failed' ? cpu.balanceFailed + 1 : 0;
    if (outcome === 'pulled') cpu.reschedule = true;
  }
}

/** One task from the CPU with the most. It fails where all that may come runs, has just run, or sleeps but still competes. */
function pullInto(host: CpuHost, cpu: Cpu): 'pulled' | 'failed' | 'balanced' {
  let busiest: Cpu | undefined;
  for (const other of host.cpus) if (other !== cpu && other.queued >= 2 && (busiest === undefined || other.queued > busiest.queued)) busiest = other;
  if (busiest === undefined) return 'balanced';
  const [task] = movableTasks(host, busiest.id, cpu.id, cpu.balanceFailed);
  if (task === undefined) return mayCome(host, busiest, cpu) ? 'failed' : 'balanced';
  moveTask(host, task, cpu.id);
  return 'pulled';
}

const mayCome = (host: CpuHost, from: Cpu, to: Cpu) => host.tasks.some((task) => task.cpu === from.id && (task.state === 'running' || task.state === 'runnable') && isAllowed(host, task.group, to.id));
