/** What HPA facts ask: one metric, the groups of pods, the limits of one round, a whole round. */
import { kubernetes } from '@/engine/twin';
import { z } from 'zod';
import type { Operations } from '../fact';
import { operation } from '../operation';
import { clockOf, eventsOf, metricOf, podOf, rulesOf, sampleOf } from './from-fact';
import { clock, metric, pod, recommendation, reconcileFact, rules, sample, scaleEvent } from './schemas';

const calcFact = clock.extend({ current: z.number(), pods: z.array(pod), metric, samples: z.array(sample).nullish(), values_m: z.array(z.number()).nullish() });

const calc = operation(calcFact, (input, version) => {
  const context = { currentReplicas: input.current, statusReplicas: input.current, pods: input.pods.map(podOf), tolerance: { ...input.tolerance, asDistance: kubernetes.rulesOf(version).toleranceAsDistance }, clock: clockOf(input) };
  const source = metricOf({ ...input.metric, samples: input.samples ?? input.metric.samples, values_m: input.values_m ?? input.metric.values_m });
  const proposal = kubernetes.proposeReplicas(context, source);
  if (!proposal.ok) return { error: proposal.error };
  const { replicas, usageMilli, utilizationPercent } = proposal.value;
  return { replicas, ...(utilizationPercent === null ? {} : { utilization: utilizationPercent }), average_m: usageMilli, usage_m: usageMilli };
});

const group = operation(clock.extend({ resource: z.string(), pods: z.array(pod), samples: z.array(sample) }), (input) => {
  const samples = new Map(input.samples.map(sampleOf).map((entry) => [entry.podName, entry]));
  return kubernetes.groupPods(input.pods.map(podOf), samples, input.resource, clockOf(input));
});

const range = z.strictObject({ min: z.number(), max: z.number(), current: z.number(), wanted: z.number() });
const eventLogs = { upEvents: z.array(scaleEvent).nullish(), downEvents: z.array(scaleEvent).nullish() };

const rate = operation(range.extend({ up: rules.nullish(), down: rules.nullish(), ...eventLogs }), ({ current, wanted, min, max, up, down, upEvents, downEvents }) => {
  const events = { upEvents: eventsOf(upEvents, 0), downEvents: eventsOf(downEvents, 0) };
  return kubernetes.limitByBehavior(current, wanted, { min, max }, events, 0, { up: rulesOf(up, 'up'), down: rulesOf(down, 'down') });
});

const limit = operation(z.strictObject({ direction: z.enum(['up', 'down']), current: z.number(), rules: rules.nullish(), ...eventLogs }), (input) => {
  const limitOf = input.direction === 'up' ? kubernetes.scaleUpLimit : kubernetes.scaleDownLimit;
  const events = { upEvents: eventsOf(input.upEvents, 0), downEvents: eventsOf(input.downEvents, 0) };
  return { limit: limitOf(input.current, events, 0, rulesOf(input.rules, input.direction)) };
});

const historyOf = (entries: readonly z.output<typeof recommendation>[], now: number) => entries.map(({ replicas, ago_s }) => ({ replicas, at: now - ago_s }));
const history = z.array(recommendation).default([]);

const windowFact = z.strictObject({ current: z.number(), wanted: z.number(), upWindow_s: z.number().default(0), downWindow_s: z.number().default(300), history });

const window = operation(windowFact, (input) => {
  const windows = { upSeconds: input.upWindow_s, downSeconds: input.downWindow_s };
  const { replicas, recommendations } = kubernetes.stabilizeBoth(historyOf(input.history, 0), input.current, input.wanted, 0, windows);
  return { replicas, history: recommendations.map((entry) => entry.replicas) };
});

const legacyWindow = operation(z.strictObject({ wanted: z.number(), downWindow_s: z.number().default(300), history }), (input) => {
  const { replicas, recommendations } = kubernetes.stabilizeDown(historyOf(input.history, 0), input.wanted, 0, input.downWindow_s);
  return { replicas, historyLength: recommendations.length };
});

const legacyRateFact = range.extend({ scaleUpLimitFactor: z.number().default(2), scaleUpLimitMinimum: z.number().default(4) });

const legacyRate = operation(legacyRateFact, ({ current, wanted, min, max, scaleUpLimitFactor, scaleUpLimitMinimum }) =>
  kubernetes.limitByFactor(current, wanted, { min, max }, { factor: scaleUpLimitFactor, minimum: scaleUpLimitMinimum }),
);

const CHANGE_PERIOD_SECONDS = 60;

/** Without rules no behaviour is given, and nothing is logged. */
const events = operation(z.strictObject({ change: z.number(), rules: rules.nullish(), before: z.array(scaleEvent).default([]) }), ({ change, rules: given, before }) => {
  const log = eventsOf(before, 0);
  const after = given ? kubernetes.recordScaleEvent(log, change, 0, rulesOf(given, 'up')) : log;
  return { changeInLast60s: kubernetes.changeWithin(log, 0, CHANGE_PERIOD_SECONDS), after: after.map((entry) => entry.change) };
});

const reconcile = operation(reconcileFact, (input, version) => {
  const { behavior } = input;
  const known = input.history;
  const outcome = kubernetes.reconcile({
    currentReplicas: input.specReplicas,
    statusReplicas: input.statusReplicas,
    pods: input.pods.map(podOf),
    tolerance: { up: behavior?.up?.tolerance ?? input.tolerance.up, down: behavior?.down?.tolerance ?? input.tolerance.down, asDistance: kubernetes.rulesOf(version).toleranceAsDistance },
    clock: clockOf(input),
    range: { min: input.min, max: input.max },
    metrics: input.metrics.map(metricOf),
    behavior: behavior ? { up: rulesOf(behavior.up, 'up'), down: rulesOf(behavior.down, 'down', input.downWindow_s) } : null,
    history: known ? { recommendations: historyOf(known, input.now), upEvents: eventsOf(input.upEvents, input.now), downEvents: eventsOf(input.downEvents, input.now) } : null,
    downscaleWindowSeconds: input.downWindow_s,
    upLimit: { factor: input.scaleUpLimitFactor, minimum: input.scaleUpLimitMinimum },
  });
  const conditions = Object.fromEntries(Object.entries(outcome.conditions).map(([type, { status, reason }]) => [type, [status, reason]]));
  return { replicas: outcome.replicas, cpuUtilization: outcome.cpuUtilization, conditions };
});

export const HPA_OPERATIONS: Operations = { calc, group, rate, limit, window, events, reconcile, 'legacy-window': legacyWindow, 'legacy-rate': legacyRate };
