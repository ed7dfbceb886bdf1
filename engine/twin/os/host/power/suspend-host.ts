/**
 * Suspend to RAM: a host that has had nothing to do for some time stops, all but its memory. A request (wake on LAN) or
 * a timer (the RTC's alarm) wakes it, and waits until it has resumed; logs and leaks stand still meanwhile. Whoever samples
 * it from outside does not wake it.
 */
import { unreachable } from '@/engine/kernel';
import { callAt } from '../../cpu';
import { HostCall } from '../host-call';
import { noteEvent, type HostWorld, type Program } from '../host-world';
import { serveQueue } from '../program/work/serve-requests';
import { endIdle } from './host-idle';

/** `resumeWatts`: drawn while it resumes, default as at full load. */
export type SuspendSpec = { readonly watts: number; readonly afterSeconds: number; readonly resumeMs: number; readonly resumeWatts?: number };

export const SUSPEND_AFTER_SECONDS_MAX = 86_400;

export type HostSleep = {
  state: 'awake' | 'suspended' | 'resuming';
  /** Idle time before it suspends; null: it never does. */
  afterUs: number | null;
  sinceUs: number;
  /** A plan to suspend of an earlier idle time is void. */
  version: number;
  planned: boolean;
  /** Timers that fired meanwhile. */
  held: { readonly kind: number; readonly detail: number }[];
  resumes: number;
  /** Since the last sample, stretches that are over. */
  suspendedUs: number;
  resumingUs: number;
};

export const hostSleep = (spec: SuspendSpec | undefined): HostSleep => ({ state: 'awake', afterUs: spec === undefined ? null : spec.afterSeconds * 1e6, sinceUs: 0, version: 0, planned: false, held: [], resumes: 0, suspendedUs: 0, resumingUs: 0 });

/** After every event: plans to suspend when nothing is left to do, drops the plan when something is. */
export function watchSleep(world: HostWorld): void {
  const { sleep, cpu } = world;
  if (sleep.afterUs === null || sleep.state !== 'awake') return;
  const quiet = isQuiet(world);
  if (quiet === sleep.planned) return;
  sleep.planned = quiet;
  sleep.version += 1;
  if (quiet) callAt(cpu, cpu.nowUs + sleep.afterUs, HostCall.suspend, sleep.version);
}

const isQuiet = ({ cpu, programs, waiting, trouble, io }: HostWorld) => (io === null || (io.jobs.size === 0 && io.onDevice === 0)) && trouble.powerCuts === 0 && trouble.upFromUs <= cpu.nowUs && waiting.size === 0 && cpu.cpus.every(({ task }) => task < 0) && programs.every(hasNothingToDo);

const hasNothingToDo = ({ phase, lanes, queue, installing, frozen }: Program) => phase === 'down' || phase === 'moved' || (phase === 'ready' && frozen.length === 0 && queue.length === 0 && installing.length === 0 && lanes.every(({ request }) => request === null));

/** Another idle time before it suspends; counted from now. */
export function planSuspend({ sleep }: HostWorld, afterUs: number | null): void {
  sleep.afterUs = afterUs;
  sleep.planned = false;
  sleep.version += 1;
}

/** The planned moment has come. */
export function suspendHost(world: HostWorld, version: number): void {
  const { sleep } = world;
  if (!sleep.planned || version !== sleep.version) return;
  turn(world, 'suspended');
  noteEvent(world, 'suspended', world.spec.name, 'nothing to do');
}

const HELD: Readonly<Record<number, 'wakes' | 'waits'>> = {
  [HostCall.start]: 'wakes', [HostCall.startWaited]: 'wakes', [HostCall.waited]: 'wakes', [HostCall.timer]: 'wakes', [HostCall.downloaded]: 'wakes', [HostCall.pulled]: 'wakes',
  [HostCall.byHand]: 'wakes', [HostCall.renew]: 'wakes', [HostCall.mayReboot]: 'wakes', [HostCall.rotate]: 'wakes', [HostCall.snapshot]: 'wakes', [HostCall.snapshotGrows]: 'waits', [HostCall.evict]: 'waits', [HostCall.leak]: 'waits', [HostCall.log]: 'waits', [HostCall.touch]: 'waits', [HostCall.spool]: 'waits', [HostCall.flush]: 'waits', [HostCall.probe]: 'waits', [HostCall.probe + 1]: 'waits', [HostCall.probe + 2]: 'waits',
};

/** Whether a timer has to wait until the host is awake; some wake it. */
export function isHeld(world: HostWorld, kind: number, detail: number): boolean {
  const held = world.sleep.state === 'awake' ? undefined : HELD[kind];
  if (held === undefined) return false;
  world.sleep.held.push({ kind, detail });
  if (held === 'wakes') wakeHost(world);
  return true;
}

/** Begins to resume, where it is suspended. */
export function wakeHost(world: HostWorld): void {
  if (world.sleep.state !== 'suspended') return;
  turn(world, 'resuming');
  world.sleep.resumes += 1;
  callAt(world.cpu, world.cpu.nowUs + world.spec.power!.suspend!.resumeMs * 1_000, HostCall.resumed, world.sleep.resumes);
}

/** Awake again: what waited is done, in the order in which it came. */
export function resumed(world: HostWorld, resume: number): readonly { readonly kind: number; readonly detail: number }[] {
  const { sleep, cpu } = world;
  if (sleep.state !== 'resuming' || resume !== sleep.resumes) return [];
  turn(world, 'awake');
  noteEvent(world, 'resumed', world.spec.name, `after ${world.spec.power!.suspend!.resumeMs} ms`);
  for (const program of world.programs) {
    for (const request of program.queue) request.wakingUs = cpu.nowUs - request.arrivedUs;
    serveQueue(world, program);
  }
  const { held } = sleep;
  sleep.held = [];
  return held;
}

/** A boot ends a sleep, whatever waited. */
export function forgetSleep(world: HostWorld): void {
  if (world.sleep.state !== 'awake') turn(world, 'awake');
  world.sleep.held = [];
}

function turn(world: HostWorld, to: HostSleep['state']): void {
  const { sleep, cpu, idle } = world;
  endStretch(sleep, cpu.nowUs);
  if (to === 'suspended') endIdle(world);
  sleep.state = to;
  sleep.planned = false;
  idle.sinceUs = to === 'awake' ? cpu.nowUs : -1;
}

function endStretch(sleep: HostSleep, nowUs: number): void {
  const us = nowUs - sleep.sinceUs;
  sleep.sinceUs = nowUs;
  switch (sleep.state) {
    case 'awake':
      return;
    case 'suspended':
      sleep.suspendedUs += us;
      return;
    case 'resuming':
      sleep.resumingUs += us;
      return;
    default:
      return unreachable(sleep.state);
  }
}

/** Times in the window that ends now; begins the next one. */
export function takeSleep({ sleep, cpu }: HostWorld): { readonly suspendedUs: number; readonly resumingUs: number } {
  endStretch(sleep, cpu.nowUs);
  const { suspendedUs, resumingUs } = sleep;
  sleep.suspendedUs = sleep.resumingUs = 0;
  return { suspendedUs, resumingUs };
}
