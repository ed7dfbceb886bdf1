/**
 * Promotion without approval is impossible: it does not compile, the gateway refuses it, and the rows it would
 * need are asserted. The `@ts-expect-error` lines are the test: without the error they do not type-check.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { timeUs } from '@/engine/kernel';
import { approvePlan as approveInEngine, rehearsedPlan, type ApprovedPlan, type PlanBody, type RehearsedPlan } from '@/engine/loop';
import type { Actuator, ConnectorReader } from '../connectors/connector';
import { connectorSet } from '../connectors/connectors';
import { approvedPlanFor, orderFor } from '../connectors/testing/approved-order';
import { modelTarget } from '../connectors/testing/model-target';
import { memoryDatabase } from '../database/testing/memory-database';
import type { OpenDatabase } from '../database/database';
import { approvals, executions, intents, plans } from '../database/schema';
import { openExecution, armPlan } from './execution/arm-plan';
import { runExecution } from './execution/run-execution';
import { writeIntent } from './execution/write-intent';
import { gatewayTransaction } from './gateway-transaction';
import { movePlan } from './plan/move-plan';
import { findPlan } from './plan/stored-plan';
import { PLAN_STATES } from './plan-state';
import { ADA, BOB, gatewayBench, must, rehearsedBy, setMode } from './testing/bench';

let open: OpenDatabase;
beforeAll(async () => {
  open = await memoryDatabase();
});
afterAll(() => open.close());

const target = modelTarget({ services: { backend: 2 }, nowUs: () => 1_000_000 });
const reader: ConnectorReader = target.connector;
const observation = async () => {
  const observed = await reader.observer.observe();
  if (!observed.ok) throw new Error(observed.error.detail);
  return observed.value;
};

test('a rehearsed plan, or one that only looks approved, is not an order by type', async () => {
  const approved = approvedPlanFor(reader, await observation(), [{ kind: 'set-replicas', service: 'backend', replicas: 3 }]);
  const rehearsed: RehearsedPlan = { stage: 'rehearsed', planId: approved.planId, body: approved.body };
  const order = orderFor(approved, 'key');
  const actuator: Actuator = target.connector.actuator!;
  const connectors = connectorSet(open.db, [target.connector], () => 0);
  const attempts = [
    // @ts-expect-error a rehearsed plan is no approved plan
    () => actuator.apply({ ...order, plan: rehearsed }),
    // @ts-expect-error an approval pinned on by hand does not make one
    () => actuator.apply({ ...order, plan: { ...rehearsed, stage: 'approved', approval: approved.approval } }),
    // @ts-expect-error the write side is handed to approved plans only
    () => connectors.actuatorFor(rehearsed, 'live'),
  ];
  expect(attempts).toHaveLength(3);
});

test('the side that simulates is given no write side by type', () => {
  // @ts-expect-error a reader has no actuator
  const actuator: Actuator | null = reader.actuator;
  expect(actuator).toBe(target.connector.actuator); // it is the type that hides it here …
});

test('… and what the gateway hands to readers has none at all', async () => {
  const found = await connectorSet(open.db, [target.connector], () => 0).reader('model');
  expect(found.ok && 'actuator' in found.value).toBe(false);
});

test.each(PLAN_STATES.filter((state) => state !== 'approved'))('a plan in state %s is not armed', async (state) => {
  const bench = gatewayBench({ db: open.db });
  must(await setMode(bench, 'live'));
  const plan = await rehearsedBy(bench, ADA);
  await open.db.execute(`UPDATE plans SET state = '${state}' WHERE id = '${plan.id}'`);
  expect(await armPlan(bench.ports, plan, BOB)).toMatchObject({ ok: false, error: { code: 'wrong-state', state } });
  await open.db.execute(`UPDATE plans SET state = 'rejected' WHERE id = '${plan.id}'`);
});

test('a state forged in the database without an approval is not armed', async () => {
  const bench = gatewayBench({ db: open.db });
  must(await setMode(bench, 'live'));
  const plan = await rehearsedBy(bench, ADA);
  await open.db.execute(`UPDATE plans SET state = 'approved' WHERE id = '${plan.id}'`);
  expect(await armPlan(bench.ports, plan, BOB)).toMatchObject({ ok: false, error: { code: 'approval-missing', valid: 0, required: 1 } });
});

test('an execution forged in the database without an approval writes no intent and has no effect', async () => {
  const bench = gatewayBench({ db: open.db });
  must(await setMode(bench, 'live'));
  const plan = await rehearsedBy(bench, ADA);
  await open.db.execute(`UPDATE plans SET state = 'executing' WHERE id = '${plan.id}'`);
  const serial = await gatewayTransaction(bench.ports, (move) => openExecution(move, { id: plan.id, planId: plan.planId, direction: 'forward', mode: 'live', executedBy: 'mallory' }));
  const observed = await bench.target.connector.observer.observe();
  if (!observed.ok) throw new Error('unreachable');
  expect(await writeIntent(bench.ports, serial, observed.value)).toMatchObject({ ok: false, error: { code: 'approval-missing' } });
  await runExecution(bench.ports, serial);
  expect(bench.target.effects).toEqual([]);
  expect((await findPlan(open.db, plan.id))!.state).toBe('aborted');
});

test('an approval of another plan’s id does not count', async () => {
  const bench = gatewayBench({ db: open.db });
  must(await setMode(bench, 'live'));
  const plan = await rehearsedBy(bench, ADA);
  await open.db.insert(approvals).values({ id: plan.id, planId: 'f'.repeat(64), approver: 'bob', selfApproved: false, approvedAtUs: 0, expiresAtUs: Number.MAX_SAFE_INTEGER });
  await open.db.execute(`UPDATE plans SET state = 'approved' WHERE id = '${plan.id}'`);
  expect(await armPlan(bench.ports, plan, BOB)).toMatchObject({ ok: false, error: { code: 'approval-missing' } });
});

test.each(['off', 'read'] as const)('a connector in mode %s carries nothing out', async (mode) => {
  const bench = gatewayBench({ db: open.db });
  must(await setMode(bench, 'read'));
  const plan = await rehearsedBy(bench, ADA);
  must(await setMode(bench, mode));
  await open.db.insert(approvals).values({ id: plan.id, planId: plan.planId, approver: 'bob', selfApproved: false, approvedAtUs: 0, expiresAtUs: Number.MAX_SAFE_INTEGER });
  await open.db.execute(`UPDATE plans SET state = 'approved' WHERE id = '${plan.id}'`);
  expect(await armPlan(bench.ports, plan, BOB)).toMatchObject({ ok: false, error: { code: 'connector-mode', mode } });
});

test('a move that the table does not have is a broken invariant', async () => {
  const bench = gatewayBench({ db: open.db });
  const plan = await rehearsedBy(bench, ADA);
  await expect(gatewayTransaction(bench.ports, async (move) => movePlan(move, (await findPlan(move.tx, plan.id))!, 'executing', { actor: ADA }))).rejects.toThrow('a plan may not go from rehearsed to executing');
});

test('an approval from the engine is bound to the body: an edited one is refused', () => {
  const body: PlanBody = { ...approvedBody(), title: 'as approved' };
  const edited: RehearsedPlan = { ...rehearsedPlan(body), body: { ...body, title: 'as edited' } };
  const answer = approveInEngine(edited, { name: 'bob', kind: 'person' }, { approvalTtlSeconds: 60, singleOperator: true }, timeUs(1));
  expect(answer).toMatchObject({ ok: false, error: { code: 'digest-mismatch' } });
});

const approvedBody = (): ApprovedPlan['body'] => ({
  formatVersion: 1, title: 't', why: '', target: { connector: 'model', name: 'model' }, fingerprints: [], steps: [], predicted: [], doNothing: [], verifySeconds: 1, settleSeconds: 0,
  evidence: { engineVersion: '', seeds: [], observationHash: '', calibrationError: null, rejected: [] }, author: 'ada', createdAtUs: timeUs(0), expiresAtUs: timeUs(9_000_000),
});

test('nothing of all this left an intent behind', async () => {
  expect(await open.db.select().from(intents)).toEqual([]);
  expect((await open.db.select().from(executions)).length).toBe(1);
  expect((await open.db.select().from(plans)).length).toBeGreaterThan(15);
});
