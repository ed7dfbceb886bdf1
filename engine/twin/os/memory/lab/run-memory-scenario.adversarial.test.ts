import fc from 'fast-check';
import { expect, test } from 'vitest';
import { runMemoryScenario, type MemoryScenario, type MemoryStep } from '../index';

const scenario = (more: Partial<MemoryScenario>): MemoryScenario => ({ durationS: 5, warmS: 0.5, sampleHz: 10, dropCaches: false, files: [], events: [], groups: [], ...more });
const one = (memLimitMb: number | undefined, steps: readonly MemoryStep[], restart?: { delayS: number }) => [{ name: 'g', ...(memLimitMb === undefined ? {} : { memLimitMb }), procs: [{ steps, ...(restart === undefined ? {} : { restart }) }] }];

test('a limit too small to start in kills at every start, and the run still ends', () => {
  const run = runMemoryScenario(scenario({ groups: one(4, [{ op: 'grow', mb: 10 }], { delayS: 0 }) }));
  expect(run.groups['g']!.oomKills).toBeGreaterThan(5);
  expect(run.groups['g']!.memMaxMb).toBeLessThanOrEqual(4);
});

test('endless passes over a file that does not exist end with the run', () => {
  const run = runMemoryScenario(scenario({ groups: one(50, [{ op: 'read', file: '/nowhere', times: 1_000_000_000 }]) }));
  expect(run.steps.filter(({ ev }) => ev === 'pass').length).toBeLessThan(60_000);
});

test('a run without groups, a program without steps and a change of a group that is not there say what they are', () => {
  expect(runMemoryScenario(scenario({}))).toMatchObject({ groups: {}, tasks: [], events: [] });
  const run = runMemoryScenario(scenario({ groups: one(50, []), events: [{ tS: 1, action: 'set', group: 'other', file: 'memory/memory.limit_in_bytes', value: 1 }] }));
  expect(run.events).toMatchObject([{ action: 'exit', code: 0 }, { action: 'set', error: 'ENOENT' }]);
});

test('nobody may be killed: the group waits, and a program of another group goes on', () => {
  const groups = [...one(30, [{ op: 'grow', mb: 100, mbPerS: 50 }]).map((group) => ({ ...group, oomDisable: true })), { name: 'h', memLimitMb: 100, procs: [{ label: 'free', steps: [{ op: 'grow', mb: 50, mbPerS: 50 } as const] }] }];
  const run = runMemoryScenario(scenario({ groups }));
  expect(run.events.filter(({ tS }) => tS < 5).map(({ label }) => label)).toEqual(['h/free']);
  expect(run.groups['g']).toMatchObject({ oomKills: 0 });
});

const step = fc.oneof(
  fc.record({ op: fc.constant('grow' as const), mb: fc.integer({ min: 0, max: 300 }), mbPerS: fc.integer({ min: 0, max: 500 }) }),
  fc.record({ op: fc.constant('hold' as const), s: fc.double({ min: -1, max: 2, noNaN: true }) }),
  fc.record({ op: fc.constant('free' as const), mb: fc.integer({ min: 0, max: 300 }) }),
  fc.record({ op: fc.constant('read' as const), file: fc.constantFrom('a', 'b', 'c'), mbPerS: fc.integer({ min: 1, max: 900 }), times: fc.integer({ min: 1, max: 3 }) }),
  fc.record({ op: fc.constant('write' as const), file: fc.constantFrom('a', 'd'), mb: fc.integer({ min: 1, max: 200 }), mbPerS: fc.integer({ min: 1, max: 900 }) }),
);

test('whatever the script, no group exceeds its limit, kills match exits, and times go forward', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 6 }), fc.array(step, { maxLength: 6 }), fc.integer({ min: 12, max: 400 }), fc.boolean(), (first, second, memLimitMb, dropCaches) => {
      const groups = [{ name: 'g', memLimitMb, procs: [{ label: 'a', steps: first, restart: { delayS: 0.2 } }, { label: 'b', steps: second }] }];
      const run = runMemoryScenario(scenario({ dropCaches, files: [{ file: 'a', mb: 120 }, { file: 'b', mb: 30 }], groups }));
      const group = run.groups['g']!;
      expect(group.memMaxMb).toBeLessThanOrEqual(memLimitMb);
      expect(run.events.filter(({ action, signal }) => action === 'exit' && signal === 'SIGKILL').length).toBeGreaterThanOrEqual(group.oomKills);
      expect(run.events.every(({ tS }, i) => i === 0 || tS >= run.events[i - 1]!.tS)).toBe(true);
    }),
    { seed: 11, numRuns: 60 },
  );
});
