import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { memoryDatabase } from '../database/testing/memory-database';
import { reasonOf, type OpenDatabase } from '../database/database';
import { intents, outcomes } from '../database/schema';
import { setConnectorMode } from '../connectors/set-connector-mode';
import { approvePlan } from './approval/approve-plan';
import { revokeApproval } from './approval/revoke-approval';
import { abortPlan } from './execution/abort-plan';
import { armPlan } from './execution/arm-plan';
import { createExecutor } from './execution/executor';
import { resolveUnknown } from './execution/resolve-unknown';
import { runExecution } from './execution/run-execution';
import { takeOver } from './execution/take-over';
import { undoPlan } from './execution/undo-plan';
import { releaseStop, stopAll } from './kill-switch';
import { findPlan } from './plan/stored-plan';
import type { Mishap } from '../connectors/testing/model-target';
import { ADA, BOB, gatewayBench, must, rehearsedBy, setMode, type Bench } from './testing/bench';

let open: OpenDatabase;
let bench: Bench;
let pause: () => Promise<void>;
let mishap: Mishap;
beforeAll(async () => {
  open = await memoryDatabase();
});
afterAll(() => open.close());
beforeEach(async () => {
  pause = () => Promise.resolve();
  mishap = 'none';
  await open.db.execute("UPDATE plans SET state = 'rejected'");
  bench = gatewayBench({ db: open.db, model: { pause: () => pause(), mishap: () => mishap } });
  must(await releaseStop(bench.ports, ADA));
  must(await setMode(bench, 'live'));
});

const THREE_STEPS = [3, 4, 5].map((replicas) => ({ kind: 'set-replicas' as const, service: 'backend', replicas }));
const note = async (id: string): Promise<unknown> => JSON.parse((await findPlan(open.db, id))!.note ?? 'null');
const arm = async (commands = THREE_STEPS) => {
  const plan = await rehearsedBy(bench, ADA, commands);
  must(await approvePlan(bench.ports, plan, BOB));
  return { plan, armed: must(await armPlan(bench.ports, plan, BOB)) };
};
/** Runs `act` while the first step's effect is under way. */
const duringFirstStep = async (serial: number, act: () => Promise<unknown>) => {
  let acted = false;
  pause = async () => {
    if (acted || bench.target.effects.length === 0) return;
    acted = true;
    await act();
  };
  await runExecution(bench.ports, serial);
};

test('once stop has answered, the step in flight ends and no other begins', async () => {
  const { plan, armed } = await arm();
  await duringFirstStep(armed.execution, () => stopAll(bench.ports, 'smoke', BOB));
  expect(bench.target.effects).toHaveLength(1);
  expect(await note(plan.id)).toMatchObject({ kind: 'aborted', because: 'kill-switch', stepsApplied: 1, undoAvailable: true });
});

test('after stop nothing is armed until a person releases it, and a robot may stop but not release', async () => {
  const plan = await rehearsedBy(bench, ADA);
  must(await approvePlan(bench.ports, plan, BOB));
  const robot = { id: 'robot', kind: 'service' as const };
  await stopAll(bench.ports, 'alarm', robot);
  expect(await armPlan(bench.ports, plan, BOB)).toMatchObject({ ok: false, error: { code: 'stopped', by: 'robot' } });
  expect(await releaseStop(bench.ports, robot)).toMatchObject({ ok: false, error: { code: 'not-a-person' } });
  must(await releaseStop(bench.ports, ADA));
  expect((await armPlan(bench.ports, plan, BOB)).ok).toBe(true);
});

test('undo waits for the release as well', async () => {
  const { plan, armed } = await arm();
  await duringFirstStep(armed.execution, () => stopAll(bench.ports, 'smoke', BOB));
  expect(await undoPlan(bench.ports, plan, BOB)).toMatchObject({ ok: false, error: { code: 'stopped' } });
  must(await releaseStop(bench.ports, BOB));
  await runExecution(bench.ports, must(await undoPlan(bench.ports, plan, BOB)).execution);
  expect(bench.target.replicas('backend')).toBe(2);
});

test('abort lets the step in flight end, and its note counts it', async () => {
  const { plan, armed } = await arm();
  await duringFirstStep(armed.execution, () => abortPlan(bench.ports, { id: plan.id, reason: 'enough' }, BOB));
  expect(bench.target.effects).toHaveLength(1);
  expect(await note(plan.id)).toEqual({ kind: 'aborted', because: 'operator', detail: 'enough', stepsApplied: 1, undoAvailable: true });
});

test('a revoked approval stops the execution at its next step', async () => {
  const { plan, armed } = await arm();
  await duringFirstStep(armed.execution, () => revokeApproval(bench.ports, plan, BOB));
  expect(bench.target.effects).toHaveLength(1);
  expect(await note(plan.id)).toMatchObject({ kind: 'aborted', because: 'fenced', stepsApplied: 1 });
});

test('a connector that leaves live stops the execution at its next step', async () => {
  const { plan, armed } = await arm();
  await duringFirstStep(armed.execution, () => setConnectorMode(bench.ports, { connector: 'model', mode: 'read' }, ADA));
  expect(bench.target.effects).toHaveLength(1);
  expect((await findPlan(open.db, plan.id))!.state).toBe('aborted');
});

test('a new executor fences the old one out: the plan goes on once, not twice', async () => {
  const { plan, armed } = await arm();
  let successor: Promise<void> | null = null;
  await duringFirstStep(armed.execution, async () => {
    const serials = await takeOver(bench.ports);
    successor = Promise.all(serials.map((serial) => runExecution(bench.ports, serial))).then(() => undefined);
  }).catch(() => undefined); // the old executor may find its outcome written already
  await successor;
  expect(bench.target.effects.map(({ command }) => command)).toEqual(THREE_STEPS);
  expect((await findPlan(open.db, plan.id))!.state).toBe('verifying');
});

test('a lost answer is read back: the step took effect once', async () => {
  mishap = 'lost-answer';
  const { plan, armed } = await arm([THREE_STEPS[0]!]);
  await runExecution(bench.ports, armed.execution);
  expect((await findPlan(open.db, plan.id))!.state).toBe('verifying');
  expect(bench.target.effects).toHaveLength(1);
});

test('a lost request is sent again with the same key, and never more than the policy says', async () => {
  mishap = 'lost-request';
  const { plan, armed } = await arm([THREE_STEPS[0]!]);
  await runExecution(bench.ports, armed.execution);
  const sent = (await open.db.select().from(intents)).filter(({ planId }) => planId === plan.planId);
  expect(sent.map(({ attempt }) => attempt)).toEqual([1, 2, 3]);
  expect(new Set(sent.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(1);
  expect(await note(plan.id)).toMatchObject({ kind: 'needs-human', step: 0 });
});

test('a class C step whose answer was lost is not sent again: a person says what became of it', async () => {
  mishap = 'lost-answer';
  const plan = await rehearsedBy(bench, ADA, [{ kind: 'restart-replica', service: 'backend', replica: 'backend-1' }]);
  must(await approvePlan(bench.ports, plan, BOB));
  await runExecution(bench.ports, must(await armPlan(bench.ports, plan, BOB)).execution);
  expect((await findPlan(open.db, plan.id))!.state).toBe('needs-human');
  expect(bench.target.effects).toHaveLength(1);
  expect(await resolveUnknown(bench.ports, { id: plan.id, tookEffect: true, reason: 'r' }, { id: 'robot', kind: 'model' })).toMatchObject({ ok: false, error: { code: 'not-a-person' } });
  must(await resolveUnknown(bench.ports, { id: plan.id, tookEffect: true, reason: 'I saw it restart' }, ADA));
  expect(await note(plan.id)).toMatchObject({ kind: 'aborted', because: 'resolved', stepsApplied: 1, undoAvailable: false });
});

test('a step that a person says took effect is undone with the rest', async () => {
  const { plan, armed } = await arm([THREE_STEPS[0]!]);
  mishap = 'lost-answer';
  let reads = 0;
  pause = async () => {
    if (bench.target.effects.length > 0 && (reads += 1) > 1) bench.target.setReachable(false);
  };
  await runExecution(bench.ports, armed.execution);
  expect((await findPlan(open.db, plan.id))!.state).toBe('needs-human');
  mishap = 'none';
  pause = () => Promise.resolve();
  bench.target.setReachable(true);
  must(await resolveUnknown(bench.ports, { id: plan.id, tookEffect: true, reason: 'three replicas run' }, ADA));
  await runExecution(bench.ports, must(await undoPlan(bench.ports, plan, BOB)).execution);
  expect(bench.target.replicas('backend')).toBe(2);
});

test('an audit log that cannot be written halts the execution before its next effect', async () => {
  const { plan, armed } = await arm();
  await open.db.execute("ALTER TABLE audit_leaves ADD CONSTRAINT no_more CHECK (entry NOT LIKE '%\"kind\":\"intent\"%') NOT VALID");
  await expect(runExecution(bench.ports, armed.execution)).rejects.toSatisfy((error: unknown) => reasonOf(error).includes('no_more'));
  expect(bench.target.effects).toEqual([]);
  await open.db.execute('ALTER TABLE audit_leaves DROP CONSTRAINT no_more');
  const executor = createExecutor(bench.ports, () => {});
  await executor.resume();
  await executor.idle();
  expect(bench.target.effects).toHaveLength(3);
  expect((await findPlan(open.db, plan.id))!.state).toBe('verifying');
});

test('an outcome that cannot be written leaves the intent open, and what happened is found out later', async () => {
  const { plan, armed } = await arm([THREE_STEPS[0]!]);
  await open.db.execute("ALTER TABLE audit_leaves ADD CONSTRAINT no_more CHECK (entry NOT LIKE '%\"kind\":\"outcome\"%') NOT VALID");
  await expect(runExecution(bench.ports, armed.execution)).rejects.toThrow();
  await open.db.execute('ALTER TABLE audit_leaves DROP CONSTRAINT no_more');
  await runExecution(bench.ports, armed.execution);
  expect(bench.target.effects).toHaveLength(1);
  expect((await findPlan(open.db, plan.id))!.state).toBe('verifying');
  expect((await open.db.select().from(outcomes)).at(-1)).toMatchObject({ result: 'already' });
});

test('more live steps than the policy allows per minute are not armed', async () => {
  bench = gatewayBench({ db: open.db, policy: { liveOperationsPerMinute: 2 } });
  const plan = await rehearsedBy(bench, ADA, THREE_STEPS);
  must(await approvePlan(bench.ports, plan, BOB));
  expect(await armPlan(bench.ports, plan, BOB)).toMatchObject({ ok: false, error: { code: 'rate-limited', operations: 3, perMinute: 2 } });
});
