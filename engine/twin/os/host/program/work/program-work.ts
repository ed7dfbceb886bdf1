/** What a ready program does: answers requests, computes, works by the clock, leaks. */
import { giveWork } from '../../../cpu';
import { beginBackup, pieceDone } from '../../disk/run-backup';
import { calledProgram, callProgram, HostCall } from '../../host-call';
import type { HostWorld, Program } from '../../host-world';
import type { ProgramLoad } from '../../spec/host-spec';
import { nextRunUs } from '../../upkeep/calendar';
import { beginUpdates, installed, unpack } from '../../upkeep/install-updates';
import { stopWhenDrained } from '../life/ask-to-stop';
import { answerProbe } from '../life/probe-program';
import { finishStart, startWorked } from '../life/program-life';
import { leakLater } from '../memory/program-memory';
import { touchLater } from '../memory/program-swap';
import { openLog } from './program-log';
import { spoolLater } from './program-spool';
import { endCpuWork, ioEnded, nextArrivalOf, serve } from './serve-requests';

const US_PER_SECOND = 1_000_000;
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
