import { afterAll, beforeAll, expect, test } from 'vitest';
import { listAudit } from '../../audit/read-log';
import { memoryDatabase } from '../../database/testing/memory-database';
import type { OpenDatabase } from '../../database/database';
import { armPlan } from '../execution/arm-plan';
import { rehearsePlan } from '../plan/rehearse-plan';
import { findPlan } from '../plan/stored-plan';
import type { Policy } from '../policy';
import { ADA, BOB, gatewayBench, must, rehearsedBy, setMode } from '../testing/bench';
import { approvePlan, SELF_APPROVAL_NOTE } from './approve-plan';
import { revokeApproval } from './revoke-approval';

let open: OpenDatabase;
beforeAll(async () => {
  open = await memoryDatabase();
});
afterAll(() => open.close());

const prepare = async (policy: Partial<Policy> = {}) => {
  const bench = gatewayBench({ db: open.db, policy });
  must(await setMode(bench, 'live'));
  return { bench, plan: await rehearsedBy(bench, ADA) };
};
const codeOf = (answer: { ok: boolean; error?: { code: string } }) => (answer.ok ? 'ok' : answer.error?.code);

test('with more than one operator the author does not approve their own plan', async () => {
  const { bench, plan } = await prepare({ singleOperator: false });
  expect(await approvePlan(bench.ports, plan, ADA)).toEqual({ ok: false, error: { code: 'own-plan', author: 'ada' } });
  expect(codeOf(await approvePlan(bench.ports, plan, BOB))).toBe('ok');
});

test('a single operator approves their own plan, and the audit log says that it was their own', async () => {
  const { bench, plan } = await prepare({ singleOperator: true });
  must(await approvePlan(bench.ports, plan, ADA));
  const given = (await listAudit(open.db, { limit: 10 })).find(({ kind, id }) => kind === 'approval-given' && id === plan.id);
  expect(given).toMatchObject({ actor: 'ada', detail: { note: SELF_APPROVAL_NOTE } });
});

test('somebody else’s approval carries no such note', async () => {
  const { bench, plan } = await prepare();
  must(await approvePlan(bench.ports, plan, BOB));
  expect((await listAudit(open.db, { limit: 10 })).find(({ kind, id }) => kind === 'approval-given' && id === plan.id)).toMatchObject({ actor: 'bob', detail: { note: null } });
});

test.each(['service', 'model', 'engine'] as const)('a %s never approves', async (kind) => {
  const { bench, plan } = await prepare();
  expect(codeOf(await approvePlan(bench.ports, plan, { id: 'robot', kind }))).toBe('not-a-person');
  expect((await findPlan(open.db, plan.id))!.state).toBe('rehearsed');
});

test('two of two approvals are needed when the policy says two, from two persons', async () => {
  const { bench, plan } = await prepare({ approvalsRequired: 2, singleOperator: false });
  expect(must(await approvePlan(bench.ports, plan, BOB)).state).toBe('rehearsed');
  expect(codeOf(await approvePlan(bench.ports, plan, BOB))).toBe('already-approved');
  expect(must(await approvePlan(bench.ports, plan, { id: 'cyd', kind: 'person' })).state).toBe('approved');
});

test('an approval names the planId; of an older planId it is refused', async () => {
  const { bench, plan } = await prepare();
  const again = must(await rehearsePlan(bench.ports, plan, ADA));
  expect(again.planId).not.toBe(plan.planId);
  expect(await approvePlan(bench.ports, plan, BOB)).toEqual({ ok: false, error: { code: 'digest-mismatch', asked: plan.planId, current: again.planId } });
});

test('a new rehearsal voids the approvals of the old planId', async () => {
  const { bench, plan } = await prepare();
  must(await approvePlan(bench.ports, plan, BOB));
  const again = must(await rehearsePlan(bench.ports, plan, ADA));
  expect(again.state).toBe('rehearsed');
  expect(codeOf(await armPlan(bench.ports, again, BOB))).toBe('wrong-state');
});

test('a body that was edited in the database is neither approved nor armed', async () => {
  const { bench, plan } = await prepare();
  must(await approvePlan(bench.ports, plan, BOB));
  await open.db.execute(`UPDATE plans SET body = replace(body, '"replicas":3', '"replicas":9') WHERE id = '${plan.id}'`);
  expect(codeOf(await armPlan(bench.ports, plan, BOB))).toBe('digest-mismatch');
  await open.db.execute(`UPDATE plans SET state = 'rehearsed' WHERE id = '${plan.id}'`);
  expect(codeOf(await approvePlan(bench.ports, plan, { id: 'cyd', kind: 'person' }))).toBe('digest-mismatch');
});

test('an approval that ran out no longer arms', async () => {
  const { bench, plan } = await prepare({ approvalLifetimeSeconds: 60 });
  must(await approvePlan(bench.ports, plan, BOB));
  bench.pass(61);
  expect(await armPlan(bench.ports, plan, BOB)).toMatchObject({ ok: false, error: { code: 'approval-missing', valid: 0, required: 1 } });
});

test('a revoked approval no longer arms, and the plan waits for another', async () => {
  const { bench, plan } = await prepare();
  must(await approvePlan(bench.ports, plan, BOB));
  expect(must(await revokeApproval(bench.ports, plan, BOB)).state).toBe('rehearsed');
  expect(codeOf(await revokeApproval(bench.ports, plan, BOB))).toBe('approval-missing');
  expect(must(await approvePlan(bench.ports, plan, { id: 'cyd', kind: 'person' })).state).toBe('approved');
});

test('an expired plan is not approved', async () => {
  const { bench, plan } = await prepare();
  bench.pass(3_601);
  expect(codeOf(await approvePlan(bench.ports, plan, BOB))).toBe('plan-expired');
});
