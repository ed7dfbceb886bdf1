/**
 * Runs a host to a moment. A caller gives tasks CPU work and is told when it is done; in the same instant it may give
 * more, and the task goes on without leaving its CPU. Timers of the caller (`callAt`) run in the same order of events.
 */
import { invariant, nextEventAt, schedule, takenEvent, takeEvent, timeUs, type TakenEvent } from '@/engine/kernel';
import { shareSlack, turnPeriod } from './bandwidth/period-timer';
import { balanceIdle } from './balance/pull-when-idle';
import { chargeCpu } from './charge-time';
import { CpuEvent } from './cpu-event';
import { NONE, type Cpu, type CpuHost } from './cpu-host';
import { fallAsleep } from './leave-cpu';
import { armRunEnd, rescheduleCpu } from './reschedule';
import { tickCpu } from './tick';
import { wakeTask } from './wake-task';

/** What a caller hears. Both are called at `host.nowUs`, which `giveWork`, `callAt` and the changes of a host refer to. */
export type CpuListener = {
  /** The task has done all its work. Without new work it falls asleep. */
  workDone(host: CpuHost, task: number): void;
  /** A timer of `callAt` fires. */
  called(host: CpuHost, subject: number, detail: number): void;
  /** An event is over and every CPU has chosen what it runs. */
  settled?(host: CpuHost): void;
};

export const SILENT: CpuListener = { workDone: () => undefined, called: () => undefined };

const WORK_DONE_US = 1e-6;

/** Gives a task `cpuUs` more to do (Infinity: it never sleeps again) and wakes it if it sleeps. `waker` is the CPU of who does so, `sync` that it will sleep at once. */
export function giveWork(host: CpuHost, id: number, cpuUs: number, waker?: number, sync = false): void {
  const task = host.tasks[id]!;
  invariant(cpuUs > 0 && task.state !== 'ended', `task ${id} cannot be given ${cpuUs} µs of work`);
  const cpu = host.cpus[task.cpu]!;
  if (task.state === 'running') chargeCpu(host, task.cpu);
  task.workUs += cpuUs;
  if (task.state === 'asleep') wakeTask(host, task, waker, sync);
  else if (cpu.task === id) armRunEnd(host, cpu);
}

/** Calls the listener back at `atUs` (not before now) with `subject` and `detail`. */
export function callAt(host: CpuHost, atUs: number, subject: number, detail = 0): void {
  schedule(host.events, timeUs(Math.max(host.nowUs, atUs)), CpuEvent.call, subject, detail);
}

const event: TakenEvent = takenEvent();

/** Advances to `untilUs`; events at that very moment are handled. In slices or whole, the state is the same. */
export function runCpuHost(host: CpuHost, untilUs: number, listener: CpuListener): void {
  rescheduleAll(host);
  while (nextEventAt(host.events) <= untilUs) {
    takeEvent(host.events, event);
    host.nowUs = event.at;
    handle(host, event, listener);
    rescheduleAll(host);
    listener.settled?.(host);
  }
  host.nowUs = Math.max(host.nowUs, untilUs);
}

function handle(host: CpuHost, { kind, subject, detail }: TakenEvent, listener: CpuListener): void {
  switch (kind) {
    case CpuEvent.tick:
      return tickCpu(host, host.cpus[subject]!);
    case CpuEvent.runEnd:
      return endRun(host, host.cpus[subject]!, detail, listener);
    case CpuEvent.period:
      return turnPeriod(host, subject, detail);
    case CpuEvent.slack:
      return shareSlack(host, subject);
    case CpuEvent.kick:
      return balanceIdle(host);
    default:
      return listener.called(host, subject, detail);
  }
}

function endRun(host: CpuHost, cpu: Cpu, version: number, listener: CpuListener): void {
  if (version !== cpu.runVersion || cpu.task === NONE) return;
  chargeCpu(host, cpu.id);
  const task = host.tasks[cpu.task]!;
  if (isLeft(host, task.workUs) || isLeft(host, task.overheadUs)) return armRunEnd(host, cpu);
  task.workUs = 0;
  listener.workDone(host, task.id);
  if (task.workUs === 0 && task.state === 'running') fallAsleep(host, task);
}

/** After days the clock steps by more than WORK_DONE_US: what no step of it can do is done. */
const isLeft = (host: CpuHost, us: number) => us > WORK_DONE_US && host.nowUs + us > host.nowUs;

function rescheduleAll(host: CpuHost): void {
  for (let again = true; again; ) {
    again = false;
    for (const cpu of host.cpus) {
      if (!cpu.reschedule) continue;
      rescheduleCpu(host, cpu);
      again = true;
    }
  }
}
