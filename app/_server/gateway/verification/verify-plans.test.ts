import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { timeUs } from '@/engine/kernel';
import type { Frame, ServiceSample } from '@/engine/telemetry';
import { memoryDatabase } from '../../database/testing/memory-database';
import type { OpenDatabase } from '../../database/database';
import { listAudit } from '../../audit/read-log';
import { approvePlan } from '../approval/approve-plan';
import { armPlan } from '../execution/arm-plan';
import { runExecution } from '../execution/run-execution';
import { undoPlan } from '../execution/undo-plan';
import { findPlan } from '../plan/stored-plan';
import { ADA, BOB, gatewayBench, must, rehearsedBy, setMode, type Bench } from '../testing/bench';
import { executedPlan, knowledgeSoFar } from './executed-plan';
import { promiseCalibration, promisesOf } from './read-promises';
import { verifyPlans } from './verify-plans';

// The bench promises a p95 of 15 to 25 ms for backend (do nothing: 70 to 90), settles 5 s and verifies 20 s.
let open: OpenDatabase;
let bench: Bench;
beforeAll(async () => {
  open = await memoryDatabase();
});
afterAll(() => open.close());
beforeEach(async () => {
  await open.db.execute("UPDATE plans SET state = 'rejected' WHERE state = 'verifying'");
  bench = gatewayBench({ db: open.db, policy: { abortMargin: 0.5, abortAfterSeconds: 4 } });
  must(await setMode(bench, 'live'));
});

async function verifying() {
  const plan = await rehearsedBy(bench, ADA);
  must(await approvePlan(bench.ports, plan, BOB));
  await runExecution(bench.ports, must(await armPlan(bench.ports, plan, BOB)).execution);
  const { executedAtUs } = (await executedPlan(open.db, plan.id))!;
  return { plan, executedAtUs };
}

const sample = (latencyP95Us: number | null): ServiceSample => ({
  service: 'backend', offeredRps: 10, servedRps: 10, errorRps: 0, latencyMeanUs: null, latencyP50Us: null, latencyP95Us, latencyP99Us: null, cpuCores: null,
  throttledShare: null, replicas: 3, replicasReady: 3, quotaMillicores: 500, inFlight: 0, memoryBytes: null,
});
/** One frame a second after the execution, with the p95 that `of` gives for that second. */
const framesAfter = (executedAtUs: number, seconds: number, of: (second: number) => number | null): Frame[] =>
  Array.from({ length: seconds }, (_, i) => ({ atUs: timeUs(executedAtUs + (i + 1) * 1_000_000), windowUs: timeUs(1_000_000), source: 'live' as const, services: [sample(of(i + 1))], nodes: [], mesh: null, usdPerHour: null, watts: null }));
const note = async (id: string): Promise<unknown> => JSON.parse((await findPlan(open.db, id))!.note ?? 'null');

test('a kept promise is scored inside, improved, and the plan is done', async () => {
  const { plan, executedAtUs } = await verifying();
  bench.pass(27);
  await verifyPlans(bench.ports, framesAfter(executedAtUs, 27, () => 20_000), null);
  expect((await findPlan(open.db, plan.id))!.state).toBe('done');
  expect(await note(plan.id)).toEqual({ kind: 'finished', undoAvailable: true });
  expect(await promisesOf(open.db, plan.id)).toMatchObject([{ measured: 20, inside: true, verdict: 'improved' }]);
});

test('nothing is scored before the window has closed', async () => {
  const { plan, executedAtUs } = await verifying();
  bench.pass(20);
  await verifyPlans(bench.ports, framesAfter(executedAtUs, 20, () => 20_000), null);
  expect((await findPlan(open.db, plan.id))!.state).toBe('verifying');
  expect(await promisesOf(open.db, plan.id)).toMatchObject([{ measured: null, verdict: null, scoredAtUs: null }]);
});

test('a metric that stays above its band by the margin aborts the plan, scores it, and offers the undo', async () => {
  const { plan, executedAtUs } = await verifying();
  bench.pass(15);
  await verifyPlans(bench.ports, framesAfter(executedAtUs, 15, () => 40_000), null);
  expect(await note(plan.id)).toMatchObject({ kind: 'aborted', because: 'left-band', undoAvailable: true, detail: 'latencyP95Ms of backend was 40.0 ms over 4 s; promised were 15.0 to 25.0 ms' });
  expect(await promisesOf(open.db, plan.id)).toMatchObject([{ measured: 40, inside: false, verdict: 'improved' }]);
  await runExecution(bench.ports, must(await undoPlan(bench.ports, plan, BOB)).execution);
  expect(bench.target.replicas('backend')).toBe(2);
});

test.each([
  ['above the band but within the margin', 29_000],
  ['below the band: better than promised', 5_000],
])('%s, the plan goes on', async (_what, p95) => {
  const { plan, executedAtUs } = await verifying();
  bench.pass(15);
  await verifyPlans(bench.ports, framesAfter(executedAtUs, 15, () => p95), null);
  expect((await findPlan(open.db, plan.id))!.state).toBe('verifying');
});

test('a breach while the change still settles aborts nothing', async () => {
  const { plan, executedAtUs } = await verifying();
  bench.pass(8);
  await verifyPlans(bench.ports, framesAfter(executedAtUs, 8, () => 400_000), null);
  expect((await findPlan(open.db, plan.id))!.state).toBe('verifying');
});

test('a single bad second aborts nothing', async () => {
  const { plan, executedAtUs } = await verifying();
  bench.pass(15);
  await verifyPlans(bench.ports, framesAfter(executedAtUs, 15, (second) => (second === 13 ? 45_000 : 20_000)), null);
  expect((await findPlan(open.db, plan.id))!.state).toBe('verifying');
});

test('no data is inconclusive: neither an abort nor a failure', async () => {
  const { plan, executedAtUs } = await verifying();
  bench.pass(15);
  await verifyPlans(bench.ports, framesAfter(executedAtUs, 15, () => null), null);
  expect((await findPlan(open.db, plan.id))!.state).toBe('verifying');
  bench.pass(15);
  await verifyPlans(bench.ports, [], null);
  expect((await findPlan(open.db, plan.id))!.state).toBe('done');
  expect(await promisesOf(open.db, plan.id)).toMatchObject([{ measured: null, inside: null, verdict: 'inconclusive' }]);
});

test('a promise that was broken within the margin is scored outside, and worse where it is worse', async () => {
  const { plan, executedAtUs } = await verifying();
  bench.pass(27);
  await verifyPlans(bench.ports, framesAfter(executedAtUs, 27, () => 29_000), null);
  expect(await promisesOf(open.db, plan.id)).toMatchObject([{ measured: 29, inside: false, verdict: 'improved' }]);
});

test('the score stands in the audit log', async () => {
  const { plan, executedAtUs } = await verifying();
  bench.pass(27);
  await verifyPlans(bench.ports, framesAfter(executedAtUs, 27, () => 20_000), null);
  expect((await listAudit(open.db, { limit: 5 })).find(({ kind, id }) => kind === 'promise-scored' && id === plan.id)).toMatchObject({ detail: [{ metric: 'latencyP95Ms', measured: 20, inside: true }] });
});

test('the ledger knows its coverage and bias, and teaches the loop after a restart', async () => {
  const [calibration] = await promiseCalibration(open.db);
  const scored = calibration!.scored;
  expect(scored).toBeGreaterThanOrEqual(4);
  expect(calibration).toMatchObject({ metric: 'latencyP95Ms', actionKind: 'set-replicas', level: 0.9 });
  expect(calibration!.coverage).toBe(calibration!.inside / scored);
  const { lessons, attempts } = await knowledgeSoFar(open.db);
  expect(lessons.length).toBeGreaterThanOrEqual(3);
  expect(attempts.every(({ service, action, effective }) => service === 'backend' && action === 'set-replicas' && effective)).toBe(true);
});
