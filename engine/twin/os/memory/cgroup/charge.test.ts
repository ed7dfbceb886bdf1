import { expect, test } from 'vitest';
import { addMemoryGroup, chargePages, memoryTree, releasePages, touchFolio, setMemoryLimit, highDelayUs, effectiveProtection, reclaim, pageOutIdle } from '../index';

const groupOf = (limitPages: number, more = {}) => {
  const tree = memoryTree();
  const id = addMemoryGroup(tree, { name: 'g', limitPages, ...more });
  return { tree, id, group: tree.groups[id]! };
};
const cache = (tree: ReturnType<typeof memoryTree>, id: number, folios: number, pages: number, nowUs = 0) => {
  for (let i = 0; i < folios; i += 1) touchFolio(tree, id, i, pages, { nowUs, dirty: false });
};

test('single pages are charged ahead in batches of 64', () => {
  const { tree, id, group } = groupOf(1_000);
  chargePages(tree, id, 1, 'anonPages');
  expect([group.anonPages, group.stockPages, group.chargedPages, group.failcnt]).toEqual([1, 63, 64, 0]);
  chargePages(tree, id, 64, 'anonPages');
  expect([group.anonPages, group.stockPages, group.chargedPages]).toEqual([65, 63, 128]);
});

test('near the limit every page counts one refusal of its batch, and the last pages are still given out', () => {
  const { tree, id, group } = groupOf(100);
  expect(chargePages(tree, id, 100, 'anonPages').outOfMemory).toBeNull();
  expect([group.anonPages, group.chargedPages, group.failcnt]).toEqual([100, 100, 36]);
  const refused = chargePages(tree, id, 1, 'anonPages');
  expect(refused.outOfMemory).toBe(group);
  expect(group.anonPages).toBe(100);
});

test('a full cache of 2 MiB folios costs 65 refusals for every 512 anonymous pages', () => {
  const { tree, id, group } = groupOf(64 * 512);
  cache(tree, id, 64, 512);
  const before = group.failcnt;
  chargePages(tree, id, 10 * 512, 'anonPages');
  expect(group.filePages).toBe(54 * 512);
  expect(group.failcnt - before).toBe(650);
});

test('reading beyond the limit costs one refusal per folio and kills nobody', () => {
  const { tree, id, group } = groupOf(64 * 512);
  cache(tree, id, 200, 512);
  expect([group.filePages, group.failcnt]).toEqual([64 * 512, 136]);
});

test('a charge counts in every ancestor, and the ancestor that is full is the one out of memory', () => {
  const tree = memoryTree();
  const parent = addMemoryGroup(tree, { name: 'p', limitPages: 200 });
  const a = addMemoryGroup(tree, { name: 'p/a', parent });
  const b = addMemoryGroup(tree, { name: 'p/b', parent });
  chargePages(tree, a, 150, 'anonPages');
  const result = chargePages(tree, b, 100, 'anonPages');
  expect(result).toEqual({ pages: 50, outOfMemory: tree.groups[parent] });
  expect(tree.groups[parent]!.chargedPages).toBe(200);
  releasePages(tree, a, 150, 'anonPages');
  expect(tree.groups[parent]!.chargedPages).toBe(50);
});

test('v1 refuses a limit below what cannot be reclaimed, v2 sets it', () => {
  const { tree, id, group } = groupOf(1_000);
  chargePages(tree, id, 300, 'anonPages');
  cache(tree, id, 10, 50);
  expect(setMemoryLimit(tree, id, 400, 'v1')).toBe('set');
  expect(group.chargedPages).toBeLessThanOrEqual(400);
  expect(setMemoryLimit(tree, id, 200, 'v1')).toBe('busy');
  expect([group.limitPages, group.filePages]).toEqual([400, 0]);
  expect(setMemoryLimit(tree, id, 200, 'v2')).toBe('over');
  expect(group.limitPages).toBe(200);
});

test('memory.high slows more the further above it, never over 2 s, and refuses nothing', () => {
  const { tree, id } = groupOf(Infinity, { highPages: 10_000 });
  chargePages(tree, id, 9_000, 'anonPages');
  expect(highDelayUs(tree, id, 64)).toBe(0);
  chargePages(tree, id, 2_000, 'anonPages');
  const little = highDelayUs(tree, id, 64);
  chargePages(tree, id, 2_000, 'anonPages');
  const more = highDelayUs(tree, id, 64);
  chargePages(tree, id, 50_000, 'anonPages');
  expect(little).toBeGreaterThan(0);
  expect(more).toBeGreaterThan(2 * little);
  expect(highDelayUs(tree, id, 64)).toBe(2_000_000);
});

test('memory.min is spared always, memory.low while others have something to give', () => {
  const tree = memoryTree();
  const kept = addMemoryGroup(tree, { name: 'kept', minPages: 400 });
  const soft = addMemoryGroup(tree, { name: 'soft', lowPages: 1_000 });
  const free = addMemoryGroup(tree, { name: 'free' });
  for (const [id, base] of [[kept, 0], [soft, 1_000], [free, 2_000]] as const) for (let i = 0; i < 100; i += 1) touchFolio(tree, id, base + i, 10, { nowUs: 0, dirty: false });
  while (tree.groups[free]!.filePages > 0) reclaim(tree, 0, 32);
  expect(tree.groups[soft]!.filePages).toBeGreaterThanOrEqual(1_000 - 64); // what it charged ahead is not protected
  while (reclaim(tree, 0, 32) > 0);
  expect(tree.groups[soft]!.filePages).toBe(0);
  expect(tree.groups[kept]!.filePages).toBeGreaterThanOrEqual(400 - 64);
});

test('protection of children is shared out when they claim more than their parent has', () => {
  const tree = memoryTree();
  const parent = addMemoryGroup(tree, { name: 'p', minPages: 300 });
  const a = addMemoryGroup(tree, { name: 'p/a', parent, minPages: 400 });
  const b = addMemoryGroup(tree, { name: 'p/b', parent, minPages: 200 });
  chargePages(tree, a, 640, 'anonPages');
  chargePages(tree, b, 640, 'anonPages');
  expect(effectiveProtection(tree, 0, a).minPages).toBe(200);
  expect(effectiveProtection(tree, 0, b).minPages).toBe(100);
});

test('anonymous pages leave for swap only as far as swap has room', () => {
  const tree = memoryTree(100);
  const id = addMemoryGroup(tree, { name: 'g', limitPages: 1_000 });
  const result = chargePages(tree, id, 1_200, 'anonPages');
  const group = tree.groups[id]!;
  expect([result.pages, group.swapPages, group.anonPages, tree.swapFreePages]).toEqual([1_100, 100, 1_000, 0]);
});

test('the host takes back file pages that nobody touched for ten seconds, and only those', () => {
  const { tree, id, group } = groupOf(Infinity);
  cache(tree, id, 10, 512, 0);
  touchFolio(tree, id, 3, 512, { nowUs: 9_000_000, dirty: false });
  expect(pageOutIdle(tree, { ageUs: 10_000_000, everyUs: 5_000_000 }, 10_000_000)).toBe(9 * 512);
  expect(group.folios.map(({ key }) => key)).toEqual([3]);
});
