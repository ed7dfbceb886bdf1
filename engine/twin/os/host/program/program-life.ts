/**
 * A program starts (CPU work, then waiting), works, exits and is started again by its supervisor, which waits
 * twice as long after every quick failure. Memory is taken at the start and given back at the exit.
 */
import { addCpuTask, endCpuTask, giveWork, taskAccount } from '../../cpu';
import { PAGES_PER_MIB } from '../../memory';
import { calledProgram, callProgram, HostCall } from '../host-call';
import { noteEvent, type HostWorld, type Program } from '../host-world';
import { beginWork } from './program-work';
import { closeLog } from './program-log';
import { readFiles, releaseMemory, takeMemory } from './program-memory';
import { endStall } from './program-stall';

const US_PER_SECOND = 1_000_000;
/** A program that worked so long has recovered: its next failure waits the shortest delay again. */
const RECOVERED_SECONDS = 10;
/** One that is frozen while it starts is looked at again so much later. */
const FROZEN_US = 100_000;

/** Starts a program that is not running. */
export function startProgram(world: HostWorld, program: Program): void {
  const { spec } = program;
  program.life += 1;
  program.phase = 'starting';
  program.startedUs = world.cpu.nowUs;
  program.starts += 1;
  if (program.starts > 1) program.restarts += 1;
  addLanes(world, program);
  giveWork(world.cpu, program.lanes[0]!.task, Math.max(1, (spec.startUp?.cpuMs ?? 0.001) * 1_000));
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

/** It has its memory. */
export function finishStart(world: HostWorld, program: Program): void {
  program.phase = 'ready';
  program.readyUs = world.cpu.nowUs;
  noteEvent(world, 'ready', program.spec.name, `after ${((world.cpu.nowUs - program.startedUs) / US_PER_SECOND).toFixed(2)} s`);
  beginWork(world, program);
}

/** The program is gone; its supervisor decides what comes next. */
export function exitProgram(world: HostWorld, program: Program, kind: 'exit' | 'oom-kill', why: string): void {
  stopProgram(world, program);
  program.exits += 1;
  program.lastExit = why;
  noteEvent(world, kind, program.spec.name, why);
  const { restart } = program.spec;
  if (restart === undefined) {
    program.phase = 'down';
    noteEvent(world, 'gave-up', program.spec.name, 'nobody starts it again');
    return;
  }
  const recovered = program.readyUs > program.startedUs && world.cpu.nowUs - program.readyUs >= RECOVERED_SECONDS * US_PER_SECOND;
  program.lastDelaySeconds = recovered || program.lastDelaySeconds === 0 ? restart.delaySeconds : Math.min(restart.longestSeconds, program.lastDelaySeconds * 2);
  startLater(world, program, program.lastDelaySeconds * US_PER_SECOND);
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
    if (lane.request !== null) program.window.failed += 1;
  }
  program.window.failed += program.queue.length;
  program.lanes = [];
  program.frozen = [];
  program.queue = [];
  program.installing = [];
  program.backup = null;
  program.readsDisk = 0;
  releaseMemory(world, program);
  closeLog(world, program);
  program.life += 1;
}

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
