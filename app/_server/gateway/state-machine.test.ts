import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { memoryDatabase } from '../database/testing/memory-database';
import type { OpenDatabase } from '../database/database';
import { verifyLog } from '../audit/read-log';
import { approvePlan } from './approval/approve-plan';
import { abortPlan } from './execution/abort-plan';
import { armPlan } from './execution/arm-plan';
import { runExecution } from './execution/run-execution';
import { takeOver } from './execution/take-over';
import { undoPlan } from './execution/undo-plan';
import { expirePlans } from './plan/expire-plans';
import { rehearsePlan } from './plan/rehearse-plan';
import { rejectPlan } from './plan/reject-plan';
import { findPlan } from './plan/stored-plan';
import { PLAN_STATES, mayMove, movesFrom } from './plan-state';
import { ADA, BOB, gatewayBench, must, rehearsedBy, SCALE_OUT, setMode, type Bench } from './testing/bench';

let open: OpenDatabase;
let bench: Bench;
beforeAll(async () => {
  open = await memoryDatabase();
});
afterAll(() => open.close());
beforeEach(async () => {
  await takeOverNothing();
  bench = gatewayBench({ db: open.db });
  must(await setMode(bench, 'live'));
});

/** Ends what an earlier test left in flight, so that the target is free. */
async function takeOverNothing() {
  const { ports } = gatewayBench({ db: open.db });
  for (const serial of await takeOver(ports)) await runExecution(ports, serial);
  await open.db.execute("UPDATE plans SET state = 'rejected' WHERE state IN ('armed','executing','verifying','undoing','needs-human')");
}

const stateOf = async (id: string) => (await findPlan(open.db, id))!.state;
const approved = async (commands = SCALE_OUT) => {
  const plan = await rehearsedBy(bench, ADA, commands);
  return must(await approvePlan(bench.ports, plan, BOB));
};
const execute = async (plan: { id: string; planId: string }) => {
  const armed = must(await armPlan(bench.ports, plan, BOB));
  await runExecution(bench.ports, armed.execution);
};

describe('the table of moves', () => {
  test('ends where nothing more may happen', () => {
    expect(PLAN_STATES.filter((state) => movesFrom(state).length === 0)).toEqual(['undone', 'rejected']);
  });

  test('leads to execution through approval only', () => {
    expect(PLAN_STATES.filter((state) => mayMove(state, 'armed'))).toEqual(['approved']);
    expect(PLAN_STATES.filter((state) => mayMove(state, 'executing'))).toEqual(['armed']);
  });
});

test('an approved plan is carried out, and the target is as the plan says', async () => {
  const plan = await approved();
  await execute(plan);
  expect(await stateOf(plan.id)).toBe('verifying');
  expect(bench.target.replicas('backend')).toBe(3);
  expect(bench.events.flatMap((event) => (event.kind === 'plan' ? event.plan.state : []))).toEqual(['draft', 'proposed', 'rehearsed', 'approved', 'armed', 'executing', 'verifying']);
  expect(await verifyLog(open.db)).toMatchObject({ ok: true });
});

test('steps on one object follow each other’s versions', async () => {
  const plan = await approved([...SCALE_OUT, { kind: 'set-cpu-quota', service: 'backend', quotaMillicores: 700 }, { kind: 'set-replicas', service: 'backend', replicas: 4 }]);
  await execute(plan);
  expect(await stateOf(plan.id)).toBe('verifying');
  expect(bench.target.effects.map(({ command }) => command.kind)).toEqual(['set-replicas', 'set-cpu-quota', 'set-replicas']);
});

test('a target that changed after the approval makes the plan stale, which says what changed', async () => {
  const plan = await approved();
  bench.target.interfere('backend', 7);
  await execute(plan);
  const row = (await findPlan(open.db, plan.id))!;
  expect(row.state).toBe('stale');
  expect(JSON.parse(row.note!)).toEqual({
    kind: 'stale',
    changes: [{ object: 'service/backend', planVersion: 'service/backend@1', nowVersion: 'service/backend@2', was: { replicas: 2 }, is: { replicas: 7 } }],
  });
  expect(bench.target.effects).toEqual([]);
});

test('a stale plan is rehearsed again with one call, gets a new id and needs a new approval', async () => {
  const plan = await approved();
  bench.target.interfere('backend', 1);
  await execute(plan);
  const again = must(await rehearsePlan(bench.ports, plan, ADA));
  expect(again.planId).not.toBe(plan.planId);
  expect(await armPlan(bench.ports, again, BOB)).toMatchObject({ ok: false, error: { code: 'wrong-state', state: 'rehearsed' } });
  must(await approvePlan(bench.ports, again, BOB));
  await execute(again);
  expect(bench.target.replicas('backend')).toBe(3);
});

test('undo brings back what was there, in reverse order', async () => {
  const plan = await approved([...SCALE_OUT, { kind: 'set-replicas', service: 'store', replicas: 2 }]);
  await execute(plan);
  must(await abortPlan(bench.ports, { id: plan.id, reason: 'changed my mind' }, BOB));
  const undo = must(await undoPlan(bench.ports, plan, BOB));
  await runExecution(bench.ports, undo.execution);
  expect(await stateOf(plan.id)).toBe('undone');
  expect([bench.target.replicas('backend'), bench.target.replicas('store')]).toEqual([2, 1]);
  expect(bench.target.effects.map(({ object }) => object)).toEqual(['service/backend', 'service/store', 'service/store', 'service/backend']);
});

test('undo refuses an object that somebody changed since, and says so', async () => {
  const plan = await approved();
  await execute(plan);
  must(await abortPlan(bench.ports, { id: plan.id, reason: 'no' }, BOB));
  bench.target.interfere('backend', 9);
  const undo = must(await undoPlan(bench.ports, plan, BOB));
  await runExecution(bench.ports, undo.execution);
  const row = (await findPlan(open.db, plan.id))!;
  expect(row.state).toBe('aborted');
  expect(JSON.parse(row.note!)).toMatchObject({ because: 'stale', stepsApplied: 1, undoAvailable: true });
  expect(bench.target.replicas('backend')).toBe(9);
});

test('a plan without an inverse says that it cannot be undone', async () => {
  const plan = await approved([{ kind: 'restart-replica', service: 'backend', replica: 'backend-1' }]);
  await execute(plan);
  must(await abortPlan(bench.ports, { id: plan.id, reason: 'no' }, BOB));
  expect(JSON.parse((await findPlan(open.db, plan.id))!.note!)).toMatchObject({ undoAvailable: false, stepsApplied: 1 });
  expect(await undoPlan(bench.ports, plan, BOB)).toMatchObject({ ok: false, error: { code: 'no-inverse', steps: [0] } });
});

test('a dry-run records, sends nothing, and gives the plan back approved', async () => {
  must(await setMode(bench, 'dry-run'));
  const plan = await approved();
  await execute(plan);
  const row = (await findPlan(open.db, plan.id))!;
  expect([row.state, JSON.parse(row.note!)]).toEqual(['approved', { kind: 'dry-run', recorded: 1 }]);
  expect(bench.target.effects).toEqual([]);
  must(await setMode(bench, 'live'));
  await execute(plan);
  expect(bench.target.replicas('backend')).toBe(3);
});

test('a rejected plan stays rejected and keeps its reason', async () => {
  const plan = await rehearsedBy(bench, ADA);
  must(await rejectPlan(bench.ports, { id: plan.id, reason: 'too risky' }, BOB));
  expect(JSON.parse((await findPlan(open.db, plan.id))!.note!)).toEqual({ kind: 'rejected', reason: 'too risky' });
  expect(await approvePlan(bench.ports, plan, BOB)).toMatchObject({ ok: false, error: { code: 'wrong-state', state: 'rejected' } });
});

test('a plan whose time ran out expires and can be rehearsed again', async () => {
  const plan = await approved();
  bench.pass(3_601);
  expect(await armPlan(bench.ports, plan, BOB)).toMatchObject({ ok: false, error: { code: 'plan-expired' } });
  expect(await expirePlans(bench.ports)).toBeGreaterThan(0);
  expect(await stateOf(plan.id)).toBe('expired');
  expect(must(await rehearsePlan(bench.ports, plan, ADA)).state).toBe('rehearsed');
});

test('a second plan for the same target waits for the first', async () => {
  const [first, second] = [await approved(), await approved([{ kind: 'set-replicas', service: 'store', replicas: 2 }])];
  await execute(first);
  expect(await armPlan(bench.ports, second, BOB)).toMatchObject({ ok: false, error: { code: 'busy', id: first.id, state: 'verifying' } });
});

test('an unreachable target aborts before anything is sent', async () => {
  const plan = await approved();
  bench.target.setReachable(false);
  await execute(plan);
  expect(JSON.parse((await findPlan(open.db, plan.id))!.note!)).toMatchObject({ kind: 'aborted', because: 'unreachable', stepsApplied: 0, undoAvailable: false });
});
