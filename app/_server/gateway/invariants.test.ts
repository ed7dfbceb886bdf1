import { describe, expect, test } from 'vitest';
import { timeUs } from '@/engine/kernel';
import type { PlanBody, Prediction } from '@/engine/loop';
import * as invariants from './invariants';
import { defaultPolicy } from './policy';
import type { PlanRow } from './plan/plan-summary';
import type { ApprovalRow } from './approval/valid-approvals';

const plan: PlanRow = { id: 'p', planId: 'd', state: 'executing', body: '{}', rehearsed: true, title: '', author: 'ada', connector: 'model', createdAtUs: 0, expiresAtUs: 100, movedAtUs: 0, note: null, revision: 1 };
const approval = (over: Partial<ApprovalRow>): ApprovalRow => ({ serial: 1, id: 'p', planId: 'd', approver: 'bob', selfApproved: false, approvedAtUs: 0, expiresAtUs: 100, revokedAtUs: null, ...over });
const control = { one: 1, fence: 4, stopped: false, stoppedBy: null, stoppedAtUs: null, auditLeaves: 0, auditHead: '' };
const strict = { ...defaultPolicy, singleOperator: false };

test('1: an effect needs its intent and the intent’s leaf', () => {
  expect(() => invariants.assertIntentCommitted({ leaf: 3 }, 'intent')).not.toThrow();
  expect(() => invariants.assertIntentCommitted(undefined, undefined)).toThrow('invariant 1');
  expect(() => invariants.assertIntentCommitted({ leaf: 3 }, 'outcome')).toThrow('invariant 1');
});

describe('2 and 12: approvals', () => {
  test('one good one is enough for one', () => expect(() => invariants.assertApproved(plan, [approval({})], strict, 50)).not.toThrow());
  test.each([
    ['the author’s own', approval({ approver: 'ada' })],
    ['a revoked one', approval({ revokedAtUs: 10 })],
    ['an expired one', approval({ expiresAtUs: 50 })],
    ['one of another planId', approval({ planId: 'e' })],
  ])('%s does not count', (_what, bad) => expect(() => invariants.assertApproved(plan, [bad], strict, 50)).toThrow('invariant 2'));
  test('one person twice is one approval', () => {
    expect(() => invariants.assertApproved(plan, [approval({}), approval({ serial: 2 })], { ...strict, approvalsRequired: 2 }, 50)).toThrow('invariant 2');
  });
});

test('3: a changed target takes no intent', () => {
  expect(() => invariants.assertFingerprints([])).not.toThrow();
  expect(() => invariants.assertFingerprints([{ object: 'o', planVersion: '1', nowVersion: '2', was: {}, is: {} }])).toThrow('invariant 3');
});

test('4: steps keep their order and none is skipped', () => {
  expect(() => invariants.assertInOrder([0, 1, 2], [0], 1)).not.toThrow();
  expect(() => invariants.assertInOrder([2, 1, 0], [2], 1)).not.toThrow();
  expect(() => invariants.assertInOrder([0, 1, 2], [0], 2)).toThrow('invariant 4');
  expect(() => invariants.assertInOrder([0, 1, 2], [1], 2)).toThrow('invariant 4');
});

test('5: one effect per step, and class C has one try', () => {
  expect(() => invariants.assertNoSecondEffect('A', ['unknown'])).not.toThrow();
  expect(() => invariants.assertNoSecondEffect('A', ['applied'])).toThrow('invariant 5');
  expect(() => invariants.assertNoSecondEffect('B', ['already'])).toThrow('invariant 5');
  expect(() => invariants.assertNoSecondEffect('A', [null])).toThrow('invariant 5');
  expect(() => invariants.assertNoSecondEffect('C', ['unknown'])).toThrow('invariant 5');
  expect(() => invariants.assertNoSecondEffect('C', [])).not.toThrow();
});

test('6: the kill switch and an old fence stop every intent', () => {
  expect(() => invariants.assertFenced(control, 4)).not.toThrow();
  expect(() => invariants.assertFenced({ ...control, stopped: true }, 4)).toThrow('invariant 6');
  expect(() => invariants.assertFenced(control, 3)).toThrow('invariant 6');
});

test('10: what is finished says whether it can be undone', () => {
  expect(() => invariants.assertSaysInverse('done', { kind: 'finished', undoAvailable: false })).not.toThrow();
  expect(() => invariants.assertSaysInverse('done', undefined)).toThrow('invariant 10');
  expect(() => invariants.assertSaysInverse('aborted', { kind: 'rejected', reason: '' })).toThrow('invariant 10');
  expect(() => invariants.assertSaysInverse('armed', undefined)).not.toThrow();
});

test('13: no plan saves more than is spent', () => {
  const money = (mean: number): Prediction => ({ metric: 'usdPerHour', subject: 'system', unit: '$/h', mean, lower: mean, upper: mean, level: 0.9, runs: 6 });
  const body = (mean: number): PlanBody => ({
    formatVersion: 1, title: '', why: '', target: { connector: '', name: '' }, fingerprints: [], steps: [], predicted: [money(mean)], doNothing: [money(2)], verifySeconds: 1, settleSeconds: 0,
    evidence: { engineVersion: '', seeds: [], observationHash: '', calibrationError: null, rejected: [] }, author: '', createdAtUs: timeUs(0), expiresAtUs: timeUs(0),
  });
  expect(() => invariants.assertSavingsWithinSpend(body(0))).not.toThrow();
  expect(() => invariants.assertSavingsWithinSpend(body(-0.01))).toThrow('invariant 13');
});

test('14: live operations stay within the rate', () => {
  expect(() => invariants.assertWithinRate(12, defaultPolicy)).not.toThrow();
  expect(() => invariants.assertWithinRate(13, defaultPolicy)).toThrow('invariant 14');
});
