/** What node facts ask: quality of service, OOM scores, and the steps of a rolling update. */
import { kubernetes } from '@/engine/twin';
import { z } from 'zod';
import type { Operation, Operations } from '../fact';
import { readInput } from '../read-input';
import { incomingPodOf } from '../scheduler/from-fact';
import { pod } from '../scheduler/schemas';

const qos: Operation = (fact) => kubernetes.qualityOfService(incomingPodOf(readInput(z.looseObject({ pod }), fact).pod));

/** Upstream gives a range; the engine knows one value. */
const oomAdjust: Operation = (fact) => {
  const input = readInput(z.looseObject({ pod, nodeCritical: z.boolean().optional(), nodeMem: z.number().positive(), container: z.number().int().nonnegative().default(0) }), fact);
  const read = incomingPodOf(input.pod);
  const container = read.containers[input.container] ?? { requests: {} };
  const value = kubernetes.oomScoreAdjust(read, container, input.nodeMem, input.nodeCritical);
  return { value, min: value, max: value };
};

const intOrPercent = z.union([z.number(), z.string()]);
const rolloutFact = z.looseObject({
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

function rolloutOf(fact: unknown) {
  const input = readInput(rolloutFact, fact);
  const update: kubernetes.RollingUpdate = { replicas: input.replicas ?? 0, maxSurge: input.maxSurge ?? 0, maxUnavailable: input.maxUnavailable ?? 0 };
  return { input, update, rolls: input.strategy === 'RollingUpdate', oldSets: [{ replicas: input.old, available: input.oldAvailable }] };
}

const newTarget: Operation = (fact) => {
  const { input, update, rolls } = rolloutOf(fact);
  return { new: rolls ? kubernetes.surgeTarget(update, input.new, input.old) : update.replicas };
};

const maxUnavailable: Operation = (fact) => {
  const { update, rolls } = rolloutOf(fact);
  return { value: rolls ? kubernetes.maxUnavailable(update) : 0 };
};

const scaleNew: Operation = (fact) => {
  const { input, update } = rolloutOf(fact);
  const target = kubernetes.newReplicaTarget(update, input.new, input.old);
  return { changed: target !== input.new, new: target };
};

const scaleOld: Operation = (fact) => {
  const { input, update, oldSets } = rolloutOf(fact);
  const [old] = kubernetes.scaleOld(update, { replicas: input.new, available: input.newAvailable }, oldSets);
  return { changed: old !== input.old, old };
};

const dropUnhealthy: Operation = (fact) => {
  const { input, oldSets } = rolloutOf(fact);
  return { removed: input.old - kubernetes.dropUnhealthy(oldSets, input.limit)[0]! };
};

const shrinkOld: Operation = (fact) => {
  const { input, update, oldSets } = rolloutOf(fact);
  const [old] = kubernetes.shrinkOld(update, input.newAvailable, oldSets);
  return { changed: old !== input.old, old };
};

export const NODE_OPERATIONS: Operations = { qos, 'oom-adj': oomAdjust, 'new-target': newTarget, 'max-unavailable': maxUnavailable, 'scale-new': scaleNew, 'scale-old': scaleOld, 'drop-unhealthy': dropUnhealthy, 'shrink-old': shrinkOld };
