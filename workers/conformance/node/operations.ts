/** What node facts ask: quality of service, OOM scores, and the steps of a rolling update. */
import { kubernetes } from '@/engine/twin';
import { z } from 'zod';
import type { Operations } from '../fact';
import { operation } from '../operation';
import { incomingPodOf } from '../scheduler/from-fact';
import { pod } from '../scheduler/schemas';

const qos = operation(z.strictObject({ pod }), (input) => kubernetes.qualityOfService(incomingPodOf(input.pod)));

const oomFact = z.strictObject({ pod, nodeCritical: z.boolean().optional(), nodeMem: z.number().positive(), container: z.number().int().nonnegative().default(0) });

/** Upstream gives a range; the engine knows one value. */
const oomAdjust = operation(oomFact, (input) => {
  const read = incomingPodOf(input.pod);
  const container = read.containers[input.container] ?? { requests: {} };
  const value = kubernetes.oomScoreAdjust(read, container, input.nodeMem, input.nodeCritical);
  return { value, min: value, max: value };
});

const intOrPercent = z.union([z.number(), z.string()]);
const rolloutFact = z.strictObject({
  strategy: z.string().default('RollingUpdate'),
  replicas: z.number().nullish(),
  maxSurge: intOrPercent.nullish(),
  maxUnavailable: intOrPercent.nullish(),
  new: z.number().default(0),
  old: z.number().default(0),
  newAvailable: z.number().default(0),
  oldAvailable: z.number().default(0),
  limit: z.number().default(0),
});
type Rollout = z.output<typeof rolloutFact>;

const rolls = ({ strategy }: Rollout) => strategy === 'RollingUpdate';
const updateOf = ({ replicas, maxSurge, maxUnavailable }: Rollout): kubernetes.RollingUpdate => ({ replicas: replicas ?? 0, maxSurge: maxSurge ?? 0, maxUnavailable: maxUnavailable ?? 0 });
const oldSetsOf = ({ old, oldAvailable }: Rollout) => [{ replicas: old, available: oldAvailable }];

const newTarget = operation(rolloutFact, (input) => ({ new: rolls(input) ? kubernetes.surgeTarget(updateOf(input), input.new, input.old) : updateOf(input).replicas }));

const maxUnavailable = operation(rolloutFact, (input) => ({ value: rolls(input) ? kubernetes.maxUnavailable(updateOf(input)) : 0 }));

const scaleNew = operation(rolloutFact, (input) => {
  const target = kubernetes.newReplicaTarget(updateOf(input), input.new, input.old);
  return { changed: target !== input.new, new: target };
});

const scaleOld = operation(rolloutFact, (input) => {
  const [old] = kubernetes.scaleOld(updateOf(input), { replicas: input.new, available: input.newAvailable }, oldSetsOf(input));
  return { changed: old !== input.old, old };
});

const dropUnhealthy = operation(rolloutFact, (input) => ({ removed: input.old - kubernetes.dropUnhealthy(oldSetsOf(input), input.limit)[0]! }));

const shrinkOld = operation(rolloutFact, (input) => {
  const [old] = kubernetes.shrinkOld(updateOf(input), input.newAvailable, oldSetsOf(input));
  return { changed: old !== input.old, old };
});

export const NODE_OPERATIONS: Operations = { qos, 'oom-adj': oomAdjust, 'new-target': newTarget, 'max-unavailable': maxUnavailable, 'scale-new': scaleNew, 'scale-old': scaleOld, 'drop-unhealthy': dropUnhealthy, 'shrink-old': shrinkOld };
