import { expect, test } from 'vitest';
import { addMemoryGroup, chargePages, chooseVictims, memoryTree, oomPoints, oomVictim, releasePages, type OomTask } from '../index';

const task = (id: number, rssPages: number, more: Partial<OomTask> = {}): OomTask => ({ id, group: 1, rssPages, swapPages: 0, pageTablePages: 0, oomScoreAdj: 0, ...more });

test('points are resident, swapped and page-table pages, plus the adjustment in thousandths of what is shared', () => {
  expect(oomPoints(task(0, 1_000, { swapPages: 200, pageTablePages: 5, oomScoreAdj: 100 }), 51_234)).toBe(1_205 + 100 * 51);
  expect(oomPoints(task(0, 9_999, { oomScoreAdj: -1_000 }), 51_200)).toBeNull();
});

test('the biggest dies, not the one that asked; of equal ones the one that is met last', () => {
  expect(oomVictim([task(1, 100), task(2, 900), task(3, 300)], 10_000)?.id).toBe(2);
  expect(oomVictim([task(1, 900), task(2, 900)], 10_000)?.id).toBe(2);
  expect(oomVictim([task(1, 900, { oomScoreAdj: -500 }), task(2, 300)], 10_000)?.id).toBe(2);
});

test('a limit of a group kills inside the group alone', () => {
  const tree = memoryTree();
  const g = addMemoryGroup(tree, { name: 'g', limitPages: 1_000 });
  const verdict = chooseVictims(tree, g, [task(1, 500, { group: g }), task(2, 90_000, { group: 0 })], 1_000_000);
  expect(verdict).toMatchObject({ verdict: 'kill', victims: [{ id: 1 }] });
  expect(tree.groups[g]!.oomKills).toBe(1);
});

test('an oom.group dies whole, its exempt members apart', () => {
  const tree = memoryTree();
  const parent = addMemoryGroup(tree, { name: 'p', limitPages: 5_000 });
  const pod = addMemoryGroup(tree, { name: 'p/pod', parent, oomGroup: true });
  const other = addMemoryGroup(tree, { name: 'p/other', parent });
  const tasks = [task(1, 900, { group: pod }), task(2, 10, { group: pod }), task(3, 10, { group: pod, oomScoreAdj: -1_000 }), task(4, 100, { group: other })];
  expect(chooseVictims(tree, parent, tasks, 0)).toMatchObject({ victims: [{ id: 1 }, { id: 2 }] });
  expect(tree.groups[pod]!.oomKills).toBe(2);
});

test('with the OOM killer off tasks wait; with all exempt nobody dies', () => {
  const tree = memoryTree();
  const g = addMemoryGroup(tree, { name: 'g', limitPages: 100, oomDisabled: true });
  expect(chooseVictims(tree, g, [task(1, 100, { group: g })], 0)).toEqual({ verdict: 'waits' });
  const h = addMemoryGroup(tree, { name: 'h', limitPages: 100 });
  expect(chooseVictims(tree, h, [task(1, 100, { group: h, oomScoreAdj: -1_000 })], 0)).toEqual({ verdict: 'nobody' });
});

test('what a killed task held is free again', () => {
  const tree = memoryTree();
  const g = addMemoryGroup(tree, { name: 'g', limitPages: 1_000 });
  chargePages(tree, g, 1_000, 'anonPages');
  expect(chargePages(tree, g, 1, 'anonPages').outOfMemory).not.toBeNull();
  releasePages(tree, g, 600, 'anonPages');
  expect(chargePages(tree, g, 600, 'anonPages').outOfMemory).toBeNull();
  expect(tree.groups[g]!.chargedPages).toBe(1_000);
});
