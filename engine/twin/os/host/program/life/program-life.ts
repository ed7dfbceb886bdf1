/**
 * A program starts (its image, CPU work, waiting, CPU work until it is warm), works, exits and is started again by its supervisor. Memory is taken at the
 * start and given back at the exit.
 */
import { addCpuTask, endCpuTask, giveWork, taskAccount } from '../../../cpu';
import { PAGES_PER_MIB } from '../../../memory';
import { calledProgram, callProgram, HostCall } from '../../host-call';
import { noteEvent, type HostWorld, type Program } from '../../host-world';
import { afterStop } from './ask-to-stop';
import { beginProbes, isClients } from './probe-program';
import { beginWork } from '../work/program-work';
import { closeLog } from '../work/program-log';
import { readFiles, releaseMemory, takeMemory } from '../memory/program-memory';
import { endStall } from '../memory/program-stall';
import { hasImage } from './pull-image';
import { nextStart } from './supervise-program';

const US_PER_SECOND = 1_000_000;
/** One that is frozen while it starts is looked at again so much later. */
const FROZEN_US = 100_000;

/** Starts a program that is not running. */
export function startProgram(world: HostWorld, program: Program): void {
  program.life += 1;
  program.phase = 'starting';
  program.startedUs = world.cpu.nowUs;
  program.starts += 1;
  if (program.starts > 1) program.restarts += 1;
  if (hasImage(world, program)) startProcess(world, program);
}

/** Its image is there, or was tried for. */
export function imageCame(world: HostWorld, detail: number): void {
  const program = calledProgram(world, detail);
  if (program !== null && program.phase === 'starting' && hasImage(world, program)) startProcess(world, program);
}

function startProcess(world: HostWorld, program: Program): void {
  addLanes(world, program);
  beginProbes(world, program);
  giveWork(world.cpu, program.lanes[0]!.task, Math.max(1, (program.spec.startUp?.cpuMs ?? 0.001) * 1_000));
}

/** The tasks of a program that begins a life. */
export function addLanes(world: HostWorld, program: Program): void {
  const { load } = program.spec;
  const lanes = load.kind === 'requests' ? load.lanes : load.kind === 'busy' || load.kind === 'background' ? load.threads : 1;
  program.lanes = Array.from({ length: lanes }, (_, i) => ({ task: addLane(world, program, i), request: null }));
}

function addLane(world: HostWorld, program: Program, lane: number): number {
  const task = addCpuTask(world.cpu, { name: `${program.spec.name}/${lane}`, group: world.groups[program.group]!.cpuGroup, nice: program.nice });
  world.taskOwner[task] = program.id;
  return task;
}

/** The CPU work of a start is done; what it waits for (disk, network) takes its time. */
export function startWorked(world: HostWorld, program: Program): void {
  program.readsDisk = 1;
  callProgram(world, program, HostCall.startWaited, world.cpu.nowUs + (program.spec.startUp?.waitMs ?? 0) * 1_000 * world.trouble.diskFactor);
}

/** Takes its memory and begins to work. */
export function becomeReady(world: HostWorld, detail: number): void {
  const program = calledProgram(world, detail);
  if (program === null || program.phase !== 'starting') return;
  if (program.frozen.length > 0) return callProgram(world, program, HostCall.startWaited, world.cpu.nowUs + FROZEN_US);
  program.readsDisk = 0;
  readFiles(world, program);
  if (takeMemory(world, program, Math.round(program.spec.memoryMib * PAGES_PER_MIB)) === 'all') finishStart(world, program);
}

/** It has its memory; what it works before it serves comes first. */
export function finishStart(world: HostWorld, program: Program): void {
  const warmUpMs = program.isWarming === true ? 0 : (program.spec.startUp?.warmUpCpuMs ?? 0);
  if (warmUpMs > 0) {
    program.isWarming = true;
    return giveWork(world.cpu, program.lanes[0]!.task, warmUpMs * 1_000);
  }
  delete program.isWarming;
  program.phase = 'ready';
  program.readyUs = world.cpu.nowUs;
  noteEvent(world, 'ready', program.spec.name, `after ${((world.cpu.nowUs - program.startedUs) / US_PER_SECOND).toFixed(2)} s`);
  beginWork(world, program);
}

/** The program is gone; its supervisor decides what comes next. */
export function exitProgram(world: HostWorld, program: Program, kind: 'exit' | 'oom-kill', why: string): void {
  const { stopping } = program;
  stopProgram(world, program);
  program.exits += 1;
  program.lastExit = why;
  noteEvent(world, kind, program.spec.name, why);
  if (stopping !== undefined && stopping.then !== 'exit') return afterStop(world, program, stopping.then);
  const next = nextStart(world, program);
  if ('gaveUp' in next) {
    program.phase = 'down';
    program.lastExit = program.spec.restart === undefined ? why : `${why}; ${next.gaveUp}`;
    noteEvent(world, 'gave-up', program.spec.name, next.gaveUp);
    return;
  }
  program.lastDelaySeconds = next.delaySeconds;
  startLater(world, program, next.delaySeconds * US_PER_SECOND);
}

/** Ends the tasks, drops what was being worked on, gives the memory back. */
export function stopProgram(world: HostWorld, program: Program): void {
  endStall(world, program);
  for (const lane of [...program.lanes, ...program.frozen]) {
    endCpuTask(world.cpu, lane.task);
    const { cpuUs, waitUs, throttledUs } = taskAccount(world.cpu, lane.task);
    program.endedCpuUs += cpuUs;
    program.endedWaitUs += waitUs;
    program.endedThrottledUs += throttledUs;
  }
  program.window.failed += requestsIn(program);
  program.lanes = [];
  program.frozen = [];
  program.queue = [];
  program.installing = [];
  program.backup = null;
  program.readsDisk = 0;
  delete program.stopping;
  delete program.isWarming;
  delete program.probing;
  releaseMemory(world, program);
  closeLog(world, program);
  program.life += 1;
}

/** Of clients, in its lanes and in its queue. */
export const requestsIn = ({ lanes, frozen, queue }: Program) => queue.filter(isClients).length + [...lanes, ...frozen].filter(({ request }) => request !== null && isClients(request)).length;

/** A planned start or restart is due. */
export function startDue(world: HostWorld, detail: number): void {
  const program = calledProgram(world, detail);
  if (program === null || program.phase !== 'waiting') return;
  if (program.starts > 0) noteEvent(world, 'restart', program.spec.name, `after waiting ${program.lastDelaySeconds} s`);
  startProgram(world, program);
}

/** Plans the start of a stopped program. */
export function startLater(world: HostWorld, program: Program, afterUs = 0): void {
  program.phase = 'waiting';
  program.startsAtUs = world.cpu.nowUs + afterUs;
  callProgram(world, program, HostCall.start, program.startsAtUs);
}
