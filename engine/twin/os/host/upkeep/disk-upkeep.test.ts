/** What fills a disk by the calendar and what empties it: rotation, snapshots, small files. */
import { describe, expect, test } from 'vitest';
import { advanceHost, compileHost, findOnHost, parseHost, type HostSpec, type HostWorld, type UpkeepSpec } from '..';

const SECOND = 1e6;
const HOUR = 3_600 * SECOND;
const MIB = 1_048_576;

function lived(upkeep: UpkeepSpec, hours: number, more: Partial<HostSpec> = {}): HostWorld {
  const read = parseHost(JSON.parse(JSON.stringify({
    name: 'h', cpus: 1, memoryMib: 512, disk: { sizeMib: 10_000, usedMib: 1_000 }, groups: [{ name: 'g' }], upkeep,
    programs: [{ name: 'app', group: 'g', load: { kind: 'timer', everySeconds: 600, cpuMs: 1 }, memoryMib: 10, logMibPerSecond: 0.05, restart: { delaySeconds: 60, longestSeconds: 600 } }], ...more,
  })));
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  const world = compileHost(read.value, { seed: 2, sampleSeconds: 600 });
  advanceHost(world, hours * HOUR);
  return world;
}
const usedMib = (world: HostWorld, hour: number) => world.samples.find(({ atUs }) => atUs >= hour * HOUR)!.disk!.usedBytes / MIB;
const hourly = { schedule: '0 * * * *', minMib: 1, keep: 3, mode: 'create', tellsWriter: true, compressedShare: 0.1 } as const;

describe('rotation by its timer', () => {
  test('keeps a log in bounds: one that is written, and so many compressed ones', () => {
    const world = lived({ logRotation: hourly }, 30);
    expect(usedMib(world, 30)).toBeLessThan(1_000 + 180 + 3 * 18 + 10);
    expect(usedMib(world, 29.8)).toBeGreaterThan(1_000 + 150);
    expect(usedMib(lived({}, 30), 30)).toBeGreaterThan(1_000 + 5_000);
  });

  test('that does not tell the writer frees nothing: it writes on in the old log, whatever that is called', () => {
    const world = lived({ logRotation: { ...hourly, tellsWriter: false } }, 30);
    expect(usedMib(world, 30)).toBeGreaterThan(1_000 + 5_000);
    expect(world.disk!.files.get('/var/log/app.log')!.bytes).toBe(0);
  });

  test('by copying needs no word to the writer, but room for the copy', () => {
    const copies = { ...hourly, mode: 'copytruncate', tellsWriter: false } as const;
    expect(usedMib(lived({ logRotation: copies }, 30), 30)).toBeLessThan(1_000 + 180 + 3 * 18 + 10);
    const tight = lived({ logRotation: { ...copies, compressedShare: 1 } }, 2.5, { disk: { sizeMib: 1_300, usedMib: 960 } });
    expect(tight.events.filter(({ kind }) => kind === 'rotated')).toEqual([]);
  });
});

describe('snapshots', () => {
  const every = { schedule: '0 */6 * * *', keep: 2, changedMibPerHour: 50 };

  test('hold what was overwritten since, each block once, and give it back when they are too many', () => {
    const world = lived({ snapshots: every, logRotation: hourly }, 47);
    const held = usedMib(world, 47) - usedMib(lived({ logRotation: hourly }, 47), 47);
    expect(held).toBeGreaterThan(1.6 * 50 * 5); // one of six hours, one of five, random overwrites meet twice
    expect(held).toBeLessThan(50 * 11);
    expect(world.events.filter(({ kind, detail }) => kind === 'snapshot' && /gave \d+ MiB back/.test(detail)).length).toBeGreaterThan(3);
  });

  test('one that finds no room for its copies is lost, and the disk is not', () => {
    const world = lived({ snapshots: { ...every, schedule: '0 0 * * *', changedMibPerHour: 100 } }, 47, { disk: { sizeMib: 1_700, usedMib: 1_000 } });
    expect(world.events.some(({ kind, detail }) => kind === 'disk-full' && /it is lost/.test(detail))).toBe(true);
    expect(world.upkeep.snapshots).toEqual([]);
  });
});

describe('a kubelet', () => {
  const busy = (name: string, memoryMib: number, more: object) => ({ name, group: 'g', load: { kind: 'timer' as const, everySeconds: 600, cpuMs: 1 }, memoryMib, restart: { delaySeconds: 1, longestSeconds: 1 }, ...more });

  test('evicts who uses more than it requested, before the kernel must kill, one each time it looks, and for good', () => {
    const programs = [busy('db', 250, { memoryRequestMib: 300, priority: 5 }), busy('leaky', 40, { leakMibPerSecond: 0.5, memoryRequestMib: 50, priority: 9 })];
    const [kept, evicted] = [lived({}, 0.2, { programs }), lived({ eviction: {} }, 0.2, { programs })];
    expect(kept.events.some(({ kind }) => kind === 'oom-kill')).toBe(true);
    expect(evicted.events.filter(({ kind }) => kind === 'evicted' || kind === 'oom-kill')).toMatchObject([{ kind: 'evicted', subject: 'leaky', detail: 'the host was low on memory.available' }]);
    expect(evicted.programs.map(({ phase }) => phase)).toEqual(['ready', 'down']);
  });

  test('evicts for a full disk whose logs are largest, at the threshold that is set', () => {
    const programs = [busy('quiet', 10, { logMibPerSecond: 0.01 }), busy('loud', 10, { logMibPerSecond: 0.5 })];
    const at = (diskAvailablePercent: number) => lived({ eviction: { diskAvailablePercent } }, 4, { programs }).events.find(({ kind }) => kind === 'evicted')!;
    expect(at(30)).toMatchObject({ subject: 'loud', detail: 'the host was low on nodefs.available' });
    expect(at(30).atUs / SECOND).toBeCloseTo((9_500 - 1_000 - 3_000) / 0.51, -2);
    expect(at(50).atUs).toBeLessThan(at(30).atUs);
  });
});

describe('small files', () => {
  const spool = (kib: number, inodes: number) => lived({}, 3, { disk: { sizeMib: 1_000, usedMib: 100, inodes }, programs: [{ name: 'mail', group: 'g', load: { kind: 'timer', everySeconds: 600, cpuMs: 1 }, memoryMib: 10, spool: { filesPerSecond: 5, kib } }] });

  test('use up the inodes of a disk that has room, which is said before', () => {
    const early = lived({}, 2, { disk: { sizeMib: 1_000, usedMib: 100, inodes: 40_000 }, programs: [{ name: 'mail', group: 'g', load: { kind: 'timer', everySeconds: 600, cpuMs: 1 }, memoryMib: 10, spool: { filesPerSecond: 5, kib: 4 } }] });
    expect(findOnHost(early).map(({ kind }) => kind)).toContain('inodes-full');
    const world = spool(4, 40_000);
    expect(world.events.find(({ kind }) => kind === 'disk-full')).toMatchObject({ subject: 'mail', detail: 'no inode is left' });
    expect(world.events.find(({ kind }) => kind === 'disk-full')!.atUs / SECOND).toBeCloseTo(8_000, -2);
    expect(world.samples.at(-1)!.disk!.availableBytes / MIB).toBeGreaterThan(600);
  });

  test('use up the blocks where each takes many', () => {
    expect(spool(100, 1_000_000).events.find(({ kind }) => kind === 'disk-full')).toMatchObject({ detail: 'no space left on device' });
  });
});
