import { expect, test } from 'vitest';
import { addMemoryGroup, allocatePages, availablePages, freePages, hostMemory, leakOutlook, memoryTree, minFreeKb, touchFolio, watermarks } from '../index';

test.each([[16, 512], [128, 1_448], [1_024, 4_096], [16_384, 16_384]])('a host of %i MiB keeps %i kB free, as the table in mm/page_alloc.c says', (mib, kb) => {
  expect(minFreeKb(mib * 1_024)).toBe(kb);
});

test('low and high are above min by a thousandth of the memory on a big host', () => {
  expect(watermarks(4_000_000, 11_584)).toEqual({ minPages: 2_896, lowPages: 6_896, highPages: 10_896 });
});

function host(pages: number) {
  const tree = memoryTree();
  const app = addMemoryGroup(tree, { name: 'app' });
  return { app, memory: hostMemory(tree, pages, 1_000, { minPages: 100, lowPages: 200, highPages: 300 }) };
}

test('kswapd frees the page cache up to high before anybody waits', () => {
  const { app, memory } = host(11_000);
  for (let i = 0; i < 90; i += 1) touchFolio(memory.tree, app, i, 100, { nowUs: 0, dirty: false });
  expect(allocatePages(memory, app, 900, 'anonPages').outOfMemory).toBeNull();
  expect(freePages(memory)).toBeGreaterThanOrEqual(200);
  expect([memory.kswapdRuns, memory.directReclaims, memory.outOfMemory]).toEqual([1, 0, 0]);
});

test('when nothing can go the host is out of memory though no group has a limit', () => {
  const { app, memory } = host(11_000);
  expect(allocatePages(memory, app, 9_000, 'anonPages').outOfMemory).toBeNull();
  expect(allocatePages(memory, app, 950, 'anonPages').outOfMemory?.id).toBe(0);
  expect(memory.outOfMemory).toBe(1);
  expect(availablePages(memory)).toBeLessThan(1_000);
});

test('page cache delays the kill of a leak, not the moment at the limit', () => {
  expect(leakOutlook(600, 200, 1_000, 10)).toEqual({ secondsToLimit: 40, secondsToOom: 60 });
  expect(leakOutlook(600, 0, 1_000, 0).secondsToOom).toBe(Infinity);
});
