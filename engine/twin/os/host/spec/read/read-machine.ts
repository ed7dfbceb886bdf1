/** Reads what a host's machine has: power, sleep, a disk and its device. */
import { readPowerModel } from '../../../../pricing/read-carbon';
import { member, onlyKeys, optional, readNumber, type SpecReader } from '../../../../spec-reader';
import type { HostPowerSpec } from '../../power/host-power';
import { SUSPEND_AFTER_SECONDS_MAX, type SuspendSpec } from '../../power/suspend-host';
import type { HostDeviceSpec, HostDiskSpec } from '../host-spec';

export function readHostPower(at: SpecReader): HostPowerSpec {
  onlyKeys(at, ['idleWatts', 'maxWatts', 'model', 'deepIdle', 'suspend']);
  const watts = (m: SpecReader) => readNumber(m, { min: 0, max: 100_000 });
  const deepIdle = optional(at, 'deepIdle', (m) => {
    onlyKeys(m, ['watts', 'afterMs']);
    return { watts: watts(member(m, 'watts')), afterMs: readNumber(member(m, 'afterMs'), { min: 0, max: 86_400_000 }) };
  });
  return { idleWatts: watts(member(at, 'idleWatts')), maxWatts: watts(member(at, 'maxWatts')), model: optional(at, 'model', readPowerModel), deepIdle, suspend: optional(at, 'suspend', readSuspend) };
}

function readSuspend(at: SpecReader): SuspendSpec {
  onlyKeys(at, ['watts', 'afterSeconds', 'resumeMs', 'resumeWatts']);
  return {
    watts: readNumber(member(at, 'watts'), { min: 0, max: 100_000 }),
    afterSeconds: readNumber(member(at, 'afterSeconds'), { min: 0.001, max: SUSPEND_AFTER_SECONDS_MAX }),
    resumeMs: readNumber(member(at, 'resumeMs'), { min: 0, max: 600_000 }),
    resumeWatts: optional(at, 'resumeWatts', (m) => readNumber(m, { min: 0, max: 100_000 })),
  };
}

export function readDisk(at: SpecReader): HostDiskSpec {
  onlyKeys(at, ['sizeMib', 'usedMib', 'inodes', 'device']);
  const sizeMib = readNumber(member(at, 'sizeMib'), { min: 1, max: 1e9 });
  return { sizeMib, usedMib: readNumber(member(at, 'usedMib'), { min: 0, max: sizeMib }), inodes: optional(at, 'inodes', (m) => readNumber(m, { min: 1, max: 1e12, integer: true })), device: optional(at, 'device', readDevice) };
}

function readDevice(at: SpecReader): HostDeviceSpec {
  onlyKeys(at, ['readLatencyMs', 'writeLatencyMs', 'readMibPerSecond', 'writeMibPerSecond', 'flushMs', 'iops', 'queueDepth']);
  const number = (key: string, min: number, max: number) => readNumber(member(at, key), { min, max });
  return {
    readLatencyMs: number('readLatencyMs', 0, 10_000),
    writeLatencyMs: number('writeLatencyMs', 0, 10_000),
    readMibPerSecond: number('readMibPerSecond', 0.01, 1e6),
    writeMibPerSecond: number('writeMibPerSecond', 0.01, 1e6),
    flushMs: number('flushMs', 0, 10_000),
    iops: optional(at, 'iops', (m) => readNumber(m, { min: 1, max: 1e9 })),
    queueDepth: optional(at, 'queueDepth', (m) => readNumber(m, { min: 1, max: 65_536, integer: true })),
  };
}
