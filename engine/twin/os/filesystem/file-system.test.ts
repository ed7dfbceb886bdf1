import fc from 'fast-check';
import { expect, test } from 'vitest';
import { appendFile, appendOpen, cleanUp, closeHandles, collectImages, createFile, deleteFile, deleteSnapshot, fileSystem, imageStore, overwriteUnder, pullImage, removeImage, rotateLog, takeSnapshot, truncateFile, usage, type RotationRule } from './index';

const MIB = 1_048_576;
const DAY_US = 86_400e6;
const disk = (mib = 1_000) => fileSystem({ capacityBytes: mib * MIB });
const put = (fs: ReturnType<typeof disk>, path: string, mib: number, more: { openBy?: string; nowUs?: number; kind?: 'log' | 'data' | 'temporary' } = {}) => createFile(fs, { path, kind: more.kind ?? 'data', bytes: mib * MIB, nowUs: more.nowUs ?? 0, ...(more.openBy === undefined ? {} : { openBy: more.openBy }) });

test('df counts the reserved blocks neither as used nor as available', () => {
  const fs = disk();
  put(fs, '/a', 475);
  expect(usage(fs)).toMatchObject({ usedBytes: 475 * MIB, freeBytes: 525 * MIB, availableBytes: 475 * MIB, usedPercent: 50 });
});

test('root may write into the reserve, others may not', () => {
  const fs = disk();
  put(fs, '/a', 950);
  expect(appendFile(fs, '/a', 1, 0)).toMatchObject({ ok: false, error: { code: 'no-space', availableBytes: 0 } });
  expect(appendFile(fs, '/a', MIB, 0, true).ok).toBe(true);
});

test('a disk without inodes refuses files though it has space', () => {
  const fs = fileSystem({ capacityBytes: 1_000 * MIB, inodesMax: 3 });
  for (const path of ['/a', '/b', '/c']) put(fs, path, 0);
  expect(put(fs, '/d', 0)).toMatchObject({ ok: false, error: { code: 'no-inodes' } });
  expect(usage(fs)).toMatchObject({ inodesFree: 0, usedPercent: 0 });
});

test('a deleted file that is open keeps its blocks until its holder goes', () => {
  const fs = disk();
  put(fs, '/var/log/app.log', 900, { openBy: 'app', kind: 'log' });
  expect(deleteFile(fs, '/var/log/app.log')).toBe(0);
  expect(usage(fs)).toMatchObject({ orphanBytes: 900 * MIB, usedPercent: 95 });
  expect(appendOpen(fs, '/var/log/app.log', 'app', 10 * MIB, 1).ok).toBe(true);
  expect(closeHandles(fs, 'app')).toBe(910 * MIB);
  expect(usage(fs).usedBytes).toBe(0);
});

test('emptying an open log in place frees it at once', () => {
  const fs = disk();
  put(fs, '/app.log', 300, { openBy: 'app' });
  expect(truncateFile(fs, '/app.log', 1)).toBe(300 * MIB);
  expect(usage(fs).usedBytes).toBe(0);
});

test('a clean-up that frees nothing is not a remedy, whatever its exit code', () => {
  const fs = disk();
  put(fs, '/var/log/app.log', 880, { openBy: 'app', kind: 'log' });
  put(fs, '/tmp/young', 10, { kind: 'temporary', nowUs: 6 * DAY_US });
  const rule = { under: '/tmp', olderThanUs: 7 * DAY_US };
  expect(cleanUp(fs, rule, 7 * DAY_US, 90)).toMatchObject({ matched: 0, freedBytes: 0, percentBefore: 94, percentAfter: 94, verdict: 'matched-nothing' });
  expect(cleanUp(fs, { under: '/var/log', olderThanUs: 0 }, 7 * DAY_US, 90)).toMatchObject({ matched: 1, freedBytes: 0, heldOpenBytes: 880 * MIB, holders: ['app'], verdict: 'held-open' });
});

test('a clean-up is effective when it gets below the threshold, and not enough when it does not', () => {
  const fs = disk();
  put(fs, '/data', 600);
  put(fs, '/tmp/a', 100, { kind: 'temporary' });
  put(fs, '/tmp/b', 200, { kind: 'temporary', nowUs: 5 * DAY_US });
  expect(cleanUp(fs, { under: '/tmp', olderThanUs: 7 * DAY_US }, 8 * DAY_US, 80)).toMatchObject({ freedBytes: 100 * MIB, verdict: 'not-enough' });
  expect(cleanUp(fs, { under: '/tmp', olderThanUs: DAY_US }, 8 * DAY_US, 80)).toMatchObject({ freedBytes: 200 * MIB, percentAfter: 64, verdict: 'effective' });
});

const rotation = (more: Partial<RotationRule>): RotationRule => ({ path: '/app.log', sizeBytes: 100 * MIB, keep: 2, mode: 'create', tellsWriter: true, compressedShare: 0.1, ...more });

function logFor(days: number, rule: RotationRule) {
  const fs = disk(2_000);
  put(fs, '/app.log', 0, { openBy: 'app', kind: 'log' });
  let refused = 0;
  for (let day = 1; day <= days; day += 1) {
    if (!appendOpen(fs, '/app.log', 'app', 100 * MIB, day * DAY_US).ok) refused += 1;
    rotateLog(fs, rule, 'app', day * DAY_US);
  }
  return { fs, refused };
}

test('rotation with a told writer keeps a log bounded for ever', () => {
  const { fs, refused } = logFor(60, rotation({}));
  expect(refused).toBe(0);
  expect(usage(fs).usedBytes).toBeLessThan(25 * MIB);
});

test('copytruncate keeps it bounded too, without the writer knowing', () => {
  const { fs, refused } = logFor(60, rotation({ mode: 'copytruncate' }));
  expect(refused).toBe(0);
  expect(usage(fs).orphanBytes).toBe(0);
});

test('a writer that is not told fills the disk through a file without a name', () => {
  const { fs, refused } = logFor(60, rotation({ tellsWriter: false, keep: 1, sizeBytes: 1 }));
  expect(refused).toBeGreaterThan(0);
  expect(usage(fs).usedPercent).toBeGreaterThan(90);
});

const RATE = { downloadBytesPerSecond: 50 * MIB, unpackBytesPerSecond: 200 * MIB, registryMs: 120 };
const layer = (digest: string, mib: number) => ({ digest, compressedBytes: (mib * MIB) / 2, bytes: mib * MIB });

test('a pull brings only the layers that are missing, and a removal frees only those nobody shares', () => {
  const fs = disk();
  const store = imageStore();
  const base = layer('base', 200);
  const first = pullImage(fs, store, 'app:1', [base, layer('app1', 50)], RATE, 0);
  const second = pullImage(fs, store, 'app:2', [base, layer('app2', 50)], RATE, 1);
  expect(first.ok && first.value.milliseconds).toBeCloseTo(120 + 2_500 + 1_250, 6);
  expect(second).toMatchObject({ ok: true, value: { layersPulled: 1, layersCached: 1, downloadedBytes: 25 * MIB } });
  expect(removeImage(fs, store, 'app:1')).toBe(50 * MIB);
  expect(removeImage(fs, store, 'app:2')).toBe(250 * MIB);
});

test('a pull that does not fit leaves nothing behind', () => {
  const fs = disk(300);
  const store = imageStore();
  expect(pullImage(fs, store, 'big', [layer('a', 200), layer('b', 200)], RATE, 0)).toMatchObject({ ok: false, error: { code: 'no-space' } });
  expect(usage(fs).usedBytes).toBe(0);
});

test('image collection goes from 85 % to 80 %, oldest first, and spares what runs', () => {
  const fs = disk();
  const store = imageStore();
  for (let i = 0; i < 9; i += 1) pullImage(fs, store, `app:${i}`, [layer(`l${i}`, 95)], RATE, i);
  store.images.get('app:0')!.containers = 1;
  expect(usage(fs).usedPercent).toBe(90);
  expect(collectImages(fs, store)).toEqual(['app:1']);
  expect(usage(fs).usedPercent).toBeLessThanOrEqual(80);
});

test('a snapshot costs what is overwritten under it, each block once, and gives it back', () => {
  const fs = disk();
  put(fs, '/data', 400);
  const snapshot = takeSnapshot(fs, 'daily', 400 * MIB, 0)!;
  for (let i = 0; i < 50; i += 1) overwriteUnder(fs, snapshot, 100 * MIB, i);
  expect(snapshot.heldBytes).toBeLessThanOrEqual(400 * MIB);
  expect(usage(fs).usedBytes).toBeGreaterThan(790 * MIB);
  deleteSnapshot(fs, snapshot);
  expect(usage(fs).usedBytes).toBe(400 * MIB);
});

test('used and free always add up to the capacity, and nobody but root gets the reserve', () => {
  const step = fc.tuple(fc.constantFrom('create', 'append', 'delete', 'close', 'truncate'), fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 200 * MIB }));
  fc.assert(
    fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
      const fs = disk(500);
      steps.forEach(([what, n, bytes], i) => {
        const path = `/f${n}`;
        if (what === 'create') createFile(fs, { path, kind: 'data', bytes, nowUs: i, openBy: `p${n % 3}` });
        else if (what === 'append') appendFile(fs, path, bytes, i);
        else if (what === 'delete') deleteFile(fs, path);
        else if (what === 'truncate') truncateFile(fs, path, i);
        else closeHandles(fs, `p${n % 3}`);
        const { usedBytes, freeBytes } = usage(fs);
        expect(usedBytes + freeBytes).toBe(fs.capacityBytes);
        expect(freeBytes).toBeGreaterThanOrEqual(fs.reservedBytes);
      });
      for (const holder of ['p0', 'p1', 'p2']) closeHandles(fs, holder);
      for (const path of [...fs.files.keys()]) deleteFile(fs, path);
      expect(usage(fs).usedBytes).toBe(0);
    }),
    { seed: 5, numRuns: 100 },
  );
});
