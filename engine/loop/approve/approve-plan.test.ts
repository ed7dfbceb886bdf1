import { describe, expect, test } from 'vitest';
import type { TimeUs } from '@/engine/kernel';
import { approvePlan, nextStep, planIsIntact, rehearsedPlan, restoreApproval, type PlanBody } from '@/engine/loop';

const body: PlanBody = {
  formatVersion: 1,
  title: 'Scale backend from 2 to 3 replicas',
  why: 'backend: uses 91 % of 1.00 cores',
  target: { connector: 'fleet', name: 'fleet' },
  fingerprints: [{ object: 'service/backend', version: '7' }],
  steps: [{ index: 0, command: { kind: 'set-replicas', service: 'backend', replicas: 3 }, precondition: { object: 'service/backend', version: '7' }, inverse: { kind: 'set-replicas', service: 'backend', replicas: 2 }, effectClass: 'A', blastRadius: { services: ['backend'], replicas: 1 } }],
  predicted: [],
  doNothing: [],
  verifySeconds: 30,
  settleSeconds: 10,
  evidence: { engineVersion: 'test', seeds: [1, 2], observationHash: 'x', calibrationError: 0.1, rejected: [] },
  author: 'decision loop',
  createdAtUs: 0 as TimeUs,
  expiresAtUs: 600_000_000 as TimeUs,
};
const plan = rehearsedPlan(body);
const terms = { approvalTtlSeconds: 300, singleOperator: false };
const anna = { name: 'anna', kind: 'person' as const };

describe('an approval', () => {
  test('names the digest of exactly this plan', () => {
    const approved = approvePlan(plan, anna, terms, 1 as TimeUs);
    expect(approved).toMatchObject({ ok: true, value: { stage: 'approved', approval: { planId: plan.planId, approver: 'anna' } } });
  });

  test('is refused for an edited plan, whatever was edited', () => {
    const edits: PlanBody[] = [{ ...body, title: 'x' }, { ...body, steps: [{ ...body.steps[0]!, command: { kind: 'set-replicas', service: 'backend', replicas: 30 } }] }, { ...body, expiresAtUs: 9e15 as TimeUs }];
    for (const edited of edits) {
      expect(planIsIntact({ planId: plan.planId, body: edited })).toBe(false);
      expect(approvePlan({ ...plan, body: edited }, anna, terms, 1 as TimeUs)).toEqual({ ok: false, error: { code: 'digest-mismatch', planId: plan.planId } });
    }
  });

  test('is refused to services, to models, to the author, and after the plan expired', () => {
    expect(approvePlan(plan, { name: 'ci', kind: 'service' }, terms, 1 as TimeUs)).toMatchObject({ error: { code: 'not-a-person' } });
    expect(approvePlan(plan, { name: 'gpt', kind: 'model' }, terms, 1 as TimeUs)).toMatchObject({ error: { code: 'not-a-person' } });
    expect(approvePlan(plan, { name: 'decision loop', kind: 'person' }, terms, 1 as TimeUs)).toMatchObject({ error: { code: 'own-plan' } });
    expect(approvePlan(plan, anna, terms, body.expiresAtUs)).toMatchObject({ error: { code: 'plan-expired' } });
  });

  test('restored from storage is checked again: digest and time', () => {
    const approved = approvePlan(plan, anna, terms, 1 as TimeUs);
    if (!approved.ok) throw new Error('not approved');
    const { approval } = approved.value;
    expect(restoreApproval(plan, approval, 2 as TimeUs).ok).toBe(true);
    expect(restoreApproval({ ...plan, body: { ...body, why: '' } }, approval, 2 as TimeUs)).toMatchObject({ error: { code: 'digest-mismatch' } });
    expect(restoreApproval(plan, { ...approval, planId: 'another' }, 2 as TimeUs)).toMatchObject({ error: { code: 'digest-mismatch' } });
    expect(restoreApproval(plan, approval, approval.expiresAtUs)).toMatchObject({ error: { code: 'approval-expired' } });
  });

  test('cannot be forged: an unapproved plan does not compile into an execution', () => {
    const approved = approvePlan(plan, anna, terms, 1 as TimeUs);
    if (!approved.ok) throw new Error('not approved');
    // @ts-expect-error a rehearsed plan is not an approved one
    const unapproved = () => nextStep(plan, [], [], 1 as TimeUs);
    // @ts-expect-error the brand is not exported, so no literal makes an approved plan
    const forged = () => nextStep({ ...plan, stage: 'approved', approval: approved.value.approval }, [], [], 1 as TimeUs);
    expect([unapproved, forged]).toHaveLength(2);
    expect(nextStep(approved.value, [], body.fingerprints, 1 as TimeUs)).toMatchObject({ kind: 'send', expectedVersion: '7' });
  });
});
