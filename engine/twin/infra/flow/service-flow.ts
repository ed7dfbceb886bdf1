/** One service as a flow: its replicas as stations on their nodes, then what it calls; from that, its answers and when they come. */
import { erlangB, exp, log, pow } from '@/engine/kernel';
import type { Infra, Service } from '../infra';
import { callOutcome, type CallOutcome, type Outcome } from './call-outcome';
import { atLeast, constant, fromVariate, meanOfTimes, mixture, orderStatistic, repeat, scaled, sum, variationOf, waitOf, within, type Distribution } from './distribution';
import { quotaDelay } from './quota-delay';
import { solveStation, type StationResult } from './station';

export type ServiceFlow = Outcome & {
  /** Requests a second that come and that are answered or fail for other reasons than room. */
  readonly offeredRps: number;
  readonly acceptedRps: number;
  /** All that answers, in time or not. */
  readonly response: Distribution;
  readonly answeredShare: number;
  /** Answers a second that its replicas can give. */
  readonly capacityRps: number;
  readonly cpuCores: number;
  readonly calls: readonly CallOutcome[];
  /** By node: chances of 0, 1, 2 … busy lanes of one replica there. */
  readonly busy: ReadonlyMap<number, readonly number[]>;
};

export type ServiceLoad = {
  readonly rps: number;
  /** Variation of the gaps of the whole stream: 0 for an even load, 1 for a Poisson one. */
  readonly streamVariation: number;
  /** Requests that wait from before, beyond what is usual. */
  readonly backlog: number;
  /** By node: chances of threads there besides one replica's of this service. */
  readonly others: (node: number) => readonly number[];
  /** By node: response time over CPU time if all its work were one queue for its cores. */
  readonly nodeRatio: (node: number) => number;
  readonly hitShares: readonly number[];
  readonly callees: readonly Outcome[];
};

/** Above this load waits are what has gathered so far, not what would gather in the end. */
const LOAD_MAX = 0.97;

export function solveService(infra: Infra, service: Service, load: ServiceLoad): ServiceFlow {
  const listed = service.replicas.map((index) => infra.replicas[index]!).filter(({ phase }) => phase === 'ready' || phase === 'lost');
  const ready = listed.filter(({ phase }) => phase === 'ready');
  const isOffNode = service.function !== null || service.external !== null;
  const processes = isOffNode ? 1 : Math.max(1, ready.length);
  const calls = service.calls.map((call, i) => callOutcome(call, load.callees[i]!, { rpsPerProcess: ((call.whole + call.fraction) * load.rps) / processes, hitShare: load.hitShares[i]! }));
  const called = afterCalls(service, calls);
  const own = isOffNode ? offNode(service, load.rps) : onNodes(infra, service, ready.map(({ node }) => node), load, called);
  const hung = service.outages.reduce((share, outage) => (outage.mode === 'hang' ? share + outage.share : share), listed.length === 0 ? 0 : (listed.length - ready.length) / listed.length);
  const refusing = service.outages.reduce((share, outage) => (outage.mode === 'refuse' ? share + outage.share : share), 0);
  const reached = Math.max(0, 1 - Math.min(1, hung) - Math.min(1, refusing)) * (isOffNode || ready.length > 0 ? 1 : 0);
  const accepted = reached * (1 - own.refused);
  const work = sum(sum(own.time, fromVariate(service.wait)), constant(service.extraWaitUs));
  const response = service.holdsLane && !isOffNode ? own.time : sum(work, called.good);
  const answeredShare = accepted * called.goodShare;
  const inTime = within(response, service.timeoutUs);
  const late = constant(service.timeoutUs);
  return {
    offeredRps: load.rps,
    acceptedRps: load.rps * accepted,
    response,
    answeredShare,
    goodShare: answeredShare * inTime.share,
    good: inTime.of,
    bad: mixture([
      { share: reached * own.refused + Math.min(1, refusing), of: constant(0) },
      { share: Math.min(1, hung) + answeredShare * (1 - inTime.share), of: late },
      { share: accepted * (1 - called.goodShare), of: sum(work, called.bad) },
    ]),
    capacityRps: own.capacityRps,
    cpuCores: service.external === null ? (Math.min(load.rps * accepted, own.capacityRps) * service.demand.mean) / 1e6 : 0,
    calls,
    busy: own.busy,
  };
}

type Own = { readonly time: Distribution; readonly refused: number; readonly capacityRps: number; readonly busy: ReadonlyMap<number, readonly number[]> };

function onNodes(infra: Infra, service: Service, nodes: readonly number[], load: ServiceLoad, called: Outcome): Own {
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
  const onCpu = sum(stretched(scaled(fromVariate(service.demand), 1 / speed), cpu.stretch), waitOf(quota.share, quota.share === 0 ? 0 : (quota.meanSeconds / quota.share) * 1e6));
  if (!service.holdsLane) return { time: sum(waited(cpu), onCpu), refused: cpu.refused, capacityRps: cpuCapacity, busy: cpu.busy };
  const held = sum(sum(onCpu, sum(fromVariate(service.wait), constant(service.extraWaitUs))), called.good);
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
  if (factor <= 1.001) return work;
  const u = 1 - 1 / factor;
  const spread = Math.sqrt(log(1 + u / (2 - u)));
  return mixture(NORMAL_TENTHS.map((z) => ({ share: 0.1, of: scaled(work, factor * exp(spread * z - (spread * spread) / 2)) })));
}
const NORMAL_TENTHS = [-1.755, -1.045, -0.677, -0.386, -0.126, 0.126, 0.386, 0.677, 1.045, 1.755];

function offNode(service: Service, rps: number): Own {
  const time = fromVariate(service.demand);
  const slots = service.function === null ? Infinity : service.function.instancesMax * service.function.concurrency;
  const limit = service.external?.rpsLimit ?? Infinity;
  const busySeconds = (meanOfTimes(time) + service.wait.mean) / 1e6;
  const refused = slots < 1e5 ? erlangB(rps * busySeconds, slots) : rps > limit ? 1 - limit / rps : 0;
  return { time, refused, capacityRps: Math.min(limit, busySeconds > 0 ? slots / busySeconds : Infinity), busy: new Map() };
}

/** The calls of a service one after another, groups of them at once. */
function afterCalls(service: Service, outcomes: readonly CallOutcome[]): Outcome {
  let done: Outcome = { goodShare: 1, good: constant(0), bad: constant(0) };
  for (let i = 0; i < outcomes.length; i += 1) {
    const { group, whole, fraction } = service.calls[i]!;
    if (group === null) done = then(done, several(outcomes[i]!, whole, fraction));
    else {
      const members = outcomes.slice(i, group.last + 1).flatMap((outcome, k) => branches(outcome, service.calls[i + k]!));
      if (members.length > 0) done = then(done, atOnce(members, group.needs === 0 ? members.length : Math.min(group.needs, members.length)));
      i = group.last;
    }
  }
  return done;
}

const several = (outcome: Outcome, whole: number, fraction: number): Outcome => ({
  goodShare: pow(outcome.goodShare, whole) * (1 - fraction * (1 - outcome.goodShare)),
  good: fraction === 0 ? repeat(outcome.good, whole) : mixture([{ share: 1 - fraction, of: repeat(outcome.good, whole) }, { share: fraction, of: repeat(outcome.good, whole + 1) }]),
  bad: outcome.bad,
});

function then(before: Outcome, next: Outcome): Outcome {
  return {
    goodShare: before.goodShare * next.goodShare,
    good: sum(before.good, next.good),
    bad: mixture([{ share: 1 - before.goodShare, of: before.bad }, { share: before.goodShare * (1 - next.goodShare), of: sum(before.good, next.bad) }]),
  };
}

/** A call that is made only sometimes is a branch that is sometimes over at once. */
const branches = (outcome: Outcome, { whole, fraction }: { readonly whole: number; readonly fraction: number }): Outcome[] => [
  ...Array.from({ length: whole }, () => outcome),
  ...(fraction > 0 ? [several(outcome, 0, fraction)] : []),
];

function atOnce(members: readonly Outcome[], needed: number): Outcome {
  return { goodShare: atLeast(members.map((member) => member.goodShare), needed), good: orderStatistic(members.map((member) => member.good), needed), bad: mixture(members.map((member) => ({ share: 1 - member.goodShare, of: member.bad }))) };
}

