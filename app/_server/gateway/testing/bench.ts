/** A gateway on a model target, with a clock and a rehearsal that the test owns. */
import { ok, timeUs } from '@/engine/kernel';
import type { PlanBody, Prediction } from '@/engine/loop';
import type { Command } from '@/engine/twin';
import { connectorSet } from '../../connectors/connectors';
import { setConnectorMode } from '../../connectors/set-connector-mode';
import { modelTarget, type ModelOptions, type ModelTarget } from '../../connectors/testing/model-target';
import type { Database } from '../../database/database';
import type { ConnectorMode } from '../../database/schema';
import type { Actor } from '../actor';
import { draftPlan } from '../plan/draft-plan';
import { proposePlan } from '../plan/propose-plan';
import { rehearsePlan } from '../plan/rehearse-plan';
import type { PlanSummary } from '../plan/plan-summary';
import { defaultPolicy, type Policy } from '../policy';
import type { GatewayEvent, GatewayPorts, Rehearse } from '../ports';

export const ADA: Actor = { id: 'ada', kind: 'person' };
export const BOB: Actor = { id: 'bob', kind: 'person' };

const prediction = (over: Partial<Prediction>): Prediction => ({ metric: 'latencyP95Ms', subject: 'backend', unit: 'ms', mean: 20, lower: 15, upper: 25, level: 0.9, runs: 6, ...over });

/** Promises the same band for every plan: what is tested here is what becomes of promises, not where they come from. */
export const fixedRehearsal: Rehearse = async ({ stage: _stage, ...draft }) => {
  const evidence = { engineVersion: 'test', seeds: [1, 2, 3], observationHash: 'h', calibrationError: 0.1, rejected: [] };
  const body: PlanBody = { ...draft, predicted: [prediction({})], doNothing: [prediction({ mean: 80, lower: 70, upper: 90 })], evidence };
  return ok(body);
};

export type Bench = {
  readonly ports: GatewayPorts;
  readonly target: ModelTarget;
  readonly events: GatewayEvent[];
  pass(seconds: number): void;
};

let benches = 0;

export type BenchOptions = { readonly db: Database; readonly policy?: Partial<Policy>; readonly model?: Partial<ModelOptions>; readonly rehearse?: Rehearse; readonly startUs?: number };

export function gatewayBench({ db, policy = {}, model = {}, rehearse = fixedRehearsal, startUs = 1_700_000_000_000_000 + benches * 86_400_000_000 }: BenchOptions): Bench {
  let nowUs = startUs;
  let ids = 0;
  benches += 1;
  const name = `t${benches}`;
  const tick = () => (nowUs += 1_000);
  const target = modelTarget({ services: { backend: 2, store: 1 }, nowUs: tick, ...model });
  const events: GatewayEvent[] = [];
  const ports: GatewayPorts = {
    db,
    clock: { nowUs: tick, sleep: async (ms) => void (nowUs += ms * 1_000) },
    newId: () => `${name}-${(ids += 1)}`,
    policy: { ...defaultPolicy, ...policy },
    connectors: connectorSet(db, [target.connector], tick),
    rehearse,
    publish: (event) => events.push(event),
  };
  return { ports, target, events, pass: (seconds) => void (nowUs = timeUs(nowUs + seconds * 1_000_000)) };
}

export const setMode = ({ ports }: Bench, mode: ConnectorMode) => setConnectorMode(ports, { connector: 'model', mode }, ADA);

export const SCALE_OUT: readonly Command[] = [{ kind: 'set-replicas', service: 'backend', replicas: 3 }];

export const must = <T>(result: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: unknown }): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};

export async function rehearsedBy({ ports }: Bench, author: Actor, commands: readonly Command[] = SCALE_OUT): Promise<PlanSummary> {
  const request = { title: 'Scale out', why: 'a test', target: { connector: 'model', name: 'model' }, commands, settleSeconds: 5, verifySeconds: 20 };
  const draft = must(await draftPlan(ports, request, author));
  must(await proposePlan(ports, { id: draft.id }, author));
  return must(await rehearsePlan(ports, { id: draft.id }, author));
}
