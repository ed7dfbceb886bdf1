/** What the disk's device did since the last sample, and for whom. */
import type { DeviceSample, GroupSample } from '@/engine/telemetry';
import { dirtyBytes } from '../../disk';
import type { IoCount } from '../disk/host-io';
import type { HostWorld } from '../host-world';

const NOTHING: IoCount = { readBytes: 0, writtenBytes: 0, reads: 0, writes: 0 };

/** Nothing for a host whose disk is not timed. Begins the next window. */
export function takeDevice({ io, cpu }: HostWorld, windowUs: number): { readonly device?: DeviceSample } {
  if (io === null) return {};
  const all = io.counts.reduce((sum, count, i) => added(sum, since(count, io.seen[i]!)), NOTHING);
  const busyUs = io.device.busyUs - Math.max(0, io.device.channelFreeUs - cpu.nowUs); // what is queued there is still to come
  const busyShare = Math.min(1, Math.max(0, (busyUs - io.seenBusyUs) / windowUs));
  io.seen = io.counts.map((count) => ({ ...count }));
  io.seenBusyUs = busyUs;
  const perSecond = (value: number) => (value * 1e6) / windowUs;
  return { device: { readBytesPerSecond: perSecond(all.readBytes), writeBytesPerSecond: perSecond(all.writtenBytes), readIops: perSecond(all.reads), writeIops: perSecond(all.writes), busyShare, dirtyBytes: dirtyBytes(io.cache) } };
}

/** A group's own part; what the flusher writes for it later is nobody's. */
export function diskOfGroup({ io }: HostWorld, group: number, windowUs: number): Pick<GroupSample, 'disk'> {
  if (io === null) return {};
  const { readBytes, writtenBytes } = since(io.counts[group]!, io.seen[group]!);
  return { disk: { readBytesPerSecond: (readBytes * 1e6) / windowUs, writeBytesPerSecond: (writtenBytes * 1e6) / windowUs } };
}

const since = (now: IoCount, seen: IoCount): IoCount => ({ readBytes: now.readBytes - seen.readBytes, writtenBytes: now.writtenBytes - seen.writtenBytes, reads: now.reads - seen.reads, writes: now.writes - seen.writes });
const added = (a: IoCount, b: IoCount): IoCount => ({ readBytes: a.readBytes + b.readBytes, writtenBytes: a.writtenBytes + b.writtenBytes, reads: a.reads + b.reads, writes: a.writes + b.writes });
