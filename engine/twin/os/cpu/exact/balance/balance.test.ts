/** Tasks on two CPUs: how long one waits while the other idles, and that loads follow tasks. */
import { expect, test } from 'vitest';
import { addCpuGroup, addCpuTask, callAt, createCpuHost, giveWork, runCpuHost, setGroupCpus, SILENT, stealTime, taskAccount, type CpuHost } from '../index';
import { hierarchicalLoad } from './hierarchical-load';

const TICK_US = 4_000;
const SEEDS = Array.from({ length: 12 }, (_, i) => i + 1);

/** Two busy tasks on CPU 0, then both may use both CPUs. */
function twoOnOne(seed: number): { readonly host: CpuHost; readonly tasks: readonly [number, number] } {
  const host = createCpuHost({ cpus: 2, seed });
  const group = addCpuGroup(host, { name: 'g', cpus: [0] });
  const tasks = [addCpuTask(host, { name: 'a', group }), addCpuTask(host, { name: 'b', group })] as const;
  for (const task of tasks) giveWork(host, task, Infinity);
  runCpuHost(host, 500_000, SILENT);
  setGroupCpus(host, group, [0, 1]);
  return { host, tasks };
}

test.each(SEEDS)('an idle CPU takes the task that waits elsewhere by the third tick, after failed attempts also a cache-hot one (seed %i)', (seed) => {
  const { host, tasks } = twoOnOne(seed);
  runCpuHost(host, 500_000 + 3 * TICK_US + 100, SILENT);
  expect(tasks.map((task) => host.tasks[task]!.cpu).sort()).toEqual([0, 1]);
});

test('what was just preempted is not taken at the first tick', () => {
  const stillWaits = SEEDS.filter((seed) => {
    const { host, tasks } = twoOnOne(seed);
    runCpuHost(host, 500_000 + TICK_US + 100, SILENT);
    return tasks.every((task) => host.tasks[task]!.cpu === 0);
  });
  expect(stillWaits.length).toBeGreaterThan(0);
});

test('loads of a group on all CPUs never sum up to more than the weights of its tasks, however they move', () => {
  const host = createCpuHost({ cpus: 2, seed: 7 });
  const groups = ['a', 'b'].map((name) => addCpuGroup(host, { name }));
  const tasks = groups.flatMap((group) => [0, 1, 2].map((i) => addCpuTask(host, { name: `${group}.${i}`, group })));
  tasks.forEach((task, i) => callAt(host, 1_000 * (i + 1), task));
  const listener = { workDone: (_: CpuHost, task: number) => callAt(host, host.nowUs + 2_000 + 700 * task, task), called: (_: CpuHost, task: number) => giveWork(host, task, 3_000 + 500 * task) };
  for (let ms = 20; ms <= 4_000; ms += 20) {
    runCpuHost(host, ms * 1_000, listener);
    for (const id of groups) {
      const weight = 1_024 * tasks.filter((task) => host.tasks[task]!.group === id).length;
      const load = host.groups[id]!.queues.reduce((sum, queue) => sum + host.queues[queue]!.loadAverage, 0);
      expect(load).toBeLessThanOrEqual(1.05 * weight);
    }
  }
  expect(tasks.some((task) => taskAccount(host, task).migrations > 10)).toBe(true);
});

test('two equal busy groups load their CPUs alike, and a task has its group’s part', () => {
  const host = createCpuHost({ cpus: 2, seed: 3 });
  const tasks = ['a', 'b'].map((name) => addCpuTask(host, { name, group: addCpuGroup(host, { name }) }));
  for (const task of tasks) giveWork(host, task, Infinity);
  runCpuHost(host, 2_000_000, SILENT);
  for (const task of tasks) expect(hierarchicalLoad(host, host.tasks[task]!)).toBeCloseTo(1_023, -1);
});

test('a busy task that is pinned beside a group on both CPUs has less than its CPU: what else runs unsettles the loads, and balancing sends it company (measured: 0.88)', () => {
  const shares = SEEDS.map((seed) => {
    const host = createCpuHost({ cpus: 2, seed });
    const pinned = addCpuTask(host, { name: 'pinned', group: addCpuGroup(host, { name: 'a', cpus: [0] }) });
    const group = addCpuGroup(host, { name: 'b' });
    const free = [0, 1].map((i) => addCpuTask(host, { name: `b${i}`, group }));
    for (const task of [pinned, ...free]) giveWork(host, task, Infinity);
    const daemon = addCpuTask(host, { name: 'daemon' });
    callAt(host, 40_000, daemon);
    runCpuHost(host, 4e6, {
      workDone: () => undefined,
      called: () => {
        giveWork(host, daemon, 1_000);
        callAt(host, host.nowUs + 40_000 + (host.nowUs % 60_000), daemon);
      },
    });
    return taskAccount(host, pinned).cpuUs / 4e6;
  });
  const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
  expect(mean).toBeGreaterThan(0.8);
  expect(mean).toBeLessThan(0.98);
});

test('time that a hypervisor takes is charged to nobody, and work ends later by as much', () => {
  const done: number[] = [];
  for (const stolenUs of [0, 1_500]) {
    const host = createCpuHost({ cpus: 1, seed: 5 });
    const task = addCpuTask(host, { name: 'a' });
    giveWork(host, task, 10_000);
    callAt(host, 3_000, 0);
    runCpuHost(host, 50_000, { workDone: () => done.push(host.nowUs), called: () => stealTime(host, 0, stolenUs) });
    expect(taskAccount(host, task).cpuUs).toBeCloseTo(10_002, 0);
  }
  expect(done[1]! - done[0]!).toBeCloseTo(1_500, 0);
});

test.each([
  { quotaUs: undefined, least: 0.6, most: 0.7, rule: 'rotate on two busy CPUs' },
  { quotaUs: 70_000, least: 0.3, most: 0.4, rule: 'stay where they are when a quota leaves both CPUs capacity to spare: a busy CPU leaves balancing to an idle one' },
])('three equal tasks $rule', ({ quotaUs, least, most }) => {
  const host = createCpuHost({ cpus: 2, seed: 3 });
  const group = addCpuGroup(host, { name: 'g', ...(quotaUs === undefined ? {} : { quotaUs, periodUs: 50_000 }) });
  const tasks = [0, 1, 2].map((i) => addCpuTask(host, { name: `t${i}`, group }));
  for (const task of tasks) giveWork(host, task, Infinity);
  runCpuHost(host, 20_000_000, SILENT);
  const cores = tasks.map((task) => taskAccount(host, task).cpuUs / 20_000_000).sort((a, b) => a - b);
  expect(cores[0]!).toBeGreaterThan(least);
  expect(cores[0]!).toBeLessThan(most);
});
