import { describe, expect, test } from 'vitest';
import { cfs, eevdf, priorityWithAgeing, roundRobin, STUDIED, studySchedulers, type StudyPolicy, type StudyWork } from './index';

const SECOND = 1_000_000;
const busy = (name: string, more: Partial<StudyWork> = {}): StudyWork => ({ name, pieces: [{ atUs: 0, workUs: 100 * SECOND }], ...more });
const bursts = (name: string, more: Partial<StudyWork> = {}): StudyWork => ({ name, pieces: Array.from({ length: 100 }, (_, i) => ({ atUs: i * 20_000 + 500, workUs: 1_000 })), ...more });
const of = (policy: StudyPolicy, works: readonly StudyWork[], until = 2 * SECOND) => studySchedulers(works, [policy], until)[0]!;
const taskOf = (policy: StudyPolicy, works: readonly StudyWork[], name: string, until?: number) => of(policy, works, until).tasks.find((task) => task.name === name)!;

describe('one CPU under a policy', () => {
  test.each(STUDIED.map((policy) => [policy.name, policy] as const))('%s does all the work there is, and none twice', (_, policy) => {
    const { tasks } = of(policy, [busy('a'), busy('b'), bursts('c')]);
    expect(tasks.reduce((sum, { cpuUs }) => sum + cpuUs, 0)).toBeCloseTo(2 * SECOND, 6);
  });

  test('round robin gives equal tasks equal time, whatever their nice', () => {
    const { tasks } = of(roundRobin(), [busy('a', { nice: 10 }), busy('b')]);
    expect(tasks[0]!.cpuUs).toBeCloseTo(tasks[1]!.cpuUs, -4);
  });

  test.each([['CFS', cfs], ['EEVDF', eevdf()]] as const)('%s shares by weight', (_, policy) => {
    const { tasks } = of(policy, [busy('a', { nice: 5 }), busy('b')], 10 * SECOND);
    expect(tasks[1]!.cpuUs / tasks[0]!.cpuUs).toBeCloseTo(1_024 / 335, 1);
  });

  test('strict priority starves, ageing does not', () => {
    const works = [busy('low', { priority: 5 }), busy('high', { priority: 0 })];
    expect(taskOf(priorityWithAgeing(Infinity), works, 'low')).toMatchObject({ cpuUs: 0, longestStarvedUs: 2 * SECOND });
    expect(taskOf(priorityWithAgeing(), works, 'low').cpuUs).toBeGreaterThan(20_000);
    expect(taskOf(priorityWithAgeing(), works, 'low').longestStarvedUs).toBeLessThan(SECOND);
  });

  test('who sleeps a lot answers sooner under fair policies than in turn with three busy tasks', () => {
    const works = [busy('a'), busy('b'), busy('c'), bursts('short')];
    const response = (policy: StudyPolicy) => taskOf(policy, works, 'short').meanResponseUs;
    expect(response(roundRobin())).toBeGreaterThan(10_000);
    expect(response(cfs)).toBeLessThan(response(roundRobin()) / 3);
    expect(response(eevdf())).toBeLessThan(response(roundRobin()) / 3);
  });
});

test('a policy of one’s own is an object with three functions', () => {
  const shortestFirst: StudyPolicy = { name: 'shortest first', pick: (ready) => ready.reduce((best, task, i) => (task.workLeftUs < ready[best]!.workLeftUs ? i : best), 0), sliceUs: () => 1e12, preempts: (waking, running) => waking.workLeftUs < running.workLeftUs };
  const works: StudyWork[] = [40_000, 5_000, 10_000].map((workUs, i) => ({ name: `t${i}`, pieces: [{ atUs: 0, workUs }] }));
  const { tasks } = of(shortestFirst, works);
  expect(tasks.map(({ meanResponseUs }) => meanResponseUs)).toEqual([55_000, 5_000, 15_000]);
});

test('a policy that chooses nobody is told so', () => {
  const broken: StudyPolicy = { ...roundRobin(), name: 'broken', pick: () => -1 };
  expect(() => of(broken, [busy('a')])).toThrow(/broken chose -1/);
});
