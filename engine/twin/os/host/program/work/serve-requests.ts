/** Requests of a program: they come, wait for a lane, run on a CPU, wait for a disk or for others, are answered or fail. */
import { addValue, drawVariate, nextExponential } from '@/engine/kernel';
import { callAt, giveWork, taskAccount } from '../../../cpu';
import { beginIo, stepsOfRequest, type IoJob } from '../../disk/io-job';
import { pieceRead } from '../../disk/run-backup';
import { callArrival, HostCall } from '../../host-call';
import type { HostWorld, Lane, Program, Request } from '../../host-world';
import { wakeHost } from '../../power/suspend-host';
import { isTrusted } from '../../upkeep/keep-certificates';
import { stopWhenDrained } from '../life/ask-to-stop';
import { isRouted } from '../life/probe-program';

const US_PER_SECOND = 1_000_000;
/** Requests that may wait for a lane; further ones fail at once (listen backlog). */
const QUEUE_MAX = 4_096;

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

export function serve(world: HostWorld, lane: Lane, request: Request): void {
  const account = taskAccount(world.cpu, lane.task);
  lane.request = request;
  request.begunUs = world.cpu.nowUs;
  request.laneCpuUs = account.cpuUs;
  request.laneWaitUs = account.waitUs;
  request.laneThrottledUs = account.throttledUs;
  giveWork(world.cpu, lane.task, request.cpuUs);
}

/** Requests that waited for something else than a lane get one, as far as lanes are free. */
export function serveQueue(world: HostWorld, program: Program): void {
  for (const lane of program.lanes) {
    const next = lane.request === null ? program.queue.shift() : undefined;
    if (next !== undefined) serve(world, lane, next);
  }
}

export function endCpuWork(world: HostWorld, program: Program, lane: Lane, request: Request): void {
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
