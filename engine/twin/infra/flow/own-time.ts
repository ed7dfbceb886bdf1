/** What a service takes for itself: waiting for lanes, cores and quota on each node that it stands on, or elsewhere. */
import { erlangB, exp, log } from '@/engine/kernel';
import type { Infra, Service } from '../infra';
import type { Outcome } from './call-outcome';
import { constant, meanOfTimes, mixture, scaled, sum, variationOf, waitOf, type Distribution } from './distribution';
import { lawOf } from './laws';
import { quotaDelay } from './quota-delay';
import type { ServiceLoad } from './service-flow';
import { solveStation, type StationResult } from './station';

/** Above this load waits are what has gathered so far, not what would gather in the end. */
const LOAD_MAX = 0.97;

export type Own = { readonly time: Distribution; readonly refused: number; readonly capacityRps: number; readonly busy: ReadonlyMap<number, readonly number[]> };

export function onNodes(infra: Infra, service: Service, nodes: readonly number[], load: ServiceLoad, called: Outcome): Own {
  if (nodes.length === 0) return { time: constant(0), refused: 0, capacityRps: 0, busy: new Map() };
  const pooled = service.balancing === 'least-in-flight' ? nodes.length : 1;
  const parts: { share: number; of: Distribution }[] = [];
  const busy = new Map<number, readonly number[]>();
  let [capacity, refused] = [0, 0];
  const counts = new Map<number, number>();
  for (const node of nodes) counts.set(node, (counts.get(node) ?? 0) + 1);
  for (const [node, count] of counts) {
    const part = onNode(infra, service, node, load, { replicas: nodes.length, pooled, called });
    parts.push({ share: count, of: part.time });
    busy.set(node, part.busy);
    capacity += (count * part.capacityRps) / pooled;
    refused += (count / nodes.length) * part.refused;
  }
  const behind = load.backlog > 0 && capacity > 0 ? constant((load.backlog / capacity) * 1e6) : constant(0);
  return { time: sum(behind, mixture(parts)), refused, capacityRps: capacity, busy };
}

type Spread = { readonly replicas: number; readonly pooled: number; readonly called: Outcome };

function onNode(infra: Infra, service: Service, node: number, load: ServiceLoad, { replicas, pooled, called }: Spread): { time: Distribution; refused: number; capacityRps: number; busy: readonly number[] } {
  const { capacityMillicores, speed } = infra.nodes[node]!;
  const demandSeconds = service.demand.mean / 1e6 / speed;
  const quotaCores = service.quotaMillicores === null ? Infinity : service.quotaMillicores / 1_000;
  const base = {
    demandSeconds,
    arrivalVariation: service.balancing === 'round-robin' ? load.streamVariation / replicas : 1 - (1 - load.streamVariation) / replicas,
    demandVariation: service.demand.law === 'constant' ? 0 : service.demand.cv * service.demand.cv,
    lanes: service.lanes * pooled,
    queueLimit: service.queueLimit * pooled,
    cores: (capacityMillicores / 1_000) * pooled,
    others: load.others(node),
  };
  const share = (load.rps / replicas) * pooled;
  const cpuCapacity = Math.min(solveStation({ ...base, rps: 0 }).capacityRps, demandSeconds > 0 ? (quotaCores * pooled) / demandSeconds : Infinity);
  const rps = Math.min(share, LOAD_MAX * cpuCapacity);
  const cpu = atLeastNode(solveStation({ ...base, rps }), demandSeconds, load.nodeRatio(node));
  const quota = quotaCores < service.lanes ? quotaDelay({ rps: rps / pooled, demandSeconds, demandVariation: base.demandVariation, quotaCores, lanes: service.lanes }) : { share: 0, meanSeconds: 0 };
  const onCpu = sum(stretched(scaled(lawOf(load.laws, service.demand), 1 / speed), cpu.stretch), waitOf(quota.share, quota.share === 0 ? 0 : (quota.meanSeconds / quota.share) * 1e6));
  if (!service.holdsLane) return { time: sum(waited(cpu), onCpu), refused: cpu.refused, capacityRps: cpuCapacity, busy: cpu.busy };
  const held = sum(sum(onCpu, sum(lawOf(load.laws, service.wait), constant(service.extraWaitUs))), called.good);
  const lanes = solveStation({ ...base, rps: 0, demandSeconds: meanOfTimes(held) / 1e6, cores: Infinity, others: [1] });
  const capacityRps = Math.min(cpuCapacity, lanes.capacityRps);
  const queue = solveStation({ ...base, rps: Math.min(share, LOAD_MAX * capacityRps), demandSeconds: meanOfTimes(held) / 1e6, demandVariation: variationOf(held), cores: Infinity, others: [1] });
  return { time: sum(waited(queue), held), refused: queue.refused, capacityRps, busy: cpu.busy };
}

/** Lanes cannot make a node's cores do more than one queue for all of them would: what is missing to that is waited for. */
function atLeastNode(own: StationResult, demandSeconds: number, ratio: number): StationResult {
  const missing = ratio * demandSeconds - (own.waitSeconds + own.stretch * demandSeconds);
  return missing <= 0 ? own : { ...own, waitSeconds: own.waitSeconds + missing, waits: Math.max(own.waits, 1 - 1 / ratio) };
}

const waited = ({ waits, waitSeconds }: StationResult): Distribution => waitOf(waits, waits === 0 ? 0 : (waitSeconds / waits) * 1e6);

/**
 * Sharing cores makes times longer by a factor that is itself random: with variation u / (2 − u) for a share u of the time
 * spent waiting for a core, exponential work has the variance of M/M/1 processor sharing, (2 + ρ) / (2 − ρ).
 */
function stretched(work: Distribution, factor: number): Distribution {
  if (factor <= 1.005) return work;
  const u = 1 - 1 / factor;
  const spread = Math.sqrt(log(1 + u / (2 - u)));
  return mixture(NORMAL_TENTHS.map((z) => ({ share: 0.1, of: scaled(work, factor * exp(spread * z - (spread * spread) / 2)) })));
}
const NORMAL_TENTHS = [-1.755, -1.045, -0.677, -0.386, -0.126, 0.126, 0.386, 0.677, 1.045, 1.755];

export function offNode(service: Service, { rps, laws }: Pick<ServiceLoad, 'rps' | 'laws'>): Own {
  const time = lawOf(laws, service.demand);
  const slots = service.function === null ? Infinity : service.function.instancesMax * service.function.concurrency;
  const limit = service.external?.rpsLimit ?? Infinity;
  const busySeconds = (meanOfTimes(time) + service.wait.mean) / 1e6;
  const refused = slots < 1e5 ? erlangB(rps * busySeconds, slots) : rps > limit ? 1 - limit / rps : 0;
  return { time, refused, capacityRps: Math.min(limit, busySeconds > 0 ? slots / busySeconds : Infinity), busy: new Map() };
}
