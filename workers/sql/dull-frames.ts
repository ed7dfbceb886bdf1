/** Small frames for tests: what is not said is as dull as can be. */
import { seconds, timeUs } from '@/engine/kernel';
import type { Prediction, PromiseScore } from '@/engine/loop';
import type { RunReport } from '@/engine/scenario';
import type { Frame, NodeSample, ServiceSample } from '@/engine/telemetry';
import type { LedgerPlan } from '../sql-api';

export const service = (name: string, more: Partial<ServiceSample> = {}): ServiceSample => ({
  service: name,
  offeredRps: 100,
  servedRps: 100,
  errorRps: 0,
  latencyMeanUs: 10_000,
  latencyP50Us: 8_000,
  latencyP95Us: 20_000,
  latencyP99Us: 40_000,
  cpuCores: 0.5,
  throttledShare: null,
  replicas: 2,
  replicasReady: 2,
  quotaMillicores: 500,
  inFlight: 1,
  memoryBytes: 1_048_576,
  ...more,
});

export const node = (name: string, more: Partial<NodeSample> = {}): NodeSample => ({ node: name, up: true, cpuCapacityCores: 2, cpuCores: 1, cpuPressure: null, memoryBytes: null, replicas: ['web-1'], ...more });

export const frame = ({ atSeconds, ...more }: { readonly atSeconds: number } & Partial<Frame>): Frame => ({
  atUs: seconds(atSeconds),
  windowUs: timeUs(1_000_000),
  source: 'simulated',
  services: [service('web')],
  nodes: [node('n1')],
  mesh: null,
  usdPerHour: 3.6,
  watts: 200,
  ...more,
});

export const runReport = ({ seed, frames, met }: { readonly seed: number; readonly frames: readonly Frame[]; readonly met: boolean }): RunReport => ({
  scenario: 'shop',
  seed,
  engineVersion: 'test',
  stateHash: '0'.repeat(16),
  events: 1_000,
  simulatedSeconds: frames.length,
  kpis: { 'web.latencyP95Ms': { value: 55, unit: 'ms' } },
  alarms: met ? [] : [{ kind: 'slo-burn', atSeconds: 3.5, subject: 'web', detail: 'burning 14 times too fast' }],
  objectives: [{ title: 'p95 of web below 50 ms', met, measured: 55, limit: 50, unit: 'ms' }],
  decisions: 0,
  costUsd: 0.006,
  energyKwh: 0.001,
  carbonKg: null,
  frames,
});

type Promised = { readonly mean: number; readonly lower: number; readonly upper: number; readonly measured: number | null; readonly verdict: PromiseScore['verdict'] };

/** A plan that promised one latency and was scored. */
export function scoredPlan(planId: string, { mean, lower, upper, measured, verdict }: Promised): LedgerPlan {
  const prediction: Prediction = { metric: 'latencyP95Ms', subject: 'web', unit: 'ms', mean, lower, upper, level: 0.95, runs: 8 };
  const inside = measured === null ? null : measured >= lower && measured <= upper;
  const step = { index: 0, command: { kind: 'set-replicas', service: 'web', replicas: 3 }, precondition: { object: 'web', version: '1' }, inverse: null, effectClass: 'A', blastRadius: { services: ['web'], replicas: 1 } } as const;
  return {
    planId,
    body: {
      formatVersion: 1, title: 'Scale web out', why: 'saturated', target: { connector: 'fleet', name: 'box' }, fingerprints: [], steps: [step], predicted: [prediction], doNothing: [{ ...prediction, mean: 300 }], verifySeconds: 60, settleSeconds: 10,
      evidence: { engineVersion: 'test', seeds: [1], observationHash: '0', calibrationError: null, rejected: [] }, author: 'loop', createdAtUs: seconds(10), expiresAtUs: seconds(70),
    },
    scores: [{ prediction, doNothing: null, measured, inside, verdict }],
    scoredAtUs: seconds(100),
  };
}
