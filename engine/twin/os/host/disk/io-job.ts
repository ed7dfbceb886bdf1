/**
 * What one request, or one piece of a backup, does with the disk, step by step: reads that miss the page cache go to the device, writes
 * end in memory, an fsync takes what is dirty, the journal's commit and a flush of the device's cache. Each step waits for the one before.
 */
import { nextBelow } from '@/engine/kernel';
import { callAt } from '../../cpu';
import { dirtyBytes, flushDevice, markDirty, takeOldest, WRITEBACK } from '../../disk';
import { bytesOf, touchFolio } from '../../memory';
import { HostCall } from '../host-call';
import type { HostWorld, Program, Request } from '../host-world';
import type { RequestIoSpec } from '../spec/host-spec';
import { FOLIO_PAGES, folioCount, folioKey } from '../program/memory/program-memory';
import { askDevice, endRequest, throttleIo, type HostIo } from './host-io';
import { flushDirty, keepFlushing } from './flush-dirty';

export type IoStep =
  /** A folio of its files; null: past the page cache. */
  | { readonly kind: 'read'; readonly folio: number | null; readonly bytes: number }
  | { readonly kind: 'buffer'; readonly bytes: number }
  /** Everything dirty goes out. */
  | { readonly kind: 'sync' }
  | { readonly kind: 'write'; readonly bytes: number }
  | { readonly kind: 'flush' };

export type IoJob = {
  readonly program: number;
  readonly life: number;
  readonly request: Request | null;
  readonly sinceUs: number;
  readonly steps: IoStep[];
  /** It stands in its group's throttle. */
  isHeld: boolean;
};

export type IoEnd = (world: HostWorld, program: Program, job: IoJob) => void;

const COMMIT_BYTES = 8_192;
/** A writer above the dirty ratio looks again so much later (`MAX_PAUSE` is 200 ms; this is where it begins). */
const DIRTY_PAUSE_US = 10_000;
const SECTOR_BYTES = 512;

/** Steps of a request; which of its files it reads is drawn. */
export function stepsOfRequest(program: Program, { fileReads = 0, writeKib = 0, fsync = false }: RequestIoSpec): IoStep[] {
  const folios = folioCount(program);
  const reads = Array.from({ length: folios === 0 ? 0 : fileReads }, (): IoStep => ({ kind: 'read', folio: nextBelow(program.demands, folios), bytes: bytesOf(FOLIO_PAGES) }));
  const bytes = writeKib * 1_024;
  const write: IoStep[] = bytes === 0 ? [] : [{ kind: 'buffer', bytes }];
  return [...reads, ...write, ...(fsync ? ([{ kind: 'sync' }] as const) : [])];
}

/** Begins a job; `end` of the listener is called when its last step is done. */
export function beginIo(world: HostWorld, io: HostIo, program: Program, job: Pick<IoJob, 'request' | 'steps'>, end: IoEnd): void {
  io.nextId += 1;
  io.jobs.set(io.nextId, { ...job, program: program.id, life: program.life, sinceUs: world.cpu.nowUs, isHeld: false });
  program.readsDisk += 1;
  goOn(world, io, io.nextId, end);
}

/** A timed step of a job is over: the throttle opens, the cache is flushed, less is dirty. */
export function continueIo(world: HostWorld, id: number, end: IoEnd): void {
  if (world.io !== null && world.io.jobs.has(id)) goOn(world, world.io, id, end);
}

/** The device has done a request. */
export function ioDone(world: HostWorld, id: number, end: IoEnd): void {
  const { io } = world;
  if (io === null || !io.requests.has(id)) return;
  const { job: jobId } = endRequest(world, io, id);
  if (jobId === null) return keepFlushing(world, io);
  const job = io.jobs.get(jobId)!;
  const step = job.steps.shift();
  if (step?.kind === 'read' && step.folio !== null) cacheFolio(world, job, step.folio);
  goOn(world, io, jobId, end);
}

function goOn(world: HostWorld, io: HostIo, id: number, end: IoEnd): void {
  const job = io.jobs.get(id)!;
  const program = world.programs[job.program]!;
  for (;;) {
    const step = job.steps[0];
    if (program.life !== job.life || step === undefined) return finish(world, io, id, end);
    if (!takeStep(world, io, id, job, step)) return;
  }
}

/** True when the step took no time and is done. */
function takeStep(world: HostWorld, io: HostIo, id: number, job: IoJob, step: IoStep): boolean {
  switch (step.kind) {
    case 'read':
      if (step.folio !== null && hasFolio(world, job, step.folio)) return done(job);
      return send(world, io, id, job, { direction: 'read', bytes: step.bytes, sector: sectorOf(job.program, step.folio ?? 0) });
    case 'buffer':
      return buffer(world, io, id, job, step.bytes);
    case 'sync': {
      const data = takeOldest(io.cache, dirtyBytes(io.cache));
      job.steps.splice(0, 1, ...inPieces(data, io.device.spec.requestBytesMax), { kind: 'write', bytes: COMMIT_BYTES }, { kind: 'flush' });
      return true;
    }
    case 'write':
      return send(world, io, id, job, { direction: 'write', bytes: step.bytes, sector: 0 });
    case 'flush':
      job.steps.shift();
      callAt(world.cpu, flushDevice(io.device, world.cpu.nowUs), HostCall.ioStep, id);
      return false;
  }
}

const inPieces = (bytes: number, most: number) => Array.from({ length: Math.ceil(bytes / most) }, (_, i): IoStep => ({ kind: 'write', bytes: Math.min(most, bytes - i * most) }));

function done(job: IoJob): true {
  job.steps.shift();
  return true;
}

function send(world: HostWorld, io: HostIo, id: number, job: IoJob, { direction, bytes, sector }: { readonly direction: 'read' | 'write'; readonly bytes: number; readonly sector: number }): false {
  const { group } = world.programs[job.program]!;
  const waitUs = throttleIo(world, io, group, { direction, bytes, queued: job.isHeld });
  job.isHeld = waitUs > 0;
  if (waitUs > 0) callAt(world.cpu, world.cpu.nowUs + waitUs, HostCall.ioStep, id);
  else askDevice(world, io, { direction, bytes, job: id, group }, sector);
  return false;
}

/** A write ends in memory, unless too much there is dirty. */
function buffer(world: HostWorld, io: HostIo, id: number, job: IoJob, bytes: number): boolean {
  flushDirty(world, io);
  if (dirtyBytes(io.cache) + bytes > WRITEBACK.dirtyRatio * io.cache.availableBytes) {
    callAt(world.cpu, world.cpu.nowUs + DIRTY_PAUSE_US, HostCall.ioStep, id);
    return false;
  }
  markDirty(io.cache, bytes, world.cpu.nowUs);
  return done(job);
}

function finish(world: HostWorld, io: HostIo, id: number, end: IoEnd): void {
  const job = io.jobs.get(id)!;
  const program = world.programs[job.program]!;
  io.jobs.delete(id);
  if (program.life === job.life && program.readsDisk > 0) program.readsDisk -= 1;
  end(world, program, job);
}

const sectorOf = (program: number, folio: number) => (folioKey(program, folio) * bytesOf(FOLIO_PAGES)) / SECTOR_BYTES;

const memoryGroupOf = (world: HostWorld, { program }: IoJob) => world.groups[world.programs[program]!.group]!.memoryGroup;

function hasFolio(world: HostWorld, job: IoJob, folio: number): boolean {
  const key = folioKey(job.program, folio);
  const group = memoryGroupOf(world, job);
  if (!world.memory.tree.groups[group]!.folios.some((each) => each.key === key)) return false;
  return touchFolio(world.memory.tree, group, key, FOLIO_PAGES, { nowUs: world.cpu.nowUs, dirty: false }).hit;
}

/** What was read stays in the page cache as long as there is room. */
function cacheFolio(world: HostWorld, job: IoJob, folio: number): void {
  touchFolio(world.memory.tree, memoryGroupOf(world, job), folioKey(job.program, folio), FOLIO_PAGES, { nowUs: world.cpu.nowUs, dirty: false });
}
