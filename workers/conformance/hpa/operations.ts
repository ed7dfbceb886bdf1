/** What HPA facts ask: one metric, the groups of pods, the limits of one round, a whole round. */
import { kubernetes } from '@/engine/twin';
import { z } from 'zod';
import type { Operation, Operations } from '../fact';
import { readInput } from '../read-input';
import { clockOf, eventsOf, metricOf, podOf, rulesOf, sampleOf } from './from-fact';
import { clock, metric, pod, recommendation, reconcileFact, rules, sample, scaleEvent } from './schemas';

const calcFact = clock.extend({ current: z.number(), pods: z.array(pod), metric, samples: z.array(sample).nullish(), values_m: z.array(z.number()).nullish() });

const calc: Operation = (fact) => {
  const input = readInput(calcFact, fact);
  const context = { currentReplicas: input.current, statusReplicas: input.current, pods: input.pods.map(podOf), tolerance: input.tolerance, clock: clockOf(input) };
  const source = metricOf({ ...input.metric, samples: input.samples ?? input.metric.samples, values_m: input.values_m ?? input.metric.values_m });
  const proposal = kubernetes.proposeReplicas(context, source);
  if (!proposal.ok) return { error: proposal.error };
  const { replicas, usageMilli, utilizationPercent } = proposal.value;
  return { replicas, ...(utilizationPercent === null ? {} : { utilization: utilizationPercent }), average_m: usageMilli, usage_m: usageMilli };
};

const group: Operation = (fact) => {
  const input = readInput(clock.extend({ resource: z.string(), pods: z.array(pod), samples: z.array(sample) }), fact);
  const samples = new Map(input.samples.map(sampleOf).map((entry) => [entry.podName, entry]));
  return kubernetes.groupPods(input.pods.map(podOf), samples, input.resource, clockOf(input));
};

const range = z.looseObject({ min: z.number(), max: z.number(), current: z.number(), wanted: z.number() });
const eventLogs = { upEvents: z.array(scaleEvent).nullish(), downEvents: z.array(scaleEvent).nullish() };

const rate: Operation = (fact) => {
  const { current, wanted, min, max, up, down, upEvents, downEvents } = readInput(range.extend({ up: rules.nullish(), down: rules.nullish(), ...eventLogs }), fact);
  const events = { upEvents: eventsOf(upEvents, 0), downEvents: eventsOf(downEvents, 0) };
  return kubernetes.limitByBehavior(current, wanted, { min, max }, events, 0, { up: rulesOf(up, 'up'), down: rulesOf(down, 'down') });
};

const limit: Operation = (fact) => {
  const input = readInput(z.looseObject({ direction: z.enum(['up', 'down']), current: z.number(), rules: rules.nullish(), ...eventLogs }), fact);
  const limitOf = input.direction === 'up' ? kubernetes.scaleUpLimit : kubernetes.scaleDownLimit;
  const events = { upEvents: eventsOf(input.upEvents, 0), downEvents: eventsOf(input.downEvents, 0) };
  return { limit: limitOf(input.current, events, 0, rulesOf(input.rules, input.direction)) };
};

const historyOf = (entries: readonly z.output<typeof recommendation>[], now: number) => entries.map(({ replicas, ago_s }) => ({ replicas, at: now - ago_s }));

const window: Operation = (fact) => {
  const schema = z.looseObject({ current: z.number(), wanted: z.number(), upWindow_s: z.number().default(0), downWindow_s: z.number().default(300), history: z.array(recommendation).default([]) });
  const { current, wanted, upWindow_s, downWindow_s, history } = readInput(schema, fact);
  const { replicas, recommendations } = kubernetes.stabilizeBoth(historyOf(history, 0), current, wanted, 0, { upSeconds: upWindow_s, downSeconds: downWindow_s });
  return { replicas, history: recommendations.map((entry) => entry.replicas) };
};

const legacyWindow: Operation = (fact) => {
  const { wanted, downWindow_s, history } = readInput(z.looseObject({ wanted: z.number(), downWindow_s: z.number().default(300), history: z.array(recommendation).default([]) }), fact);
  const { replicas, recommendations } = kubernetes.stabilizeDown(historyOf(history, 0), wanted, 0, downWindow_s);
  return { replicas, historyLength: recommendations.length };
};

const legacyRate: Operation = (fact) => {
  const { current, wanted, min, max, scaleUpLimitFactor, scaleUpLimitMinimum } = readInput(range.extend({ scaleUpLimitFactor: z.number().default(2), scaleUpLimitMinimum: z.number().default(4) }), fact);
  return kubernetes.limitByFactor(current, wanted, { min, max }, { factor: scaleUpLimitFactor, minimum: scaleUpLimitMinimum });
};

const CHANGE_PERIOD_SECONDS = 60;

/** Without rules no behaviour is given, and nothing is logged. */
const events: Operation = (fact) => {
  const { change, rules: given, before } = readInput(z.looseObject({ change: z.number(), rules: rules.nullish(), before: z.array(scaleEvent).default([]) }), fact);
  const log = eventsOf(before, 0);
  const after = given ? kubernetes.recordScaleEvent(log, change, 0, rulesOf(given, 'up')) : log;
  return { changeInLast60s: kubernetes.changeWithin(log, 0, CHANGE_PERIOD_SECONDS), after: after.map((entry) => entry.change) };
};

const reconcile: Operation = (fact) => {
  const input = readInput(reconcileFact, fact);
  const { behavior, history } = input;
  const outcome = kubernetes.reconcile({
    currentReplicas: input.specReplicas,
    statusReplicas: input.statusReplicas,
    pods: input.pods.map(podOf),
    tolerance: { up: behavior?.up?.tolerance ?? input.tolerance.up, down: behavior?.down?.tolerance ?? input.tolerance.down },
    clock: clockOf(input),
    range: { min: input.min, max: input.max },
    metrics: input.metrics.map(metricOf),
    behavior: behavior ? { up: rulesOf(behavior.up, 'up'), down: rulesOf(behavior.down, 'down', input.downWindow_s) } : null,
    history: history ? { recommendations: historyOf(history, input.now), upEvents: eventsOf(input.upEvents, input.now), downEvents: eventsOf(input.downEvents, input.now) } : null,
    downscaleWindowSeconds: input.downWindow_s,
    upLimit: { factor: input.scaleUpLimitFactor, minimum: input.scaleUpLimitMinimum },
  });
  const conditions = Object.fromEntries(Object.entries(outcome.conditions).map(([type, { status, reason }]) => [type, [status, reason]]));
  return { replicas: outcome.replicas, cpuUtilization: outcome.cpuUtilization, conditions };
};

export const HPA_OPERATIONS: Operations = { calc, group, rate, limit, window, events, reconcile, 'legacy-window': legacyWindow, 'legacy-rate': legacyRate };
