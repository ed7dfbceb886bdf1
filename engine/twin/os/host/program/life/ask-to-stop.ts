/**
 * Asking a program to end: SIGTERM, and SIGKILL when its grace is over. One that drains takes no new request and ends with
 * the last one it has; one that ignores the signal works on until it is killed; without a handler it ends at once. Frozen
 * programs hear of the signal when they thaw. A host that reboots asks all of them, and boots when the last has ended.
 */
import { noteEvent, type HostWorld, type Program } from '../../host-world';
import { rebootHost } from '../../command/reboot-host';
import { calledProgram, callProgram, HostCall } from '../../host-call';
import { exitProgram, requestsIn, startLater, stopProgram } from './program-life';

/** What comes when it has ended; `exit`: its supervisor decides, `boot`: it waits for the next boot. */
export type AfterStop = 'start' | 'down' | 'boot' | 'exit';
export type Stopping = { then: AfterStop; readonly sinceUs: number; readonly why: string };

/** One that is asked again ends once, and what was asked last comes then. `why` is told of an exit. */
export function askToStop(world: HostWorld, program: Program, then: AfterStop, why = ''): void {
  if (program.stopping !== undefined) {
    program.stopping.then = then;
    return;
  }
  const { stop } = program.spec;
  if (stop === undefined || !takesTime(program)) return end(world, program, then, why);
  program.phase = 'stopping';
  program.stopping = { then, sinceUs: world.cpu.nowUs, why };
  callProgram(world, program, HostCall.stopGrace, world.cpu.nowUs + stop.graceSeconds * 1e6);
  stopWhenDrained(world, program);
}

const takesTime = ({ spec: { stop }, phase }: Program) => phase === 'stopping' || (phase === 'ready' && stop !== undefined && stop.handlesTerm !== 'exits');

/** After each piece of work of a program that ends: was it the last one? */
export function stopWhenDrained(world: HostWorld, program: Program): void {
  const { stopping, spec } = program;
  if (stopping === undefined || spec.stop?.handlesTerm !== 'drains' || hasWork(world, program)) return;
  noteEvent(world, 'stopped', spec.name, `${secondsSince(world, stopping)} after SIGTERM, nothing lost`);
  end(world, program, stopping.then, stopping.why);
}

/** The grace is over. */
export function killStopping(world: HostWorld, detail: number): void {
  const program = calledProgram(world, detail);
  if (program?.stopping === undefined) return;
  const { stopping, spec } = program;
  const lost = requestsIn(program) + waitingOf(world, program);
  noteEvent(world, 'stopped', spec.name, `SIGKILL ${secondsSince(world, stopping)} after SIGTERM, ${lost} ${lost === 1 ? 'request' : 'requests'} lost`);
  end(world, program, stopping.then, stopping.why);
}

const secondsSince = ({ cpu }: HostWorld, { sinceUs }: Stopping) => `${((cpu.nowUs - sinceUs) / 1e6).toFixed(2)} s`;
/** Requests that are with the disk, or with others. */
function waitingOf({ waiting, io }: HostWorld, { id, life }: Program): number {
  const isOwn = (each: { readonly program: number; readonly life: number }) => each.program === id && each.life === life;
  return [...waiting.values()].filter(isOwn).length + [...(io?.jobs.values() ?? [])].filter((job) => job.request !== null && isOwn(job)).length;
}


/** Requests, and a run of a timer or a backup that is under way; threads that never stop have nothing to finish. */
function hasWork(world: HostWorld, program: Program): boolean {
  if (requestsIn(program) + waitingOf(world, program) > 0 || program.frozen.length > 0 || program.backup !== null) return true;
  return program.lanes.some(({ task }) => world.cpu.tasks[task]!.workUs > 0 && Number.isFinite(world.cpu.tasks[task]!.workUs));
}

function end(world: HostWorld, program: Program, then: AfterStop, why: string): void {
  if (then === 'exit') return exitProgram(world, program, 'exit', why);
  stopProgram(world, program);
  afterStop(world, program, then);
}

/** It has ended, and its tasks are gone. */
export function afterStop(world: HostWorld, program: Program, then: Exclude<AfterStop, 'exit'>): void {
  if (then === 'start') startLater(world, program);
  else if (then === 'down') Object.assign(program, { phase: 'down', lastExit: null });
  else Object.assign(program, { phase: 'waiting', startsAtUs: world.cpu.nowUs });
  rebootWhenStopped(world);
}

/** Everybody is asked to end; the host boots when the last one has. */
export function shutDown(world: HostWorld): void {
  if (!world.programs.some(takesTime)) return rebootHost(world);
  for (const program of world.programs) if (program.phase !== 'moved' && program.phase !== 'down') askToStop(world, program, 'boot');
  world.trouble.rebootsWhenStopped = true;
  rebootWhenStopped(world);
}

function rebootWhenStopped(world: HostWorld): void {
  if (world.trouble.rebootsWhenStopped === true && world.programs.every(({ stopping }) => stopping === undefined)) rebootHost(world);
}
