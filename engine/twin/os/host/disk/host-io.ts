/**
 * The host's block device: what programs and the flusher ask of it stands in mq-deadline until the device has a place free, so a
 * read is not stuck behind a flood of writes. Limits of groups (`io.max`) hold before that, from the group up to the root.
 */
import { callAt } from '../../cpu';
import { blockDevice, chargeIo, deadlineScheduler, enqueueRequest, ioThrottle, nextRequest, submitRequest, throttleDelayUs, UNLIMITED_IO, VIRTUAL_DISK, writeback, type BlockDevice, type DeadlineScheduler, type Direction, type IoThrottle, type QueuedRequest, type Writeback } from '../../disk';
import { HostCall } from '../host-call';
import type { HostWorld } from '../host-world';
import type { HostDiskSpec, HostGroupSpec, IoLimitSpec } from '../spec/host-spec';
import type { IoJob } from './io-job';

/** Whose request it is; null: the flusher's. */
export type IoRequest = { readonly direction: Direction; readonly bytes: number; readonly job: number | null; /** Of the host; −1 for the flusher. */ readonly group: number };

/** What a group, or the flusher, has had of the device. */
export type IoCount = { readBytes: number; writtenBytes: number; reads: number; writes: number };
const nothing = (): IoCount => ({ readBytes: 0, writtenBytes: 0, reads: 0, writes: 0 });

export type HostIo = {
  readonly device: BlockDevice;
  readonly cache: Writeback;
  readonly scheduler: DeadlineScheduler;
  /** By group of the host. */
  readonly throttles: IoThrottle[];
  /** Queued or on the device. */
  readonly requests: Map<number, IoRequest>;
  readonly jobs: Map<number, IoJob>;
  /** By group of the host, the flusher last; and as they and the device's busy time were at the last sample. */
  readonly counts: IoCount[];
  seen: IoCount[];
  seenBusyUs: number;
  nextId: number;
  onDevice: number;
  /** Requests of the flusher that are on their way. */
  flushing: number;
};

const BYTES_PER_MIB = 1_048_576;

/** Null for a host whose disk is not timed. `availableBytes`: of memory, for the dirty ratios. */
export function hostIo(disk: HostDiskSpec | undefined, groups: readonly HostGroupSpec[], availableBytes: number): HostIo | null {
  if (disk?.device === undefined) return null;
  const { readLatencyMs, writeLatencyMs, readMibPerSecond, writeMibPerSecond, flushMs, iops, queueDepth = VIRTUAL_DISK.queueDepth } = disk.device;
  const device = blockDevice({
    readLatencyUs: readLatencyMs * 1_000, writeLatencyUs: writeLatencyMs * 1_000, readBytesPerSecond: readMibPerSecond * BYTES_PER_MIB, writeBytesPerSecond: writeMibPerSecond * BYTES_PER_MIB,
    flushUs: flushMs * 1_000, queueDepth, requestBytesMax: VIRTUAL_DISK.requestBytesMax, ...(iops === undefined ? {} : { iopsMax: iops }),
  });
  return { device, cache: writeback(device, availableBytes), scheduler: deadlineScheduler(), throttles: groups.map(({ io }) => ioThrottle(limitOf(io?.read), limitOf(io?.write))), requests: new Map(), jobs: new Map(), counts: countsFor(groups.length), seen: countsFor(groups.length), seenBusyUs: 0, nextId: 0, onDevice: 0, flushing: 0 };
}

const countsFor = (groups: number) => Array.from({ length: groups + 1 }, nothing);

const limitOf = (limit: IoLimitSpec | undefined) => (limit === undefined ? UNLIMITED_IO : { bytesPerSecond: (limit.mibPerSecond ?? Infinity) * BYTES_PER_MIB, iops: limit.iops ?? Infinity });

/** µs until the limits from a group to the root let a request go; 0: it goes now, and is counted. */
export function throttleIo(world: HostWorld, io: HostIo, group: number, { direction, bytes, queued }: { readonly direction: Direction; readonly bytes: number; readonly queued: boolean }): number {
  const { nowUs } = world.cpu;
  const line: IoThrottle[] = [];
  for (let at = group; at >= 0; at = world.groups[at]!.parent) line.push(io.throttles[at]!);
  const waitUs = line.reduce((most, throttle) => Math.max(most, throttleDelayUs(throttle, direction, bytes, nowUs, queued)), 0);
  if (waitUs === 0) for (const throttle of line) chargeIo(throttle, direction, bytes, nowUs);
  return waitUs;
}

/** Hands a request to the scheduler, and to the device when it has room. `sector` is where on the disk. */
export function askDevice(world: HostWorld, io: HostIo, request: IoRequest, sector: number): void {
  io.nextId += 1;
  io.requests.set(io.nextId, request);
  enqueueRequest(io.scheduler, { id: io.nextId, direction: request.direction, sector, bytes: request.bytes, queuedUs: world.cpu.nowUs });
  dispatch(world, io);
}

/** The request that has just ended; others take its place. */
export function endRequest(world: HostWorld, io: HostIo, id: number): IoRequest {
  const request = io.requests.get(id)!;
  io.requests.delete(id);
  io.onDevice -= 1;
  count(io.counts.at(request.group)!, request);
  dispatch(world, io);
  return request;
}

function count(of: IoCount, { direction, bytes }: IoRequest): void {
  if (direction === 'read') {
    of.readBytes += bytes;
    of.reads += 1;
  } else {
    of.writtenBytes += bytes;
    of.writes += 1;
  }
}

function dispatch(world: HostWorld, io: HostIo): void {
  const { nowUs } = world.cpu;
  while (io.onDevice < io.device.spec.queueDepth) {
    const next: QueuedRequest | null = nextRequest(io.scheduler, nowUs);
    if (next === null) return;
    io.onDevice += 1;
    const doneUs = submitRequest(io.device, nowUs, next.direction, next.bytes);
    callAt(world.cpu, nowUs + (doneUs - nowUs) * world.trouble.diskFactor, HostCall.ioDone, next.id);
  }
}
