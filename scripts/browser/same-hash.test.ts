/** The same run in Node and in a Chromium worker, compared bit for bit. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hashState } from '@/engine/kernel';
import { run as runKernel } from './kernel-run';
import { openWorkerRunner, type WorkerRunner } from './run-in-worker';
import { run as runScenario, scenarioIds } from './scenario-run';

let chromium: WorkerRunner;
beforeAll(async () => {
  chromium = await openWorkerRunner();
});
afterAll(() => chromium.close());

test.each([1, 42, Number.MAX_SAFE_INTEGER])('the kernel with seed %i gives one hash in Node and in Chromium', async (seed) => {
  const argument = { seed, events: 100_000 };
  expect(await chromium.run('scripts/browser/kernel-run.ts', argument)).toEqual(runKernel(argument));
});

test('another seed gives another hash, so the comparison means something', () => {
  expect(runKernel({ seed: 1, events: 1_000 }).stateHash).not.toBe(runKernel({ seed: 2, events: 1_000 }).stateHash);
});

test.each(scenarioIds)('%s: Node in one piece and Chromium in small slices end in the same world with the same report', async (id) => {
  const here = runScenario({ id, seconds: 240, eventsPerSlice: Infinity });
  const there = await chromium.run('scripts/browser/scenario-run.ts', { id, seconds: 240, eventsPerSlice: 997 });
  expect(hashState(there)).toBe(hashState(here));
  expect(here.report.events).toBeGreaterThan(1_000);
});

test('what goes wrong in the worker is told here', async () => {
  await expect(chromium.run('scripts/browser/scenario-run.ts', { id: 'no-such', seconds: 1, eventsPerSlice: 1 })).rejects.toThrow('in the worker');
});
