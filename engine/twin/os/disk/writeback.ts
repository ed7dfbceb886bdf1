/**
 * Buffered writes (mm/page-writeback.c): a write ends in memory. Flushers start at dirty_background_ratio (10 % of what is
 * available) or when pages are 30 s old, looked at every 5 s; from halfway between the two ratios on the writer is slowed to
 * what the device takes, and at dirty_ratio (20 %) it stops. fsync waits for the file's own pages and a flush.
 */
import { flushDevice, submitRequest, type BlockDevice } from './block-device';

export const WRITEBACK = { backgroundRatio: 0.1, dirtyRatio: 0.2, expireUs: 30_000_000, wakeUs: 5_000_000 } as const;

export type Dirty = { bytes: number; sinceUs: number };
export type Writeback = { readonly device: BlockDevice; readonly availableBytes: number; dirty: Dirty[]; flushedUs: number };

export const writeback = (device: BlockDevice, availableBytes: number): Writeback => ({ device, availableBytes, dirty: [], flushedUs: 0 });
export const dirtyBytes = (state: Writeback) => state.dirty.reduce((sum, { bytes }) => sum + bytes, 0);

/** Copying into the page cache, per MiB. */
const COPY_US_PER_MIB = 300;
const MIB = 1_048_576;

/** A buffered write now; returns when the writer goes on. */
export function bufferedWrite(state: Writeback, bytes: number, nowUs: number): number {
  runFlusher(state, nowUs);
  state.dirty.push({ bytes, sinceUs: nowUs });
  const copied = nowUs + (bytes / MIB) * COPY_US_PER_MIB;
  const dirty = dirtyBytes(state);
  const free = ((WRITEBACK.backgroundRatio + WRITEBACK.dirtyRatio) / 2) * state.availableBytes;
  if (dirty <= free) return copied;
  const rate = state.device.spec.writeBytesPerSecond;
  const full = WRITEBACK.dirtyRatio * state.availableBytes;
  if (dirty < full) return Math.max(copied, nowUs + (bytes * 1e6) / rate);
  return Math.max(copied, flushOldest(state, dirty - full, nowUs));
}

/** What is written within a second is remembered together. */
const TOGETHER_US = 1e6;

/** Notes a buffered write that began at `nowUs`. */
export function markDirty({ dirty }: Writeback, bytes: number, nowUs: number): void {
  const last = dirty[dirty.length - 1];
  if (last !== undefined && nowUs - last.sinceUs < TOGETHER_US) last.bytes += bytes;
  else dirty.push({ bytes, sinceUs: nowUs });
}

/** What a flusher has to write now: all above the background ratio, and what has expired. */
export function dueBytes({ dirty, availableBytes }: Writeback, nowUs: number): number {
  const all = dirty.reduce((sum, { bytes }) => sum + bytes, 0);
  const expired = dirty.reduce((sum, { bytes, sinceUs }) => (nowUs - sinceUs >= WRITEBACK.expireUs ? sum + bytes : sum), 0);
  return Math.max(0, all - WRITEBACK.backgroundRatio * availableBytes, expired);
}

/** What the flusher thread has written by now: all above the background ratio and what has expired, as fast as the device takes it. Returns bytes. */
export function runFlusher(state: Writeback, nowUs: number): number {
  const budget = ((nowUs - state.flushedUs) * state.device.spec.writeBytesPerSecond) / 1e6;
  state.flushedUs = nowUs;
  const due = Math.floor(Math.min(budget, dueBytes(state, nowUs)));
  if (due <= 0) return 0;
  takeOldest(state, due);
  state.device.writtenBytes += due;
  state.device.writes += Math.ceil(due / state.device.spec.requestBytesMax);
  return due;
}

/** Writes the oldest dirty bytes and returns when they are on the device. */
function flushOldest(state: Writeback, bytes: number, nowUs: number): number {
  const written = takeOldest(state, bytes);
  return written > 0 ? submitRequest(state.device, nowUs, 'write', written) : nowUs;
}

/** Takes the oldest dirty bytes out, as many as there are up to `bytes`; they are on their way to the device. */
export function takeOldest(state: Writeback, bytes: number): number {
  let left = bytes;
  while (left > 0 && state.dirty.length > 0) {
    const first = state.dirty[0]!;
    const part = Math.min(left, first.bytes);
    first.bytes -= part;
    left -= part;
    if (first.bytes <= 0) state.dirty.shift();
  }
  return bytes - Math.max(0, left);
}

/** fsync: the dirty data (here: all of it, one journal), the journal's commit, a flush. Returns when it returns. */
export function fsync(state: Writeback, nowUs: number, commitBytes = 8_192): number {
  const data = flushOldest(state, dirtyBytes(state), nowUs);
  const commit = submitRequest(state.device, data, 'write', commitBytes);
  return flushDevice(state.device, commit);
}
