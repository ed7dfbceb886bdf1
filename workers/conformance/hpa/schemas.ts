/** The words of HPA facts. Times are seconds, metric values thousandths (`_m`). */
import { z } from 'zod';

const seconds = z.number();
const milliByContainer = z.record(z.string(), z.number().nullable());

export const pod = z.strictObject({
  name: z.string(),
  phase: z.string().default('Running'),
  ready: z.boolean().nullish(),
  started: seconds.nullish(),
  readySince: seconds.nullish(),
  deleting: z.boolean().nullish(),
  requests_m: milliByContainer.nullish(),
});

export const sample = z.strictObject({
  pod: z.string(),
  at: seconds.default(0),
  window_s: seconds.default(60),
  usage_m: z.record(z.string(), z.number()).optional(),
  value_m: z.number().optional(),
});

export const metric = z.strictObject({
  kind: z.string(),
  resource: z.string().optional(),
  container: z.string().optional(),
  utilization: z.number().nullish(),
  average_m: z.number().nullish(),
  value_m: z.number().nullish(),
  samples: z.array(sample).nullish(),
  values_m: z.array(z.number()).nullish(),
  unavailable: z.boolean().nullish(),
});

const tolerance = z.strictObject({ up: z.number(), down: z.number() });
export const clock = z.strictObject({
  now: seconds.default(0),
  cpuInitPeriod_s: seconds.default(300),
  readinessDelay_s: seconds.default(30),
  tolerance: tolerance.default({ up: 0.1, down: 0.1 }),
});

const policy = z.strictObject({ type: z.enum(['Pods', 'Percent']), value: z.number(), period_s: seconds });
export const rules = z.strictObject({
  window_s: seconds.nullish(),
  select: z.enum(['Max', 'Min', 'Disabled']).default('Max'),
  policies: z.array(policy).nullish(),
  tolerance: z.number().nullish(),
});
export type FactRules = z.output<typeof rules>;

export const recommendation = z.strictObject({ replicas: z.number(), ago_s: seconds });
export const scaleEvent = z.strictObject({ change: z.number(), ago_s: seconds });

export const reconcileFact = clock.extend({
  downWindow_s: seconds.default(300),
  scaleUpLimitFactor: z.number().default(2),
  scaleUpLimitMinimum: z.number().default(4),
  min: z.number(),
  max: z.number(),
  specReplicas: z.number(),
  statusReplicas: z.number(),
  metrics: z.array(metric),
  pods: z.array(pod),
  behavior: z.strictObject({ up: rules.nullish(), down: rules.nullish() }).nullish(),
  history: z.array(recommendation).nullish(),
  upEvents: z.array(scaleEvent).nullish(),
  downEvents: z.array(scaleEvent).nullish(),
});
