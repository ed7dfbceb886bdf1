import { expect, test } from 'vitest';
import type { HostSpec } from './spec/host-spec';
import { playHost, type HostChange } from './play-host';

const SPEC: HostSpec = {
  name: 'edge-1',
  cpus: 1,
  memoryMib: 512,
  groups: [{ name: 'api', quotaMs: 30 }],
  programs: [{ name: 'api', group: 'api', load: { kind: 'requests', rps: 25, lanes: 1, cpu: { meanMs: 8, law: 'exponential' } }, memoryMib: 50 }],
};
const OPTIONS = { seed: 5, seconds: 60, countFromSeconds: 20 };
const open: HostChange = { atSeconds: 20, command: { kind: 'set-quota', group: 'api', quotaMs: null, periodMs: 100 } };

test('both futures are the same until the change, and the change shows in what is counted', () => {
  const asItIs = playHost(SPEC, { ...OPTIONS, changes: [] });
  const changed = playHost(SPEC, { ...OPTIONS, changes: [open] });
  const before = (play: typeof asItIs) => play.samples.filter(({ atUs }) => atUs <= 20e6);
  expect(before(changed)).toEqual(before(asItIs));
  expect(changed.programs[0]!.latencyP95Ms!).toBeLessThan(asItIs.programs[0]!.latencyP95Ms! / 2);
  expect(changed.programs[0]!.spent!.throttledMs).toBeLessThan(0.1); // of the one that was being worked on
  expect(asItIs.programs[0]!.spent!.throttledMs).toBeGreaterThan(1);
});

test('what is counted begins at the given moment and misses nothing after it', () => {
  const whole = playHost(SPEC, { ...OPTIONS, countFromSeconds: 0, changes: [] });
  const first = playHost(SPEC, { ...OPTIONS, seconds: 20, countFromSeconds: 0, changes: [] });
  const rest = playHost(SPEC, { ...OPTIONS, changes: [] });
  expect(first.programs[0]!.served + rest.programs[0]!.served).toBe(whole.programs[0]!.served);
});

test('a change that is refused is told, and one after the end is not made', () => {
  const play = playHost(SPEC, { ...OPTIONS, changes: [{ atSeconds: 30, command: { kind: 'set-memory-limit', group: 'x', memoryLimitMib: 5 } }, { ...open, atSeconds: 70 }] });
  expect(play.refused).toMatchObject([{ refusal: { code: 'not-found', name: 'x' } }]);
  expect(play.events.some(({ kind }) => kind === 'changed')).toBe(false);
});
