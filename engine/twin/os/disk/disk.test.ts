import { expect, test } from 'vitest';
import { blockDevice, bufferedWrite, chargeIo, deadlineScheduler, dirtyBytes, enqueueRequest, flushDevice, fsync, ioThrottle, nextRequest, runFlusher, submitRequest, throttleDelayUs, writeback, UNLIMITED_IO, VIRTUAL_DISK } from './index';

const SPEC = { ...VIRTUAL_DISK, readLatencyUs: 100, writeLatencyUs: 100, readBytesPerSecond: 1e9, writeBytesPerSecond: 1e8, queueDepth: 4 };

test('a lone caller pays the latency each time, a deep queue shares it', () => {
  const alone = blockDevice(SPEC);
  let now = 0;
  for (let i = 0; i < 100; i += 1) now = submitRequest(alone, now, 'read', 100_000);
  const deep = blockDevice({ ...SPEC, queueDepth: 64 });
  let last = 0;
  for (let i = 0; i < 100; i += 1) last = submitRequest(deep, 0, 'read', 100_000);
  expect(now).toBe(100 * 200);
  expect(last).toBeCloseTo(100 + 100 * 100, -2);
  expect(deep.readBytes).toBe(alone.readBytes);
});

/** A loop that always has a next request, for `seconds`; the time each one went. */
function limited(limit: { bytesPerSecond: number; iops: number }, bytes: number, seconds: number): number[] {
  const throttle = ioThrottle(limit, UNLIMITED_IO);
  const times: number[] = [];
  let queued = false;
  for (let now = 0; now < seconds * 1e6; ) {
    const wait = throttleDelayUs(throttle, 'read', bytes, now, queued);
    queued = wait > 0;
    if (wait > 0) now += wait;
    else {
      chargeIo(throttle, 'read', bytes, now);
      times.push(now);
      now += 50;
    }
  }
  return times;
}

test.each([
  [{ bytesPerSecond: 20_971_520, iops: Infinity }, 65_536, 320],
  [{ bytesPerSecond: 1_000_000, iops: Infinity }, 65_536, 1_000_000 / 65_536],
  [{ bytesPerSecond: 300_000, iops: Infinity }, 1_048_576, 300_000 / 1_048_576],
  [{ bytesPerSecond: Infinity, iops: 200 }, 4_096, 200],
  [{ bytesPerSecond: 10_485_760, iops: 50 }, 65_536, 50],
])('under %o requests of %i bytes come to the limit in the long run', (limit, bytes, perSecond) => {
  const times = limited(limit, bytes, 60);
  expect(times.length / 60).toBeGreaterThan(perSecond * 0.97);
  expect(times.length / 60).toBeLessThan(perSecond * 1.03 + 0.02);
});

test('a slice of 100 ms may go at once, then nothing until the next', () => {
  const times = limited({ bytesPerSecond: 20_971_520, iops: Infinity }, 65_536, 1);
  expect(times.filter((t) => t < 50_000)).toHaveLength(32);
  expect(times.filter((t) => t >= 50_000 && t < 100_000)).toHaveLength(0);
  expect(times.filter((t) => t < 200_000)).toHaveLength(64);
});

test('reads pass writes twice, then a batch of writes goes; an expired request goes before its sector', () => {
  const scheduler = deadlineScheduler();
  const put = (id: number, direction: 'read' | 'write', sector: number, queuedUs: number) => enqueueRequest(scheduler, { id, direction, sector, bytes: 4_096, queuedUs });
  for (let i = 0; i < 40; i += 1) put(i, 'read', 10_000 - i * 100, 0);
  put(100, 'write', 5, 0);
  const order: number[] = [];
  for (let request = nextRequest(scheduler, 1_000); request !== null; request = nextRequest(scheduler, 1_000)) order.push(request.id);
  expect(order).toHaveLength(41);
  expect(order.indexOf(100)).toBeGreaterThan(0);
  expect(order.indexOf(100)).toBeLessThan(33);
  put(1, 'write', 9_000, 0);
  put(2, 'write', 10, 0);
  expect(nextRequest(scheduler, 6_000_000)?.id).toBe(1);
});

test('a buffered write ends in memory until the background ratio, then the writer gets what the device takes', () => {
  const cache = writeback(blockDevice(SPEC), 1e9);
  let now = 0;
  for (let i = 0; i < 100; i += 1) now = bufferedWrite(cache, 1_000_000, now);
  const fast = now;
  for (let i = 0; i < 400; i += 1) now = bufferedWrite(cache, 1_000_000, now);
  expect(fast).toBeLessThan(40_000);
  expect((400 * 1e6) / ((now - fast) / 1e6)).toBeLessThan(1.3 * SPEC.writeBytesPerSecond);
  expect(dirtyBytes(cache)).toBeLessThanOrEqual(0.2 * 1e9 + 1e6);
});

test('the flusher leaves young pages below the background ratio alone and writes them when they are 30 s old', () => {
  const cache = writeback(blockDevice(SPEC), 1e9);
  bufferedWrite(cache, 1_000_000, 0);
  expect(runFlusher(cache, 29_000_000)).toBe(0);
  expect(runFlusher(cache, 30_000_000)).toBe(1_000_000);
  expect(dirtyBytes(cache)).toBe(0);
});

test('fsync costs the dirty data, the commit and a flush, and leaves nothing dirty', () => {
  const cache = writeback(blockDevice(SPEC), 1e9);
  bufferedWrite(cache, 10_000_000, 0);
  const done = fsync(cache, 10_000);
  expect(done - 10_000).toBeGreaterThan(100_000);
  expect(dirtyBytes(cache)).toBe(0);
  expect(fsync(cache, 1e6) - 1e6).toBeLessThan(1_000);
  expect(cache.device.flushes).toBe(2);
  expect(flushDevice(cache.device, 2e6)).toBe(2e6 + SPEC.flushUs);
});

test.each([
  [75, 70.4], [47, 40.3], [333, 332.5], [12, 10.1], [15, 10.2], [8, 12.9], [5, 5],
])('a limit of %i operations a second gives what a host measures: %f, because a slice counts whole operations', (iops, measured) => {
  const times = limited({ bytesPerSecond: Infinity, iops }, 4_096, 20);
  expect(Math.abs(times.length / 20 / measured - 1)).toBeLessThan(0.05);
});
