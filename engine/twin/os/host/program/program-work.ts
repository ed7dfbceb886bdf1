/** What a ready program does: answers requests, computes, works by the clock, leaks. */
import { addValue, drawVariate, nextExponential } from '@/engine/kernel';
import { callAt, giveWork, taskAccount } from '../../cpu';
import { callArrival, calledProgram, callProgram, HostCall } from '../host-call';
import type { HostWorld, Lane, Program, Request } from '../host-world';
import { nextRunUs } from '../upkeep/calendar';
import { beginUpdates, installed, unpack } from '../upkeep/install-updates';
import { isTrusted } from '../upkeep/keep-certificates';
import { wakeHost } from '../power/suspend-host';
import { stopWhenDrained } from './ask-to-stop';
import { answerProbe, isRouted } from './probe-program';
import { finishStart, startWorked } from './program-life';
import { openLog } from './program-log';
import type { ProgramLoad } from '../spec/host-spec';
import { beginIo, stepsOfRequest, type IoJob } from '../disk/io-job';
import { beginBackup, pieceDone, pieceRead } from '../disk/run-backup';
import { leakLater } from './program-memory';
import { spoolLater } from './program-spool';
import { touchLater } from './program-swap';

const US_PER_SECOND = 1_000_000;
/** Requests that may wait for a lane; further ones fail at once (listen backlog). */
const QUEUE_MAX = 4_096;
/** What is known by its CPU use alone works ten times a second, and less often where that would be less than a millisecond at a time. */
const BACKGROUND_STEP_US = 100_000;
const BACKGROUND_STEP_US_MAX = 5 * US_PER_SECOND;
const BACKGROUND_WORK_US = 1_000;
const BEHIND_US_MAX = US_PER_SECOND;

export function beginWork(world: HostWorld, program: Program): void {
  const { load } = program.spec;
  if (load.kind === 'busy') for (const lane of program.lanes) giveWork(world.cpu, lane.task, Infinity);
  else if (hasMissedRun(world, program)) callTimer(world, program, world.cpu.nowUs);
  else if (load.kind !== 'requests') nextTimer(world, program);
  else if (!program.hasClients) {
    program.hasClients = true; // clients come once it has been there
    nextArrivalOf(world, program);
  }
  leakLater(world, program);
  touchLater(world, program);
  spoolLater(world, program);
  openLog(world, program);
}

export function nextArrivalOf(world: HostWorld, program: Program): void {
  const { load } = program.spec;
  if (load.kind === 'requests' && load.rps > 0) callArrival(world, program, world.cpu.nowUs + nextExponential(program.arrivals, US_PER_SECOND / (load.rps * program.loadFactor)));
}

/** Requests come whether or not there is room, and whether or not anybody listens: the clients are open. */
export function arrive(world: HostWorld, id: number): void {
  const program = world.programs[id]!;
  if (program.phase === 'moved' || program.demand === null || program.spec.load.kind !== 'requests') return;
  nextArrivalOf(world, program);
  program.window.arrived += 1;
  const request = newRequest(world, Math.max(1, drawVariate(program.demands, program.demand)));
  if (world.trouble.networkCuts > 0) {
    program.window.failed += 1; // no answer: the client gives up
    return;
  }
  wakeHost(world);
  if (!isRouted(program) || !isTrusted(world, program) || !accept(world, program, request)) program.window.failed += 1; // nobody listens, a certificate that no client accepts, or a full backlog
}

/** To a free lane, else into the queue; false when that is full. */
export function accept(world: HostWorld, program: Program, request: Request): boolean {
  const free = world.sleep.state === 'awake' ? program.lanes.find((lane) => lane.request === null) : undefined;
  if (free !== undefined) serve(world, free, request);
  else if (program.queue.length < QUEUE_MAX) program.queue.push(request);
  else return false;
  return true;
}

export const newRequest = ({ cpu }: HostWorld, cpuUs: number): Request => ({ arrivedUs: cpu.nowUs, cpuUs, begunUs: 0, laneCpuUs: 0, laneWaitUs: 0, laneThrottledUs: 0, wakingUs: 0 });

function serve(world: HostWorld, lane: Lane, request: Request): void {
  const account = taskAccount(world.cpu, lane.task);
  lane.request = request;
  request.begunUs = world.cpu.nowUs;
  request.laneCpuUs = account.cpuUs;
  request.laneWaitUs = account.waitUs;
  request.laneThrottledUs = account.throttledUs;
  giveWork(world.cpu, lane.task, request.cpuUs);
}

/** A task has done what it was given: a start, a request or a timer's work. */
export function workDone(world: HostWorld, task: number): void {
  const program = world.programs[world.taskOwner[task] ?? -1];
  const lane = program?.lanes.find((each) => each.task === task);
  if (program === undefined || lane === undefined) return;
  if (program.phase === 'starting') return program.isWarming === true ? finishStart(world, program) : startWorked(world, program);
  if (program.installing.length > 0) return installed(world, program);
  if (program.backup !== null) {
    pieceDone(world, program, ioEnded);
    return stopWhenDrained(world, program);
  }
  if (lane.request === null) return stopWhenDrained(world, program);
  const { request } = lane;
  lane.request = null;
  if (request.probe === undefined) endCpuWork(world, program, lane, request);
  const next = program.queue.shift();
  if (next !== undefined) serve(world, lane, next);
  if (request.probe !== undefined) answerProbe(world, program, request.probe);
  stopWhenDrained(world, program);
}

/** Requests that waited for something else than a lane get one, as far as lanes are free. */
export function serveQueue(world: HostWorld, program: Program): void {
  for (const lane of program.lanes) {
    const next = lane.request === null ? program.queue.shift() : undefined;
    if (next !== undefined) serve(world, lane, next);
  }
}

function endCpuWork(world: HostWorld, program: Program, lane: Lane, request: Request): void {
  const account = taskAccount(world.cpu, lane.task);
  const throttledUs = account.throttledUs - request.laneThrottledUs;
  const { window } = program;
  window.wakingUs += request.wakingUs;
  window.queuedUs += request.begunUs - request.arrivedUs - request.wakingUs;
  window.onCpuUs += account.cpuUs - request.laneCpuUs;
  window.throttledUs += throttledUs;
  window.runQueueUs += account.waitUs - request.laneWaitUs - throttledUs;
  const { load } = program.spec;
  if (load.kind === 'requests' && load.disk !== undefined && world.io !== null) beginIo(world, world.io, program, { request, steps: stepsOfRequest(program, load.disk) }, ioEnded);
  else waitForOthers(world, program, request);
}

/** What somebody did with the disk is done, or nobody waits for it any more. */
export function ioEnded(world: HostWorld, program: Program, job: IoJob): void {
  if (job.request === null) return pieceRead(world, program, job);
  program.window.otherUs += world.cpu.nowUs - job.sinceUs;
  if (program.life === job.life) waitForOthers(world, program, job.request);
  else program.window.failed += 1;
  stopWhenDrained(world, program);
}

function waitForOthers(world: HostWorld, program: Program, request: Request): void {
  if (program.wait === null) return answer(world, program, request);
  const readsDisk = waitsForDisk(program);
  if (readsDisk) program.readsDisk += 1;
  world.nextWaiting += 1;
  world.waiting.set(world.nextWaiting, { program: program.id, life: program.life, request, sinceUs: world.cpu.nowUs });
  callAt(world.cpu, world.cpu.nowUs + drawVariate(program.demands, program.wait) * (readsDisk ? world.trouble.diskFactor : 1), HostCall.waited, world.nextWaiting);
}

const waitsForDisk = ({ spec }: Program) => spec.load.kind === 'requests' && spec.load.waitsFor === 'disk';

export function waited(world: HostWorld, id: number): void {
  const waiting = world.waiting.get(id);
  const program = waiting === undefined ? undefined : world.programs[waiting.program];
  if (program !== undefined && world.trouble.networkCuts > 0 && !waitsForDisk(program)) {
    world.trouble.heldWaits.push(id); // what it waits for is beyond the cut
    return;
  }
  world.waiting.delete(id);
  if (waiting === undefined || program === undefined) return;
  program.window.otherUs += world.cpu.nowUs - waiting.sinceUs;
  if (program.life === waiting.life && program.readsDisk > 0 && program.phase === 'ready') program.readsDisk -= 1;
  if (program.life === waiting.life) answer(world, program, waiting.request);
  else program.window.failed += 1;
  stopWhenDrained(world, program);
}

function answer(world: HostWorld, { window }: Program, request: Request): void {
  if (world.trouble.networkCuts > 0) {
    window.failed += 1; // the answer does not reach its client
    return;
  }
  window.served += 1;
  addValue(window.latency, world.cpu.nowUs - request.arrivedUs);
}

export function timerFires(world: HostWorld, detail: number): void {
  const program = calledProgram(world, detail);
  if (program === null || program.phase !== 'ready' || world.cpu.nowUs < program.timerAtUs - 0.5) return;
  const { load } = program.spec;
  nextTimer(world, program);
  if (program.frozen.length > 0) return; // its run is lost
  if (load.kind === 'backup') beginBackup(world, program, ioEnded);
  else if (load.kind === 'updates') beginUpdates(world, program);
  else if (load.kind === 'background') workOn(world, program, load);
  else if (load.kind === 'timer' || load.kind === 'cron') giveWork(world.cpu, program.lanes[0]!.task, load.cpuMs * 1_000);
}

/** Plans its next run; one that was planned before is void. */
export function nextTimer(world: HostWorld, program: Program): void {
  const { load } = program.spec;
  const at = load.kind === 'timer' ? world.cpu.nowUs + load.everySeconds * US_PER_SECOND : load.kind === 'background' ? world.cpu.nowUs + backgroundStepUs(load.cores) : load.kind === 'cron' || load.kind === 'updates' || load.kind === 'backup' ? nextRunUs(world, load.schedule) : null;
  callTimer(world, program, at ?? Infinity);
}

function callTimer(world: HostWorld, program: Program, atUs: number): void {
  program.timerAtUs = atUs;
  if (atUs < Infinity) callProgram(world, program, HostCall.timer, atUs);
}

/** The run that was planned before it ended, or its host did, has gone by. */
const hasMissedRun = ({ cpu }: HostWorld, { spec: { load }, timerAtUs }: Program) => 'persistent' in load && load.persistent === true && timerAtUs <= cpu.nowUs;

const backgroundStepUs = (cores: number) => Math.min(BACKGROUND_STEP_US_MAX, Math.max(BACKGROUND_STEP_US, BACKGROUND_WORK_US / Math.max(cores, 1e-9)));

/** Work that comes whether it is done or not; a thread that is far behind gets no more. */
function workOn(world: HostWorld, { lanes }: Program, { cores, threads }: Extract<ProgramLoad, { kind: 'background' }>): void {
  const us = (cores / threads) * backgroundStepUs(cores);
  for (const { task } of lanes) if (us > 0 && world.cpu.tasks[task]!.workUs < BEHIND_US_MAX) giveWork(world.cpu, task, us);
}

export function downloaded(world: HostWorld, detail: number): void {
  const program = calledProgram(world, detail);
  if (program === null) return;
  if (world.trouble.networkCuts > 0 || program.frozen.length > 0) callProgram(world, program, HostCall.downloaded, world.cpu.nowUs + US_PER_SECOND); // it goes on when it can
  else unpack(world, program);
}
