/**
 * Runs a disk experiment: each loop issues its blocks one after the other, through its group's throttle and into the shared
 * device. Counters are read as the laboratory reads them, at a fixed rate and interpolated to the ends of the window.
 */
import { eventQueue, invariant, schedule, takeEvent, takenEvent, timeUs, type EventQueue, type TakenEvent } from '@/engine/kernel';
import { blockDevice, submitRequest, VIRTUAL_DISK, type BlockDevice, type BlockDeviceSpec } from '../block-device';
import { bufferedWrite, fsync, writeback, type Writeback } from '../writeback';
import { chargeIo, ioThrottle, setIoLimit, throttleDelayUs, type IoThrottle } from '../throttle/io-throttle';
import type { DdLoop, DiskRunReport, DiskScenario } from './disk-scenario';
import { LAB_READING, reading, summarizeDisk, type DiskReading } from './summarize-disk';

/** CPU of one request and of starting one dd; the laboratory's loops over all disk experiments of November 2026. */
const COST = { readUs: 23.5, writeUs: 28, startDdUs: 900, shellUs: 120, copyUsPerMib: 120 } as const;
const EVENTS_MAX = 20_000_000;
const Event = { issue: 1, sample: 2, change: 3 } as const;
const FILE_MIB_DEFAULT = 64;

export type DiskLoopState = { readonly loop: DdLoop; readonly group: number; block: number; blocks: number; readonly throttleQueued: { value: boolean }; cpuUs: number; shellUs: number; slices: number; cachedBlocks: number };

export type DiskRun = {
  readonly scenario: DiskScenario;
  readonly device: BlockDevice;
  readonly cache: Writeback;
  readonly queue: EventQueue;
  readonly throttles: readonly IoThrottle[];
  readonly loops: DiskLoopState[];
  readonly counters: { bytes: [number, number]; operations: [number, number]; cpuUs: number }[];
  readings: DiskReading[];
};

export function runDiskScenario(scenario: DiskScenario, spec: BlockDeviceSpec = VIRTUAL_DISK, memoryBytes = 24 * 2 ** 30): DiskRunReport {
  const device = blockDevice(spec);
  const run: DiskRun = {
    scenario, device, cache: writeback(device, memoryBytes), queue: eventQueue(),
    throttles: scenario.groups.map(({ read, write }) => ioThrottle(read, write)),
    loops: scenario.groups.flatMap(({ loops }, group) => loops.map((loop) => ({ loop, group, block: 0, blocks: blocksOf(scenario, loop), throttleQueued: { value: false }, cpuUs: 0, shellUs: 0, slices: 0, cachedBlocks: 0 }))),
    counters: scenario.groups.map(() => ({ bytes: [0, 0], operations: [0, 0], cpuUs: 0 })), readings: [],
  };
  run.loops.forEach((_, i) => at(run, 0, Event.issue, i));
  scenario.changes.forEach((change, i) => at(run, change.tS * 1e6, Event.change, i));
  at(run, LAB_READING.lateUs, Event.sample, 0);
  advance(run, scenario.durationS * 1e6 + LAB_READING.lateUs);
  run.readings.push(reading(run, scenario.durationS * 1e6));
  return summarizeDisk(run);
}

const blocksOf = (scenario: DiskScenario, loop: DdLoop) => {
  const mib = scenario.files.find(({ file }) => file === loop.file)?.mb ?? FILE_MIB_DEFAULT;
  return Math.max(1, Math.min(loop.count, loop.direction === 'read' ? Math.ceil((mib * 1_048_576) / loop.blockBytes) : Infinity));
};

const at = (run: DiskRun, us: number, kind: number, subject: number) => schedule(run.queue, timeUs(Math.max(run.queue.now, us)), kind, subject);
const taken: TakenEvent = takenEvent();

function advance(run: DiskRun, untilUs: number): void {
  for (let count = 0; run.queue.length > 0 && run.queue.times[0]! <= untilUs; count += 1) {
    invariant(count < EVENTS_MAX, `a disk experiment takes at most ${EVENTS_MAX} events`);
    takeEvent(run.queue, taken);
    const { kind, subject, at: nowUs } = taken;
    if (kind === Event.issue) issue(run, subject, nowUs);
    else if (kind === Event.change) change(run, subject, nowUs);
    else sample(run, subject, nowUs);
  }
}

function change(run: DiskRun, index: number, nowUs: number): void {
  const { group, direction, kind, value } = run.scenario.changes[index]!;
  const i = run.scenario.groups.findIndex(({ name }) => name === group);
  const throttle = run.throttles[i];
  if (throttle === undefined) return;
  const limit = value > 0 ? value : Infinity;
  const { limit: now } = throttle[direction];
  setIoLimit(throttle, direction, kind === 'bps' ? { ...now, bytesPerSecond: limit } : { ...now, iops: limit }, nowUs);
}

/** The next block of a loop: wait for tokens, go to the device, and come back when it is done. */
function issue(run: DiskRun, id: number, nowUs: number): void {
  const state = run.loops[id]!;
  const { loop } = state;
  const counters = run.counters[state.group]!;
  if (state.block === 0) spend(run, state, COST.startDdUs, COST.shellUs);
  if (!loop.direct) return issueBuffered(run, id, nowUs);
  const waitUs = throttleDelayUs(run.throttles[state.group]!, loop.direction, loop.blockBytes, nowUs, state.throttleQueued.value);
  state.throttleQueued.value = waitUs > 0;
  if (waitUs > 0) return at(run, nowUs + waitUs, Event.issue, id);
  chargeIo(run.throttles[state.group]!, loop.direction, loop.blockBytes, nowUs);
  const side = loop.direction === 'read' ? 0 : 1;
  counters.bytes[side] += loop.blockBytes;
  counters.operations[side] += Math.ceil(loop.blockBytes / run.device.spec.requestBytesMax);
  const cpuUs = loop.direction === 'read' ? COST.readUs : COST.writeUs;
  spend(run, state, cpuUs, 0);
  next(run, id, submitRequest(run.device, nowUs + cpuUs, loop.direction, loop.blockBytes));
}

/** Through the page cache: only what is not there yet reaches the device as a read; writes come out later, from the flusher. */
function issueBuffered(run: DiskRun, id: number, nowUs: number): void {
  const state = run.loops[id]!;
  const { loop } = state;
  const copyUs = (loop.blockBytes / 1_048_576) * COST.copyUsPerMib + 1;
  spend(run, state, copyUs, 0);
  if (loop.direction === 'write') {
    const done = bufferedWrite(run.cache, loop.blockBytes, nowUs);
    return next(run, id, loop.fsync && state.block + 1 >= state.blocks ? fsync(run.cache, done) : done);
  }
  if (state.block < state.cachedBlocks) return next(run, id, nowUs + copyUs);
  const waitUs = throttleDelayUs(run.throttles[state.group]!, 'read', loop.blockBytes, nowUs, state.throttleQueued.value);
  state.throttleQueued.value = waitUs > 0;
  if (waitUs > 0) return at(run, nowUs + waitUs, Event.issue, id);
  chargeIo(run.throttles[state.group]!, 'read', loop.blockBytes, nowUs);
  state.cachedBlocks = state.block + 1;
  const counters = run.counters[state.group]!;
  counters.bytes[0] += loop.blockBytes;
  counters.operations[0] += 1;
  next(run, id, submitRequest(run.device, nowUs + copyUs, 'read', loop.blockBytes));
}

function next(run: DiskRun, id: number, doneUs: number): void {
  const state = run.loops[id]!;
  state.block += 1;
  if (state.block < state.blocks) return at(run, doneUs, Event.issue, id);
  state.block = 0;
  state.slices += 2;
  if (state.loop.repeats) at(run, doneUs + COST.startDdUs, Event.issue, id);
}

function spend(run: DiskRun, state: DiskLoopState, us: number, shellUs: number): void {
  state.cpuUs += us;
  state.shellUs += shellUs;
  const counters = run.counters[state.group]!;
  counters.cpuUs += us + shellUs;
}

function sample(run: DiskRun, n: number, nowUs: number): void {
  run.readings.push(reading(run, nowUs));
  const nextUs = ((n + 1) * 1e6) / run.scenario.sampleHz + LAB_READING.lateUs;
  if (nextUs < run.scenario.durationS * 1e6 - LAB_READING.skipLastUs) at(run, nextUs, Event.sample, n + 1);
}
