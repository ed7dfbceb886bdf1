/** Quotas as the kernel plays them, period by period; and what runs on what others leave. */
import { describe, expect, test } from 'vitest';
import { addCpuGroup, addCpuTask, callAt, createCpuHost, giveWork, groupAccount, runCpuHost, setGroupIdle, setGroupWeight, setQuota, SILENT, taskAccount, type CpuHost } from '../index';

const SECOND = 1e6;
const TICK_US = 4_000;
const busy = (host: CpuHost, group: number, name = 'busy') => {
  const task = addCpuTask(host, { name, group });
  giveWork(host, task, Infinity);
  return task;
};
/** Cores of groups over `seconds`, after a second to settle. */
function coresOf(host: CpuHost, groups: readonly number[], seconds = 10): number[] {
  runCpuHost(host, host.nowUs + SECOND, SILENT);
  const before = groups.map((id) => groupAccount(host, id).cpuUs);
  runCpuHost(host, host.nowUs + seconds * SECOND, SILENT);
  return groups.map((id, i) => (groupAccount(host, id).cpuUs - before[i]!) / (seconds * SECOND));
}

describe('a quota', () => {
  test('of one CPU with four busy threads on four CPUs is used up in 25 ms, and all stand still for 75 ms', () => {
    const host = createCpuHost({ cpus: 4, seed: 3 });
    const group = addCpuGroup(host, { name: 'g', quotaUs: 100_000 });
    for (let i = 0; i < 4; i += 1) busy(host, group);
    runCpuHost(host, 2 * SECOND, SILENT);
    const before = groupAccount(host, group);
    runCpuHost(host, 12 * SECOND, SILENT);
    const after = groupAccount(host, group);
    expect((after.cpuUs - before.cpuUs) / (10 * SECOND)).toBeCloseTo(1, 2);
    expect(after.throttledPeriods - before.throttledPeriods).toBe(100);
    expect((after.throttledUs - before.throttledUs) / 100 / 4).toBeGreaterThan(73_000);
    expect((after.throttledUs - before.throttledUs) / 100 / 4).toBeLessThan(77_000);
  });

  test('inside another one holds to the smaller of both, and a parent’s is shared by its children', () => {
    const host = createCpuHost({ cpus: 2, seed: 3 });
    const parent = addCpuGroup(host, { name: 'p', quotaUs: 60_000 });
    const children = [addCpuGroup(host, { name: 'p/a', parent, quotaUs: 20_000 }), addCpuGroup(host, { name: 'p/b', parent, quotaUs: 90_000 })];
    for (const child of children) busy(host, child);
    const [all, a, b] = coresOf(host, [parent, ...children]);
    expect(all).toBeCloseTo(0.6, 2);
    expect(a).toBeCloseTo(0.2, 2);
    expect(b).toBeCloseTo(0.4, 2);
  });

  test('is not spent by who needs less: nobody is throttled at an even load below it', () => {
    const host = createCpuHost({ cpus: 1, seed: 3 });
    const group = addCpuGroup(host, { name: 'g', quotaUs: 50_000 });
    callAt(host, 0, addCpuTask(host, { name: 't', group }));
    runCpuHost(host, 10 * SECOND, { workDone: (_, task) => callAt(host, host.nowUs + 6_000, task), called: (_, task) => giveWork(host, task, 4_000) });
    expect(groupAccount(host, group).throttledPeriods).toBe(0);
  });

  test('throttles a burst inside its period though the mean is far below it, and a saved burst lets it pass', () => {
    const bursts = (burstUs: number) => {
      const host = createCpuHost({ cpus: 1, seed: 3 });
      const group = addCpuGroup(host, { name: 'g', quotaUs: 30_000, burstUs });
      callAt(host, 0, addCpuTask(host, { name: 't', group }));
      runCpuHost(host, 30 * SECOND, { workDone: () => undefined, called: (_, task) => {
        giveWork(host, task, 45_000);
        callAt(host, host.nowUs + 307_000, task);
      } });
      return groupAccount(host, group);
    };
    const [without, saved] = [bursts(0), bursts(30_000)];
    expect(without.cpuUs).toBeLessThan(0.16 * 30 * SECOND);
    expect(without.throttledPeriods).toBeGreaterThan(60);
    expect(saved.throttledPeriods).toBeLessThan(5);
    expect(saved.burstUsedUs).toBeGreaterThan(60 * 10_000);
  });

  test('that is raised lets the waiting go on at once', () => {
    const host = createCpuHost({ cpus: 1, seed: 3 });
    const group = addCpuGroup(host, { name: 'g', quotaUs: 10_000 });
    const task = busy(host, group);
    runCpuHost(host, 1.05 * SECOND, SILENT);
    const before = taskAccount(host, task).cpuUs;
    setQuota(host, group, { quotaUs: Infinity, periodUs: 100_000, burstUs: 0 });
    runCpuHost(host, 1.15 * SECOND, SILENT);
    expect(taskAccount(host, task).cpuUs - before).toBeGreaterThan(95_000);
  });
});

describe('an idle group', () => {
  test('gets 3 of 1027 parts beside a normal one, all of the CPU alone, and its weight again when it is idle no more', () => {
    const host = createCpuHost({ cpus: 1, seed: 3 });
    const idle = addCpuGroup(host, { name: 'idle', idle: true });
    const normal = addCpuGroup(host, { name: 'normal' });
    busy(host, idle);
    expect(coresOf(host, [idle])[0]).toBeCloseTo(1, 2);
    busy(host, normal);
    const [low, high] = coresOf(host, [idle, normal], 60);
    expect(low! / (low! + high!)).toBeGreaterThan(0.001);
    expect(low! / (low! + high!)).toBeLessThan(0.008);
    setGroupIdle(host, idle, false);
    expect(coresOf(host, [idle])[0]).toBeCloseTo(0.5, 1);
  });

  test('leaves the CPU at once to who wakes beside it', () => {
    const waits = (isIdle: boolean) => {
      const host = createCpuHost({ cpus: 1, seed: 3 });
      const low = addCpuGroup(host, { name: 'low', idle: isIdle });
      if (!isIdle) setGroupWeight(host, low, 1_024);
      busy(host, low);
      const group = addCpuGroup(host, { name: 'g' });
      const task = addCpuTask(host, { name: 't', group });
      callAt(host, 10_500, task);
      runCpuHost(host, 10 * SECOND, { workDone: () => callAt(host, host.nowUs + 7_300, task), called: () => giveWork(host, task, 9_000) });
      return taskAccount(host, task).waitUs / taskAccount(host, task).slices;
    };
    expect(waits(true)).toBeLessThan(50);
    expect(waits(false)).toBeGreaterThan(500);
  });
});

test('a context switch takes its time from the work, and the more switches the more of it', () => {
  const doneOf = (switchCostUs: number, tasks: number) => {
    const host = createCpuHost({ cpus: 1, seed: 3, kernel: { switchCostUs } });
    const group = addCpuGroup(host, { name: 'g' });
    for (let i = 0; i < tasks; i += 1) giveWork(host, addCpuTask(host, { name: `t${i}`, group }), 20 * SECOND);
    runCpuHost(host, 10 * SECOND, SILENT);
    return { lostUs: 10 * SECOND - host.tasks.reduce((sum, { workUs }) => sum + 20 * SECOND - workUs, 0), switches: host.cpus[0]!.switches };
  };
  const free = doneOf(0, 4);
  const dear = doneOf(100, 4);
  expect(free.lostUs).toBeLessThanOrEqual(TICK_US); // of the turn that is not charged yet
  expect(dear.switches).toBeGreaterThan(1_000);
  expect(dear.lostUs).toBeGreaterThan(0.9 * 100 * dear.switches);
  expect(dear.lostUs).toBeLessThanOrEqual(100 * dear.switches + TICK_US);
  expect(doneOf(100, 1).lostUs).toBeLessThanOrEqual(100 + TICK_US);
});
