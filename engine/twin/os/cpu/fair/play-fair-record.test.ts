/** Measured values are of our recordings of a two-CPU host (Linux 6.18, November 2026): A09, A10, and shares in fixtures/host. */
import { describe, expect, test } from 'vitest';
import type { CpuLabScenario, LabEvent, LabGroup } from '../lab';
import { playFairRecord } from './index';

const busy = (count = 1) => [{ kind: 'busy', count }];
const play = (groups: readonly LabGroup[], events: readonly LabEvent[] = [], cpus = 1, more: Partial<CpuLabScenario> = {}) => playFairRecord({ durationS: 11, warmS: 1, groups, events, ...more }, { cpus });
const cores = (...args: Parameters<typeof play>) => Object.values(play(...args).groups).map(({ cpu }) => Math.round(cpu * 1_000) / 1_000);

test.each([
  ['A09, two CPUs', [{ name: 'g1', shares: 4_096, procs: busy() }, { name: 'g2', shares: 1_024, procs: busy(3) }], [0.992, 0.991]],
  ['A10, two CPUs', [{ name: 'g1', shares: 2_048, procs: busy(2) }, { name: 'g2', shares: 1_024, procs: busy(2) }, { name: 'g3', shares: 512, procs: busy(2) }], [1.138, 0.559, 0.285]],
] as const)('%s: within 0.015 cores of what was measured', (_, groups, measured) => cores(groups, [], 2).forEach((cpu, i) => expect(Math.abs(cpu - measured[i]!)).toBeLessThan(0.015)));

test('work that comes in items comes at its mean rate, and what a quota leaves over waits', () => {
  const duty = (meanMs: number) => [{ kind: 'duty', label: 'd', duty: { arrival: 'periodic' as const, periodMs: 200, work: { dist: 'det' as const, meanMs } } }];
  expect(cores([{ name: 'g', quotaUs: 25_000, procs: duty(30) }])).toEqual([0.15]);
  const { groups, tasks } = play([{ name: 'g', quotaUs: 25_000, procs: duty(80) }]);
  expect(groups['g']).toMatchObject({ nrPeriods: 100, nrThrottled: 100 });
  expect(groups['g']!.cpu).toBeCloseTo(0.25, 9);
  expect(tasks[0]).toMatchObject({ label: 'g/d' });
  expect(tasks[0]!.runqWait).toBeGreaterThan(0.5);
});

describe('changes while it runs', () => {
  const two: readonly LabGroup[] = [{ name: 'a', procs: busy() }, { name: 'b', procs: busy() }];
  const at = (event: Omit<LabEvent, 'tS'>): LabEvent => ({ tS: 6, ...event });

  test.each([
    ['shares', at({ action: 'set', group: 'a', file: 'cpu/cpu.shares', value: 3_072 }), [0.625, 0.375]],
    ['idle', at({ action: 'set', group: 'a', file: 'cpu/cpu.idle', value: 1 }), [0.251, 0.749]],
    ['a quota', at({ action: 'set', group: 'a', file: 'cpu/cpu.cfs_quota_us', value: 10_000 }), [0.3, 0.7]],
    ['a kill', at({ action: 'kill', label: 'b/busy' }), [0.75, 0.25]],
    ['one more process', at({ action: 'spawn', group: 'a', proc: { kind: 'busy', label: 'late' } }), [0.5, 0.5]],
    ['a move', at({ action: 'move', group: 'b', to: 'a' }), [0.75, 0.25]],
  ] as const)('%s', (_, event, expected) => expect(cores(two, [event])).toEqual(expected));

  test('CPUs of a group', () => expect(cores([{ name: 'a', cpus: '0', procs: busy() }, { name: 'b', cpus: '0', procs: busy() }], [at({ action: 'set', group: 'b', file: 'cpuset/cpuset.cpus', value: '1' })], 2)).toEqual([0.75, 0.75]));

  test('of a group that is not there change nothing', () => expect(cores(two, [at({ action: 'set', group: 'x', file: 'cpu/cpu.shares', value: 1 }), at({ action: 'move', group: 'b', to: 'x' })])).toEqual([0.5, 0.5]));
});
