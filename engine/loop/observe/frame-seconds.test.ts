import { describe, expect, test } from 'vitest';
import type { TimeUs } from '@/engine/kernel';
import type { Frame, ServiceSample } from '@/engine/telemetry';
import { approvePlan, DEFAULT_POLICY, nextStep, offeredRps, rehearsedPlan, scorePromise, type ExecutedPlan, type Prediction } from '@/engine/loop';
import { framesWithin, latestFrames, perSecond, policyForFrames, secondsOf } from './frame-seconds';

const sample = (rps: number, p95Ms: number): ServiceSample => ({ service: 'web', offeredRps: rps, servedRps: rps, errorRps: 0, latencyMeanUs: p95Ms * 500, latencyP50Us: p95Ms * 400, latencyP95Us: p95Ms * 1_000, latencyP99Us: p95Ms * 1_200, cpuCores: 0.3, throttledShare: 0, replicas: 1, replicasReady: 1, quotaMillicores: null, inFlight: 1, memoryBytes: 1 });
const frame = (atSeconds: number, lengthSeconds: number, rps: number | null, p95Ms = 20): Frame => ({ atUs: (atSeconds * 1e6) as TimeUs, windowUs: (lengthSeconds * 1e6) as TimeUs, source: 'recorded', services: rps === null ? [] : [sample(rps, p95Ms)], nodes: [], mesh: null, usdPerHour: null, watts: null });
const every = (seconds: number, count: number, rpsOf: (i: number) => number | null) => Array.from({ length: count }, (_, i) => frame((i + 1) * seconds, seconds, rpsOf(i)));
const rpsOf = ({ services }: Frame) => services[0]?.offeredRps ?? null;

describe('frames of any length', () => {
  test('are the same load second by second', () => {
    expect(perSecond(every(15, 2, (i) => 10 * (i + 1)), rpsOf)).toEqual([...Array.from({ length: 15 }, () => 10), ...Array.from({ length: 15 }, () => 20)]);
    expect(perSecond(every(1, 3, (i) => i), rpsOf)).toEqual([0, 1, 2]);
    expect(perSecond(every(0.25, 8, (i) => i), rpsOf)).toEqual([1.5, 5.5]);
    expect(perSecond(every(5, 3, (i) => (i === 1 ? null : 7)), rpsOf)).toHaveLength(10);
    expect(offeredRps(every(15, 4, () => 30), 'web')).toHaveLength(60);
  });

  test('are windows of as many seconds', () => {
    const slow = every(15, 8, () => 5);
    expect(latestFrames(slow, 30)).toHaveLength(2);
    expect(secondsOf(latestFrames(slow, 60))).toBe(60);
    expect(latestFrames(every(0.1, 900, () => 5), 30)).toHaveLength(300);
  });

  test('lie where most of them lies', () => {
    const ends = (from: number, until: number) => framesWithin(every(15, 6, () => 5), from * 1e6, until * 1e6).map(({ atUs }) => atUs / 1e6);
    expect(ends(30, 60)).toEqual([45, 60]);
    expect(ends(36, 66)).toEqual([45, 60]);
    expect(ends(38, 68)).toEqual([60, 75]);
  });

  test('make windows longer where two of them are longer than the policy’s', () => {
    expect(policyForFrames(DEFAULT_POLICY, every(15, 2, () => 1))).toBe(DEFAULT_POLICY);
    expect(policyForFrames(DEFAULT_POLICY, every(60, 2, () => 1))).toMatchObject({ windowSeconds: 120, verifySeconds: 120, settleSeconds: DEFAULT_POLICY.settleSeconds });
  });
});

const band = (mean: number, half: number): Prediction => ({ metric: 'latencyP95Ms', subject: 'web', unit: 'ms', mean, lower: mean - half, upper: mean + half, level: 0.9, runs: 4 });

/** Done at 60 s; judged from 75 s on. */
function executed(verifySeconds: number): ExecutedPlan {
  const plan = rehearsedPlan({ formatVersion: 1, title: 'x', why: 'x', target: { connector: 'x', name: 'x' }, fingerprints: [], steps: [], predicted: [band(20, 5)], doNothing: [band(90, 10)], verifySeconds, settleSeconds: 15, evidence: { engineVersion: 'x', seeds: [], observationHash: 'x', calibrationError: null, rejected: [] }, author: 'loop', createdAtUs: 0 as TimeUs, expiresAtUs: 1e12 as TimeUs });
  const approved = approvePlan(plan, { name: 'anna', kind: 'person' }, { approvalTtlSeconds: 300, singleOperator: false }, 1 as TimeUs);
  const next = approved.ok ? nextStep(approved.value, [], [], 60e6 as TimeUs) : null;
  if (next?.kind !== 'done') throw new Error('a plan without steps is done');
  return next.plan;
}

describe('a promise', () => {
  const judged = (frames: readonly Frame[], verifySeconds = 30) => scorePromise(executed(verifySeconds), frames, { nodes: [], services: [], loads: [] }, frames.at(-1)!.atUs).scores[0]!;

  test.each([0.5, 1, 5, 15])('is judged on frames of %f s by the seconds after the change has settled', (seconds) => {
    const frames = Array.from({ length: Math.round(120 / seconds) }, (_, i) => frame((i + 1) * seconds, seconds, 10, (i + 1) * seconds <= 75 ? 90 : 20));
    expect(judged(frames)).toMatchObject({ measured: 20, inside: true, verdict: 'improved' });
  });

  test.each([1, 15])('of which more than half of the window is missing is inconclusive (frames of %i s)', (seconds) => {
    const until = (second: number) => every(seconds, Math.floor(second / seconds), () => 10);
    expect(judged(until(90), 40)).toMatchObject({ verdict: 'inconclusive' });
    expect(judged(until(105), 40)).toMatchObject({ verdict: 'improved' });
  });
});
