import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { memoryDatabase, type MemoryDatabase } from '../../database/testing/memory-database';
import type { OpenDatabase } from '../../database/database';
import { approvals } from '../../database/schema';
import { checkHistory } from './check-history';
import { runGatewaySwarm } from './gateway-swarm';
import { defaultPolicy } from '../policy';

/** More seeds: ORRERY_SWARM_SEEDS=1000..1200 npx vitest run app/_server/gateway/swarm */
const [first = 1, last = 10] = (process.env.ORRERY_SWARM_SEEDS ?? '').split('..').filter(Boolean).map(Number);
const lived = { crashes: 0, effects: 0 };
const seeds = Array.from({ length: last - first + 1 }, (_, at) => first + at);

let empty: MemoryDatabase;
let open: OpenDatabase;
beforeAll(async () => {
  empty = await memoryDatabase();
});
afterAll(() => empty.close());
beforeEach(async () => {
  open = await empty.clone();
});
afterEach(() => open.close());

test.each(seeds)('seed %i: no invariant breaks while processes die at any await, and everything ends once they stop', async (seed) => {
  const report = await runGatewaySwarm({ db: open.db, seed, rounds: 80 });
  expect(report.violations).toEqual([]);
  expect(report.unfinished).toEqual([]);
  lived.crashes += report.crashes;
  lived.effects += report.effects;
});

test('these seeds were no idle ones', () => {
  expect(lived.crashes).toBeGreaterThan(3 * seeds.length);
  expect(lived.effects).toBeGreaterThan(seeds.length);
});

test('the same seed lives the same history', async () => {
  const report = await runGatewaySwarm({ db: open.db, seed: 4, rounds: 25 });
  const other = await empty.clone();
  const again = await runGatewaySwarm({ db: other.db, seed: 4, rounds: 25 });
  await other.close();
  expect({ ...again, unfinished: again.unfinished.length }).toEqual({ ...report, unfinished: report.unfinished.length });
});

test('the judge bites: a target that forgets keys and versions is caught', async () => {
  const violations: string[] = [];
  for (let seed = 1; seed <= 6 && violations.length === 0; seed += 1) {
    violations.push(...(await runGatewaySwarm({ db: open.db, seed: 10_000 + seed, rounds: 80, forgetfulTarget: true })).violations);
  }
  expect(violations.some((violation) => violation.startsWith('5: '))).toBe(true);
});

test('the judge bites: an approval that vanishes from the history is missed', async () => {
  const { violations } = await runGatewaySwarm({ db: open.db, seed: 6, rounds: 60 });
  expect(violations).toEqual([]);
  expect(await open.db.select().from(approvals)).not.toEqual([]);
  await open.db.delete(approvals);
  expect((await checkHistory(open.db, [], defaultPolicy)).some((violation) => violation.startsWith('2: '))).toBe(true);
});
