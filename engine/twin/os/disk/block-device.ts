/**
 * A block device behind its queue: each request takes a fixed latency, in which requests overlap up to the device's depth,
 * and a transfer, which they share one after the other. A lone caller that waits for each request (queue depth 1) therefore
 * gets far less than the device's bandwidth, a deep queue all of it.
 */
import { invariant } from '@/engine/kernel';

export type Direction = 'read' | 'write';

export type BlockDeviceSpec = {
  readonly readLatencyUs: number;
  readonly writeLatencyUs: number;
  readonly readBytesPerSecond: number;
  readonly writeBytesPerSecond: number;
  /** Requests in flight at once; more wait in the scheduler. */
  readonly queueDepth: number;
  /** A flush of the device's own cache (fsync, barriers). */
  readonly flushUs: number;
  /** The largest request; a bigger one is split. */
  readonly requestBytesMax: number;
  /** Requests that it takes a second, as rented disks limit them; absent: as many as latency and bandwidth allow. */
  readonly iopsMax?: number;
};

/** The virtual disk of the recorded host: 64 KiB reads at depth 1 reach 642 MB/s with 24 µs of CPU each. */
export const VIRTUAL_DISK: BlockDeviceSpec = { readLatencyUs: 26, writeLatencyUs: 26, readBytesPerSecond: 1.21e9, writeBytesPerSecond: 1.21e9, queueDepth: 256, flushUs: 20, requestBytesMax: 4_194_304 };

export type BlockDevice = {
  readonly spec: BlockDeviceSpec;
  /** When the shared channel is free again. */
  channelFreeUs: number;
  /** Completion times of what is in flight, ascending. */
  inFlight: number[];
  readBytes: number;
  writtenBytes: number;
  reads: number;
  writes: number;
  flushes: number;
  busyUs: number;
};

export const blockDevice = (spec: BlockDeviceSpec): BlockDevice => ({ spec, channelFreeUs: 0, inFlight: [], readBytes: 0, writtenBytes: 0, reads: 0, writes: 0, flushes: 0, busyUs: 0 });

/** Starts a request now and returns when it is done. The caller keeps to `queueDepth` or lets the device queue it. */
export function submitRequest(device: BlockDevice, nowUs: number, direction: Direction, bytes: number): number {
  invariant(bytes > 0, `a request moves at least a byte, not ${bytes}`);
  const { spec } = device;
  device.inFlight = device.inFlight.filter((done) => done > nowUs);
  const full = device.inFlight.length >= spec.queueDepth;
  const startUs = full ? device.inFlight[device.inFlight.length - spec.queueDepth]! : nowUs;
  const latencyUs = direction === 'read' ? spec.readLatencyUs : spec.writeLatencyUs;
  const requests = Math.ceil(bytes / spec.requestBytesMax);
  const transferUs = Math.max((bytes * 1e6) / (direction === 'read' ? spec.readBytesPerSecond : spec.writeBytesPerSecond), (requests * 1e6) / (spec.iopsMax ?? Infinity));
  const channelUs = Math.max(startUs + latencyUs, device.channelFreeUs);
  device.channelFreeUs = channelUs + transferUs;
  device.busyUs += transferUs;
  count(device, direction, bytes, requests);
  insert(device.inFlight, device.channelFreeUs);
  return device.channelFreeUs;
}

function count(device: BlockDevice, direction: Direction, bytes: number, requests: number): void {
  if (direction === 'read') {
    device.readBytes += bytes;
    device.reads += requests;
  } else {
    device.writtenBytes += bytes;
    device.writes += requests;
  }
}

function insert(times: number[], at: number): void {
  let i = times.length;
  while (i > 0 && times[i - 1]! > at) i -= 1;
  times.splice(i, 0, at);
}

/** Empties the device's cache: after everything in flight, then the flush itself. */
export function flushDevice(device: BlockDevice, nowUs: number): number {
  device.flushes += 1;
  return Math.max(nowUs, device.channelFreeUs) + device.spec.flushUs;
}
