/**
 * From one metric to a number of replicas. The ratio is applied to the pods that are ready, not to the
 * replicas that were asked for. Where pods are unready or have no sample, the answer must survive the
 * cautious guess about them (full use when shrinking, none when growing), or nothing changes.
 * Source: `replica_calculator.go`; the order of the checks decides which error is reported.
 */
import { err, ok, type Result } from '@/engine/kernel';
import { groupPods } from './group-pods';
import type { HpaClock, HpaPod, MetricRefusal, PodSample, ReplicaProposal, Tolerance } from './metric';

const FULL_PERCENT = 100;
const INT32_MAX = 2 ** 31 - 1;

export type CalculatorContext = {
  readonly currentReplicas: number;
  readonly statusReplicas: number;
  readonly pods: readonly HpaPod[];
  readonly tolerance: Tolerance;
  readonly clock: HpaClock;
};

type Proposal = Result<ReplicaProposal, MetricRefusal>;
type Reading = { readonly ratio: number; readonly usageMilli: number; readonly utilizationPercent: number | null };
/** Reads a set of values; null when none of them belongs to a pod with requests. */
type Reader = (values: ReadonlyMap<string, number>) => Reading | null;

export const withinTolerance = (ratio: number, { up, down, asDistance = false }: Tolerance) =>
  asDistance ? Math.abs(1 - ratio) <= (ratio > 1 ? up : down) : ratio >= 1 - down && ratio <= 1 + up;

const ceiling = (value: number) => Math.min(INT32_MAX, Math.ceil(value));

/** Utilization of requests, in percent; the percentage is truncated before it is divided by the target. */
export function resourceReplicas(context: CalculatorContext, resource: string, samples: readonly PodSample[], targetPercent: number, container: string | null): Proposal {
  const usable = usableSamples(samples, container);
  if (!usable.ok) return usable;
  const prepared = prepare(context, usable.value, resource);
  if (!prepared.ok) return prepared;
  const requests = requestsOf(context.pods, container);
  if (requests === null) return err('request_missing');
  const fallback = (podName: string) => Math.trunc(((requests.get(podName) ?? 0) * Math.max(FULL_PERCENT, targetPercent)) / FULL_PERCENT);
  return settle(context, prepared.value, (values) => utilizationOf(values, requests, targetPercent), fallback);
}

/** Average per pod of a resource (`resource` set) or of a pods metric (''). */
export function averageReplicas(context: CalculatorContext, resource: string, samples: readonly PodSample[], targetMilli: number, container: string | null): Proposal {
  const usable = usableSamples(samples, container);
  if (!usable.ok) return usable;
  const prepared = prepare(context, usable.value, resource);
  if (!prepared.ok) return prepared;
  return settle(context, prepared.value, (values) => averageOf(values, targetMilli), () => targetMilli);
}

/** One value for the whole workload (Object, External). */
export function valueReplicas({ currentReplicas, pods, tolerance }: CalculatorContext, usageMilli: number, targetMilli: number): Proposal {
  const ratio = usageMilli / targetMilli;
  const propose = (replicas: number): Proposal => ok({ replicas, usageMilli, utilizationPercent: null });
  if (currentReplicas === 0) return propose(ceiling(ratio));
  if (withinTolerance(ratio, tolerance)) return propose(currentReplicas);
  if (pods.length === 0) return err('no_pods');
  return propose(ceiling(ratio * pods.filter(({ phase, ready }) => phase === 'Running' && ready === true).length));
}

/** One value shared by the replicas (Object, External with an average target). */
export function sharedValueReplicas({ statusReplicas, tolerance }: CalculatorContext, usageMilli: number, targetMilli: number): Proposal {
  const ratio = usageMilli / (targetMilli * statusReplicas);
  const replicas = withinTolerance(ratio, tolerance) ? statusReplicas : ceiling(usageMilli / targetMilli);
  return ok({ replicas, usageMilli: statusReplicas === 0 ? usageMilli : Math.ceil(usageMilli / statusReplicas), utilizationPercent: null });
}

type Usable = ReadonlyMap<string, { readonly sample: PodSample; readonly value: number }>;

/** One value per pod: the named container, or the sum. A pod that reports no container is dropped. */
function usableSamples(samples: readonly PodSample[], container: string | null): Result<Usable, MetricRefusal> {
  if (samples.length === 0) return err('no_samples');
  const usable = new Map<string, { sample: PodSample; value: number }>();
  for (const sample of samples) {
    if (container !== null && !sample.usageMilli.has(container)) return err('container_sample_missing');
    if (sample.usageMilli.size === 0) continue;
    let sum = 0;
    for (const value of sample.usageMilli.values()) sum += value;
    usable.set(sample.podName, { sample, value: container === null ? sum : sample.usageMilli.get(container)! });
  }
  return ok(usable);
}

type Prepared = { readonly values: Map<string, number>; readonly readyCount: number; readonly unready: readonly string[]; readonly missing: readonly string[] };

function prepare(context: CalculatorContext, usable: Usable, resource: string): Result<Prepared, MetricRefusal> {
  if (context.pods.length === 0) return err('no_pods');
  const groups = groupPods(context.pods, new Map([...usable].map(([name, { sample }]) => [name, sample])), resource, context.clock);
  const values = new Map([...usable].map(([name, { value }]) => [name, value]));
  for (const name of [...groups.ignored, ...groups.unready]) values.delete(name);
  return values.size === 0 ? err('no_ready_samples') : ok({ ...groups, values });
}

/** Requests of every pod, failed ones too: one container without makes the metric unusable, if the metric is about it. */
function requestsOf(pods: readonly HpaPod[], container: string | null): ReadonlyMap<string, number> | null {
  const requests = new Map<string, number>();
  for (const { name, requestsMilli } of pods) {
    if (requestsMilli === null) return null;
    let sum = 0;
    for (const [owner, milli] of requestsMilli) {
      if (container !== null && container !== owner) continue;
      if (milli === null) return null;
      sum += milli;
    }
    requests.set(name, sum);
  }
  return requests;
}

function utilizationOf(values: ReadonlyMap<string, number>, requests: ReadonlyMap<string, number>, targetPercent: number): Reading | null {
  let usage = 0;
  let requested = 0;
  let count = 0;
  for (const [name, value] of values) {
    const request = requests.get(name);
    if (request === undefined) continue;
    usage += value;
    requested += request;
    count += 1;
  }
  if (requested === 0) return null;
  const utilizationPercent = Math.trunc((usage * FULL_PERCENT) / requested);
  return { ratio: utilizationPercent / targetPercent, usageMilli: Math.trunc(usage / count), utilizationPercent };
}

function averageOf(values: ReadonlyMap<string, number>, targetMilli: number): Reading {
  let total = 0;
  for (const value of values.values()) total += value;
  const usageMilli = Math.trunc(total / values.size);
  return { ratio: usageMilli / targetMilli, usageMilli, utilizationPercent: null };
}

function settle({ currentReplicas, tolerance }: CalculatorContext, { values, readyCount, unready, missing }: Prepared, read: Reader, fullUse: (podName: string) => number): Proposal {
  const first = read(values);
  if (first === null) return err('no_sample_matches_pod');
  const propose = (replicas: number): Proposal => ok({ replicas, usageMilli: first.usageMilli, utilizationPercent: first.utilizationPercent });
  const growsDespiteUnready = unready.length > 0 && first.ratio > 1;
  if (!growsDespiteUnready && missing.length === 0) return propose(withinTolerance(first.ratio, tolerance) ? currentReplicas : ceiling(first.ratio * readyCount));
  for (const name of missing) if (first.ratio !== 1) values.set(name, first.ratio < 1 ? fullUse(name) : 0);
  if (growsDespiteUnready) for (const name of unready) values.set(name, 0);
  const cautious = read(values);
  if (cautious === null) return err('no_sample_matches_pod');
  const turned = (first.ratio < 1 && cautious.ratio > 1) || (first.ratio > 1 && cautious.ratio < 1);
  if (withinTolerance(cautious.ratio, tolerance) || turned) return propose(currentReplicas);
  const replicas = ceiling(cautious.ratio * values.size);
  const wrongWay = (cautious.ratio < 1 && replicas > currentReplicas) || (cautious.ratio > 1 && replicas < currentReplicas);
  return propose(wrongWay ? currentReplicas : replicas);
}
