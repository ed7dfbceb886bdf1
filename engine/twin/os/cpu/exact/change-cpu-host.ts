/** Changes of a running host: weights, idle groups, nice levels, CPUs, and tasks that move to another group. */
import { IDLE_WEIGHT, weightOfNice } from '../weights';
import { allowedCpus, isAllowed } from './balance/allowed-cpus';
import { moveTask } from './balance/pull-tasks';
import { cpuMask } from './build-cpu-host';
import { chargeCpu } from './charge-time';
import { reweightEntity } from './compete';
import type { CpuHost, CpuTask } from './cpu-host';
import { leaveCpu } from './leave-cpu';
import { updateGroupShare } from './group-share';
import { moveAsleep, wakeTask } from './wake-task';

/** A new load weight of a group (1024 = default); see weights.ts for cpu.shares and cpu.weight. */
export function setGroupWeight(host: CpuHost, id: number, weight: number): void {
  const group = host.groups[id]!;
  group.weight = weight;
  chargeAll(host);
  for (const queue of group.queues) updateGroupShare(host, host.queues[queue]!);
}

/** `cpu.idle`: the group runs only on what others leave. Taking it back restores `weight`. */
export function setGroupIdle(host: CpuHost, id: number, idle: boolean, weight = 1_024): void {
  host.groups[id]!.idle = idle;
  setGroupWeight(host, id, idle ? IDLE_WEIGHT : weight);
}

/** Stops a task where it stands (SIGSTOP, a sleep in the kernel) and returns the work it had left, µs; `giveWork` lets it go on. */
export function pauseCpuTask(host: CpuHost, id: number): number {
  const task = host.tasks[id]!;
  if (task.state === 'running') chargeCpu(host, task.cpu);
  const left = task.workUs;
  task.workUs = 0;
  leaveCpu(host, task);
  return left;
}

export function reniceTask(host: CpuHost, id: number, nice: number): void {
  const task = host.tasks[id]!;
  chargeCpu(host, task.cpu);
  task.nice = nice;
  reweightEntity(host, host.entities[task.entity]!, weightOfNice(nice));
}

/** Allowed CPUs of a group; tasks that stand elsewhere move at once. */
export function setGroupCpus(host: CpuHost, id: number, cpus: readonly number[]): void {
  host.groups[id]!.cpus = cpuMask(host, cpus);
  for (const task of host.tasks) {
    if (task.state === 'ended' || isAllowed(host, task.group, task.cpu)) continue;
    const [to] = allowedCpus(host, task.group).sort((a, b) => host.cpus[a]!.runnable - host.cpus[b]!.runnable || a - b);
    if (to !== undefined && to !== task.cpu) relocate(host, task, task.group, to);
  }
}

/** Puts a task into another group. */
export function moveTaskToGroup(host: CpuHost, id: number, group: number): void {
  const task = host.tasks[id]!;
  if (task.group === group || task.state === 'ended') return;
  const cpu = isAllowed(host, group, task.cpu) ? task.cpu : allowedCpus(host, group)[0]!;
  relocate(host, task, group, cpu);
}

function relocate(host: CpuHost, task: CpuTask, group: number, cpu: number): void {
  const asleep = task.state === 'asleep';
  if (task.state === 'runnable' && !task.inLimbo && task.group === group) return moveTask(host, task, cpu);
  leaveCpu(host, task);
  task.group = group;
  moveAsleep(host, task, cpu);
  if (!asleep) wakeTask(host, task, cpu);
}

function chargeAll(host: CpuHost): void {
  for (const cpu of host.cpus) chargeCpu(host, cpu.id);
}
