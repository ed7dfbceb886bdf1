/**
 * I/O limits of a control group as block/blk-throttle.c keeps them: tokens come in slices of 100 ms on the jiffy grid. In a slice
 * the whole slice's allowance may go at once, so a limited program runs in bursts; what a slice used too much is carried
 * over to the next ones, so that the mean is the limit to the byte. Operations count whole per slice: 47 a second become 40, and
 * below ten, where a slice allows none, more pass than should. Bytes and operations are limited independently.
 */
import type { Direction } from '../block-device';

export const THROTTLE_SLICE_US = 100_000;
const JIFFY_US = 4_000;

export type IoLimit = { readonly bytesPerSecond: number; readonly iops: number };
export const UNLIMITED_IO: IoLimit = { bytesPerSecond: Infinity, iops: Infinity };

type Slice = { limit: IoLimit; startUs: number; endUs: number; bytes: number; operations: number };
export type IoThrottle = { readonly read: Slice; readonly write: Slice };

const slice = (limit: IoLimit): Slice => ({ limit, startUs: 0, endUs: 0, bytes: 0, operations: 0 });
export const ioThrottle = (read: IoLimit = UNLIMITED_IO, write: IoLimit = UNLIMITED_IO): IoThrottle => ({ read: slice(read), write: slice(write) });

const jiffy = (us: number) => Math.floor(us / JIFFY_US) * JIFFY_US;

/** Changes a limit: a new slice begins now, with what the old limit had not earned yet as its debt (`__tg_update_carryover`). */
export function setIoLimit(throttle: IoThrottle, direction: Direction, limit: IoLimit, nowUs: number): void {
  const state = throttle[direction];
  const seconds = Math.max(0, jiffy(nowUs) - state.startUs) / 1e6;
  const debt = (used: number, perSecond: number) => (perSecond === Infinity ? 0 : Math.max(0, used - Math.floor(perSecond * seconds)));
  state.bytes = debt(state.bytes, state.limit.bytesPerSecond);
  state.operations = debt(state.operations, state.limit.iops);
  state.limit = limit;
  state.startUs = jiffy(nowUs);
  state.endUs = state.startUs + THROTTLE_SLICE_US;
}

/** µs until a request of `bytes` may go (0: now). Asking does not use tokens. */
export function throttleDelayUs(throttle: IoThrottle, direction: Direction, bytes: number, nowUs: number, queued: boolean): number {
  const state = throttle[direction];
  const { limit } = state;
  if (limit.bytesPerSecond === Infinity && limit.iops === Infinity) return 0;
  const now = jiffy(nowUs);
  if (!queued && now >= state.endUs) startSlice(state, now);
  else state.endUs = Math.max(state.endUs, now + THROTTLE_SLICE_US);
  const elapsedUs = now - state.startUs;
  const waitUs = Math.max(waitForBytes(state.bytes + bytes, limit.bytesPerSecond, elapsedUs), waitForOperation(state.operations + 1, limit.iops, elapsedUs));
  if (waitUs === 0) return 0;
  state.endUs = Math.max(state.endUs, now + waitUs);
  return Math.max(JIFFY_US, now + waitUs - nowUs);
}

function startSlice(state: Slice, now: number): void {
  state.startUs = now;
  state.endUs = now + THROTTLE_SLICE_US;
  state.bytes = 0;
  state.operations = 0;
}

/** Slices begun so far, the present one counted whole. */
const begun = (elapsedUs: number) => (Math.floor(elapsedUs / THROTTLE_SLICE_US) + 1) * THROTTLE_SLICE_US;

/** `tg_within_bps_limit`: within the allowance of the slices begun so far, or the time until it is. */
function waitForBytes(used: number, perSecond: number, elapsedUs: number): number {
  if (perSecond === Infinity) return 0;
  const extra = used - Math.floor((perSecond * begun(elapsedUs)) / 1e6);
  if (extra <= 0) return 0;
  const jiffies = Math.max(1, Math.floor((extra * (1e6 / JIFFY_US)) / perSecond));
  return jiffies * JIFFY_US + begun(elapsedUs) - elapsedUs;
}

/** `tg_within_iops_limit`: waits to the end of the slice, and long enough for one operation. */
function waitForOperation(used: number, perSecond: number, elapsedUs: number): number {
  if (perSecond === Infinity || used <= Math.floor((perSecond * begun(elapsedUs)) / 1e6)) return 0;
  const oneOperation = (Math.floor(1e6 / JIFFY_US / perSecond) + 1) * JIFFY_US;
  return Math.max(begun(elapsedUs) - elapsedUs, oneOperation);
}

/** A request goes: its tokens are used, and slices that are over are trimmed off. */
export function chargeIo(throttle: IoThrottle, direction: Direction, bytes: number, nowUs: number): void {
  const state = throttle[direction];
  state.bytes += bytes;
  state.operations += 1;
  trimSlices(state, jiffy(nowUs));
}

/** Slices that are over are settled, the last one kept: a timer that fires late must not cost allowance. */
function trimSlices(state: Slice, now: number): void {
  if (now >= state.endUs) return; // used up: the next request starts a new slice
  state.endUs = now + THROTTLE_SLICE_US;
  const overUs = Math.floor((now - state.startUs) / THROTTLE_SLICE_US) * THROTTLE_SLICE_US - THROTTLE_SLICE_US;
  if (overUs <= 0) return;
  const bytes = earned(state.bytes, state.limit.bytesPerSecond, overUs);
  const operations = earned(state.operations, state.limit.iops, overUs);
  if (bytes === 0 && operations === 0) return;
  state.bytes -= bytes;
  state.operations -= operations;
  state.startUs += overUs;
}

/** What the slices that are over allowed; where that is nothing, or more than was used, all of it is settled. */
function earned(used: number, perSecond: number, overUs: number): number {
  if (perSecond === Infinity) return 0;
  const allowed = Math.floor((perSecond * overUs) / 1e6);
  return allowed <= 0 || used < allowed ? used : allowed;
}
