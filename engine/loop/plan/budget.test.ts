import { expect, test } from 'vitest';
import { DEFAULT_POLICY } from '../policy';
import { choose, type Candidate } from './choose';

const candidate = (title: string, cost: number, missed: number): Candidate => ({
  rehearsal: { proposal: { title, commands: title === 'do nothing' ? [] : [{ kind: 'set-replicas', service: 's', replicas: 2 }], services: ['s'] }, refusal: null, subjects: [], values: [], missedShare: 0, drift: 0 },
  score: { total: cost + missed, cost, missed, disruption: 0 },
});
const nothing = candidate('do nothing', 0.4, 5);
const [small, large] = [candidate('small', 0.5, 2), candidate('large', 0.9, 0)];

test('without a budget the best plan wins', () => {
  expect(choose([nothing, small, large], DEFAULT_POLICY).chosen).toBe(large);
});
test('a plan above the budget is refused with both figures, and the best within it wins', () => {
  const { chosen, judged } = choose([nothing, small, large], { ...DEFAULT_POLICY, usdPerHourMax: 0.6 });
  expect(chosen).toBe(small);
  expect(judged[2]!.rejectedBecause).toBe('would cost $0.900/h; the budget is $0.600/h');
});
test('a spend that is above the budget already may come down and may not grow', () => {
  const less = candidate('less', 0.3, 4);
  const policy = { ...DEFAULT_POLICY, usdPerHourMax: 0.2 };
  expect(choose([nothing, small, large], policy).chosen).toBeNull();
  expect(choose([nothing, less, large], policy).chosen).toBe(less);
});
