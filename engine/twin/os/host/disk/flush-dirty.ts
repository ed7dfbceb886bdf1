/**
 * The flusher thread: what is dirty above the background ratio, or for longer than 30 s (looked at every 5 s), goes to the device in
 * pieces. Writeback throttling lets no more than four of them be on their way at once (blk-wbt: `wb_background` of 16), so that reads
 * find a place.
 */
import { callAt } from '../../cpu';
import { dueBytes, takeOldest, WRITEBACK } from '../../disk';
import { HostCall } from '../host-call';
import type { HostWorld } from '../host-world';
import { askDevice, type HostIo } from './host-io';

const PIECE_BYTES = 524_288;
const ON_THEIR_WAY_MAX = 4;

/** Begins to write what is due. */
export function flushDirty(world: HostWorld, io: HostIo): void {
  while (io.flushing < ON_THEIR_WAY_MAX) {
    const bytes = takeOldest(io.cache, Math.min(PIECE_BYTES, Math.ceil(dueBytes(io.cache, world.cpu.nowUs))));
    if (bytes <= 0) return;
    io.flushing += 1;
    askDevice(world, io, { direction: 'write', bytes, job: null, group: -1 }, 0);
  }
}

/** A piece is written; the next one goes. */
export function keepFlushing(world: HostWorld, io: HostIo): void {
  io.flushing -= 1;
  flushDirty(world, io);
}

/** Every 5 s. */
export function wakeFlusher(world: HostWorld): void {
  if (world.io === null) return;
  flushDirty(world, world.io);
  callAt(world.cpu, world.cpu.nowUs + WRITEBACK.wakeUs, HostCall.flush);
}
