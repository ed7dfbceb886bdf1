/** The disk of a host as its programs meet it: device, limits, writeback, page cache, backups. */
import { describe, expect, test } from 'vitest';
import { advanceHost, applyHostCommand, compileHost, findOnHost, forkHost, hostHash, parseHost, setHostFault, type HostGroupSpec, type HostSpec, type HostWorld, type ProgramLoad, type ProgramSpec } from '..';

const SECOND = 1e6;
const DEVICE = { readLatencyMs: 0.5, writeLatencyMs: 1, readMibPerSecond: 200, writeMibPerSecond: 100, flushMs: 2 };
const requests = (disk: Extract<ProgramLoad, { kind: 'requests' }>['disk'], rps = 20): ProgramLoad => ({ kind: 'requests', rps, lanes: 8, cpu: { meanMs: 0.5 }, disk });
const api = (load: ProgramLoad, more: Partial<ProgramSpec> = {}): ProgramSpec => ({ name: 'api', group: 'api', load, memoryMib: 20, ...more });
const writer: ProgramSpec = { name: 'writer', group: 'batch', load: { kind: 'timer', everySeconds: 60, cpuMs: 1 }, memoryMib: 5, logMibPerSecond: 60 };
const backup: ProgramSpec = { name: 'backup', group: 'batch', load: { kind: 'backup', schedule: '* * * * *', mib: 2_000, windowHours: 0.002, cpuMsPerMib: 0.2 }, memoryMib: 10 };

function host(programs: readonly ProgramSpec[], { device = {}, ...groups }: { readonly device?: object; readonly api?: Partial<HostGroupSpec>; readonly batch?: Partial<HostGroupSpec> } = {}, more: Partial<HostSpec> = {}): HostSpec {
  const read = parseHost(JSON.parse(JSON.stringify({ name: 'h', cpus: 2, memoryMib: 2_048, disk: { sizeMib: 100_000, usedMib: 1_000, device: { ...DEVICE, ...device } }, groups: [{ name: 'api', ...groups.api }, { name: 'batch', ...groups.batch }], programs, ...more })));
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  return read.value;
}
function lived(spec: HostSpec, seconds: number): HostWorld {
  const world = compileHost(spec, { seed: 4, sampleSeconds: 1 });
  advanceHost(world, seconds * SECOND);
  return world;
}
const apiOf = (world: HostWorld, fromSeconds: number, name = 'api') => {
  const samples = world.samples.filter(({ atUs }) => atUs > fromSeconds * SECOND).flatMap(({ programs }) => programs.filter(({ program, latencyMeanMs }) => program === name && latencyMeanMs !== null));
  const mean = (of: (sample: (typeof samples)[number]) => number) => samples.reduce((sum, sample) => sum + of(sample), 0) / samples.length;
  return { latencyMs: mean(({ latencyMeanMs }) => latencyMeanMs!), served: mean(({ servedRps }) => servedRps!) };
};

describe('a request', () => {
  test('that misses the page cache waits for the device, one that hits does not', () => {
    const cold = lived(host([api(requests({ fileReads: 1 }), { fileCacheMib: 400 })], { api: { memoryLimitMib: 40 } }), 30);
    const warm = lived(host([api(requests({ fileReads: 1 }), { fileCacheMib: 400 })]), 30);
    expect(apiOf(warm, 5).latencyMs).toBeLessThan(0.8);
    expect(apiOf(cold, 5).latencyMs).toBeGreaterThan(0.5 + 0.8 * (0.5 + 0.625)); // latency and 128 KiB at 200 MiB/s, for nineteen of twenty
    expect(apiOf(cold, 5).latencyMs).toBeLessThan(0.5 + 1.3 * (0.5 + 0.625));
    expect(cold.io!.device.reads).toBeGreaterThan(0.85 * 20 * 25);
    expect(warm.io!.device.reads).toBe(0);
  });

  test('that syncs waits for its write, the commit and the flush; one that only writes does not', () => {
    const ofWrites = (fsync: boolean) => apiOf(lived(host([api(requests({ writeKib: 64, fsync }))]), 30), 5).latencyMs;
    expect(ofWrites(false)).toBeLessThan(0.8);
    expect(ofWrites(true)).toBeGreaterThan(0.5 + 1 + 0.6 + 1 + 2 - 0.1);
    expect(ofWrites(true)).toBeLessThan(8);
  });

  test('of a program that was killed meanwhile has failed, and nothing of it is left', () => {
    const world = lived(host([api(requests({ writeKib: 64, fsync: true }, 200), { restart: { delaySeconds: 1, longestSeconds: 1 } })], { device: { flushMs: 200 } }), 10);
    expect(world.io!.jobs.size).toBeGreaterThan(5);
    setHostFault(world, { kind: 'program-kill', program: 'api' }, true);
    advanceHost(world, 10.9 * SECOND);
    expect(world.io!.jobs.size).toBe(0);
    expect(world.programs[0]!.readsDisk).toBe(0);
  });
});

describe('limits', () => {
  test('the device’s operations per second bound what all get together', () => {
    const world = lived(host([api(requests({ fileReads: 4 }, 100), { fileCacheMib: 4_000 })], { device: { iops: 100 }, api: { memoryLimitMib: 40 } }), 30);
    const { device, onDevice } = world.io!;
    expect((device.reads - onDevice) / 30).toBeGreaterThan(95);
    expect((device.reads - onDevice) / 30).toBeLessThan(101);
    expect(world.samples.at(-1)!.pressure!.ioSome!).toBeGreaterThan(90);
  });

  test.each([[{ iops: 40 }, 40], [{ mibPerSecond: 2.5 }, 20]])('of a group (%o) hold for it, and not for its neighbour', (read, perSecond) => {
    const world = lived(host([api(requests({ fileReads: 4 }, 50), { fileCacheMib: 4_000 }), { ...api(requests({ fileReads: 1 }), { fileCacheMib: 400 }), name: 'other', group: 'batch' }], { api: { memoryLimitMib: 40, io: { read } }, batch: { memoryLimitMib: 40 } }), 30);
    const other = apiOf(world, 5, 'other');
    expect(world.io!.device.reads / 30 - other.served).toBeLessThan(perSecond * 1.05);
    expect(world.io!.device.reads / 30 - other.served).toBeGreaterThan(perSecond * 0.7);
    expect(other.latencyMs).toBeLessThan(3);
  });
});

describe('writeback', () => {
  test('begins at the background ratio and leaves the rest dirty until it is old', () => {
    const world = lived(host([{ ...writer, logMibPerSecond: 2 }]), 25);
    expect(world.io!.device.writtenBytes).toBe(0);
    advanceHost(world, 70 * SECOND);
    expect(world.io!.device.writtenBytes / 1_048_576).toBeGreaterThan(60);
    expect(world.io!.device.writtenBytes / 1_048_576).toBeLessThan(95);
  });

  test('of a neighbour’s log slows reads, but does not stop them: at most four of its pieces are in the way', () => {
    const reader = api(requests({ fileReads: 1 }), { fileCacheMib: 400 });
    const [alone, beside] = [[reader], [reader, writer]].map((programs) => apiOf(lived(host(programs, { api: { memoryLimitMib: 40 } }), 60), 30));
    expect(beside!.latencyMs).toBeGreaterThan(1.5 * alone!.latencyMs);
    expect(beside!.latencyMs).toBeLessThan(30);
    expect(beside!.served).toBeGreaterThan(0.95 * alone!.served);
  });

  test('what a power cut finds in memory alone is lost', () => {
    const world = lived(host([{ ...writer, logMibPerSecond: 2 }]), 20);
    setHostFault(world, { kind: 'host-power-loss' }, true);
    expect(world.events.at(-1)!.detail).toMatch(/^off; (3\d|40)\.\d MiB were written and not yet on the disk$/);
  });
});

describe('a backup', () => {
  test('reads at the rate of the device, says whether it kept its window, and leaves a run out while it still runs', () => {
    const world = lived(host([backup]), 100);
    const done = world.events.filter(({ kind }) => kind === 'backed-up').map(({ detail }) => detail);
    expect(done[0]).toMatch(/^2000 MiB in 1[1-2]\.\d s, \d\.\d s after its window$/); // 5.5 ms and 0.2 ms of CPU for each MiB
    const slow = lived(host([{ ...backup, load: { ...backup.load, mib: 20_000 } as ProgramLoad }]), 200);
    const during = world.samples.find(({ atUs }) => atUs === 66 * SECOND)!;
    expect(during.device!.readBytesPerSecond / 1_048_576).toBeCloseTo(175, -1);
    expect(during.device!.busyShare).toBeCloseTo(0.877, 1);
    expect(during.groups[1]!.disk!.readBytesPerSecond).toBe(during.device!.readBytesPerSecond);
    expect(slow.events.filter(({ detail }) => detail === 'left out: the last one still runs').length).toBe(1);
  });

  test('takes the disk from who reads beside it, less so when its group is limited', () => {
    const reader = api(requests({ fileReads: 2 }, 40), { fileCacheMib: 400 });
    const latency = (batch: Partial<HostGroupSpec>, programs: readonly ProgramSpec[]) => apiOf(lived(host(programs, { api: { memoryLimitMib: 40 }, batch }), 71), 61).latencyMs;
    const [alone, beside, limited] = [latency({}, [reader]), latency({}, [reader, backup]), latency({ io: { read: { mibPerSecond: 20 } } }, [reader, backup])];
    expect(beside).toBeGreaterThan(1.5 * alone);
    expect(limited).toBeLessThan(1.4 * alone);
  });

  test('that takes the disk is found with who waits for it', () => {
    const reader = api(requests({ fileReads: 2 }, 60), { fileCacheMib: 400 });
    const long: ProgramSpec = { ...backup, load: { ...backup.load, mib: 20_000 } as ProgramLoad };
    const found = (programs: readonly ProgramSpec[]) => findOnHost(lived(host(programs, { api: { memoryLimitMib: 40 } }), 100)).filter(({ kind }) => kind === 'disk-contention');
    expect(found([reader, long])).toMatchObject([{ subject: 'api', cause: 'batch' }]);
    expect(found([reader])).toEqual([]);
  });

  test('is given up by a stop, and begins anew at its next time', () => {
    const world = lived(host([backup]), 62);
    applyHostCommand(world, { kind: 'restart-program', program: 'backup' });
    advanceHost(world, 140 * SECOND);
    expect(world.events.filter(({ kind }) => kind === 'backed-up')).toHaveLength(1);
  });
});

test('a host with a disk forks, hashes and is lived in slices like any other', () => {
  const spec = host([api(requests({ fileReads: 1, writeKib: 16, fsync: true }, 50), { fileCacheMib: 400 }), writer, backup], { api: { memoryLimitMib: 60 }, batch: { io: { read: { mibPerSecond: 50 } } } });
  const whole = lived(spec, 65);
  const sliced = compileHost(spec, { seed: 4, sampleSeconds: 1 });
  for (let i = 1; i <= 130; i += 1) advanceHost(sliced, i * 500_000);
  expect(hostHash(sliced)).toBe(hostHash(whole));
  const fork = forkHost(whole);
  for (const each of [whole, fork]) advanceHost(each, 70 * SECOND);
  expect(hostHash(fork)).toBe(hostHash(whole));
});

test('who needs a device on a disk without one is told', () => {
  const read = parseHost({ name: 'h', cpus: 1, memoryMib: 512, disk: { sizeMib: 10, usedMib: 1 }, groups: [{ name: 'batch', io: { read: { iops: 5 } } }], programs: [backup] });
  expect(read.ok ? [] : read.error.map(({ path, code }) => `${path} ${code}`)).toEqual(['disk missing']);
});
