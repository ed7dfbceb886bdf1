/**
 * The steady state of a whole graph at one moment: loads go down from the entries, answers come up from the leaves, and both depend on
 * each other (retries, closed loads, shared cores), so it is a fixed point, found by damped repetition from the last one known.
 */
import { pow } from '@/engine/kernel';
import type { Infra } from '../infra';
import { rateAt } from '../loads';
import { hitShare } from '../traffic/cache/che';
import { meanOfTimes } from './distribution';
import { solveService, type ServiceFlow } from './service-flow';
import { solveStation } from './station';

export type FlowSolution = {
  readonly services: readonly ServiceFlow[];
  /** Requests a second of each load. */
  readonly loadRps: readonly number[];
  readonly rounds: number;
};

export type FlowMoment = { readonly seconds: number; readonly backlogs: readonly number[]; readonly before: FlowSolution | null; /** Hit shares already worked out, by call and rounded rate. */ readonly hitShares: Map<string, number> };

const ROUNDS_MAX = 40;
const CLOSE_ENOUGH = 2e-3;

export function solveFlow(infra: Infra, moment: FlowMoment): FlowSolution {
  const order = callersFirst(infra);
  let services = moment.before?.services ?? null;
  let loadRps = infra.loads.map((load, i) => (load.users === null ? load.factor * rateAt(load.spec.profile, moment.seconds) : (moment.before?.loadRps[i] ?? (load.factor * load.users.count * 1e6) / (load.users.think.mean + 1e5))));
  for (let round = 1; ; round += 1) {
    const offered = offeredRates(infra, order, services, loadRps);
    const next = solveAll(infra, order, offered, services, moment, loadRps);
    const nextRps = loadRps.map((rps, i) => closedRate(infra, i, next, rps));
    const moved = services === null ? 1 : offered.reduce((most, rps, s) => Math.max(most, apart(rps, services![s]!.offeredRps), apart(next[s]!.goodShare, services![s]!.goodShare), apart(meanOfTimes(next[s]!.good), meanOfTimes(services![s]!.good))), nextRps.reduce((most, rps, i) => Math.max(most, apart(rps, loadRps[i]!)), 0));
    services = next;
    loadRps = nextRps;
    if (moved < CLOSE_ENOUGH || round >= ROUNDS_MAX) return { services, loadRps, rounds: round };
  }
}

const apart = (a: number, b: number) => {
  const difference = a > b ? a - b : b - a;
  return difference / Math.max(1e-6, a, b);
};

/** Half way to what N users offer who wait for their answers: N / (response + think). */
function closedRate(infra: Infra, index: number, services: readonly ServiceFlow[], rps: number): number {
  const { users, factor, service } = infra.loads[index]!;
  if (users === null) return rps;
  const { goodShare, good, bad } = services[service]!;
  const response = goodShare * meanOfTimes(good) + (1 - goodShare) * meanOfTimes(bad);
  return (rps + (factor * users.count * 1e6) / Math.max(1, response + users.think.mean)) / 2;
}

/** Half way from the last round's rates where there was one: retries feed on themselves. */
function offeredRates(infra: Infra, order: readonly number[], known: readonly ServiceFlow[] | null, loadRps: readonly number[]): number[] {
  const rates = infra.services.map(() => 0);
  infra.loads.forEach(({ service }, i) => (rates[service] = rates[service]! + loadRps[i]!));
  for (const index of order) {
    const flow = known?.[index];
    const service = infra.services[index]!;
    const entering = Math.min(rates[index]! * (flow === undefined || flow.offeredRps === 0 ? 1 : flow.acceptedRps / flow.offeredRps), flow === undefined || service.function !== null || service.external !== null ? Infinity : flow.capacityRps);
    let alive = 1;
    service.calls.forEach((call, i) => {
      const outcome = flow?.calls[i];
      const count = call.whole + call.fraction;
      rates[call.service] = rates[call.service]! + entering * alive * count * (outcome?.attempts ?? 1);
      if (call.group === null) alive *= pow(outcome?.goodShare ?? 1, count);
    });
    for (const { queue, whole, fraction } of service.publishes) {
      const consumer = infra.queues[queue]!.consumer;
      rates[consumer] = rates[consumer]! + entering * (whole + fraction);
    }
  }
  return known === null ? rates : rates.map((rps, s) => (rps + known[s]!.offeredRps) / 2);
}

function solveAll(infra: Infra, order: readonly number[], offered: readonly number[], known: readonly ServiceFlow[] | null, { backlogs, hitShares }: FlowMoment, loadRps: readonly number[]): ServiceFlow[] {
  const made: ServiceFlow[] = [];
  const threads = threadsByNode(infra, known);
  const ratio = nodeRatios(infra, known);
  for (let i = order.length - 1; i >= 0; i -= 1) {
    const index = order[i]!;
    const service = infra.services[index]!;
    const rps = offered[index]!;
    made[index] = solveService(infra, service, {
      rps,
      streamVariation: streamVariation(infra, index, rps, loadRps),
      backlog: backlogs[index] ?? 0,
      others: (node) => threads(node, index),
      nodeRatio: ratio,
      hitShares: service.calls.map(({ cache, whole, fraction }, c) => {
        if (cache === null) return 0;
        const lookUps = (rps * (whole + fraction)) / (cache.shared ? 1 : Math.max(1, service.replicas.length));
        return rounded(hitShares, `${index}/${c}/${lookUps.toPrecision(2)}`, () => hitShare({ popularity: cache.popularity, capacity: cache.capacity, ttlSeconds: cache.ttlUs / 1e6 }, lookUps));
      }),
      callees: service.calls.map((call) => made[call.service]!),
    });
  }
  return made;
}

function rounded(known: Map<string, number>, key: string, make: () => number): number {
  const value = known.get(key) ?? make();
  known.set(key, value);
  return value;
}

/** An even load has no variation of its own; everything that has been through a service has. */
function streamVariation(infra: Infra, service: number, rps: number, loadRps: readonly number[]): number {
  if (rps <= 0) return 1;
  const even = infra.loads.reduce((total, load, i) => (load.service === service && load.spec.arrivals === 'even' ? total + loadRps[i]! : total), 0);
  return Math.max(0, 1 - even / rps);
}

/** By node: how much longer than its CPU time a request would take in one queue for all cores, at the node's whole load. */
function nodeRatios(infra: Infra, known: readonly ServiceFlow[] | null): (node: number) => number {
  const made = new Map<number, number>();
  const work = (node: number) => {
    const { replicas, capacityMillicores, hogThreads, speed } = infra.nodes[node]!;
    let [rps, cpu, squares, lanes] = [0, 0, 0, 0];
    for (const index of replicas) {
      const { service, phase } = infra.replicas[index]!;
      const flow = known?.[service];
      if (phase !== 'ready' || flow === undefined) continue;
      const { demand, lanes: own, replicas: all } = infra.services[service]!;
      const ready = all.filter((r) => infra.replicas[r]!.phase === 'ready').length;
      const share = Math.min(flow.acceptedRps, flow.capacityRps) / ready;
      const seconds = demand.mean / 1e6 / speed;
      const variation = demand.law === 'constant' ? 0 : demand.cv * demand.cv;
      [rps, cpu, squares, lanes] = [rps + share, cpu + share * seconds, squares + share * seconds * seconds * (1 + variation), lanes + own];
    }
    const cores = capacityMillicores / 1_000;
    if (lanes + hogThreads <= cores || rps === 0 || cpu === 0) return 1;
    const mean = cpu / rps;
    const station = solveStation({ rps: Math.min(rps, (0.97 * cores) / mean), demandSeconds: mean, arrivalVariation: 1, demandVariation: Math.max(0, squares / rps / (mean * mean) - 1), lanes, queueLimit: 1_000, cores, others: [...new Array<number>(hogThreads).fill(0), 1] });
    return (station.waitSeconds + station.stretch * mean) / mean;
  };
  return (node) => {
    const value = made.get(node) ?? work(node);
    made.set(node, value);
    return value;
  };
}

const THREADS_MAX = 48;

/** Chances of 0, 1, 2 … runnable threads on a node besides one replica of a service: what hogs, jobs and other replicas keep busy. */
function threadsByNode(infra: Infra, known: readonly ServiceFlow[] | null): (node: number, except: number) => readonly number[] {
  const made = new Map<number, readonly number[]>();
  const count = (node: number, except: number) => {
    const { replicas, hogThreads } = infra.nodes[node]!;
    let chances = [...new Array<number>(Math.min(THREADS_MAX, hogThreads)).fill(0), 1];
    let skipped = false;
    for (const index of replicas) {
      const replica = infra.replicas[index]!;
      if (replica.phase !== 'ready') continue;
      if (replica.service === except && !skipped) skipped = true;
      else chances = plus(chances, infra.services[replica.service]!.job !== null ? [0, 1] : (known?.[replica.service]?.busy.get(node) ?? [1]));
    }
    return chances;
  };
  return (node, except) => {
    const key = node * infra.services.length + except;
    const value = made.get(key) ?? count(node, except);
    made.set(key, value);
    return value;
  };
}

function plus(a: readonly number[], b: readonly number[]): number[] {
  const both = new Array<number>(Math.min(THREADS_MAX, a.length + b.length - 1)).fill(0);
  a.forEach((p, i) => b.forEach((q, j) => (both[Math.min(both.length - 1, i + j)] = both[Math.min(both.length - 1, i + j)]! + p * q)));
  return both;
}

/** Services so that callers stand before what they call; the graph has no cycle. */
export function callersFirst({ services, queues }: Infra): number[] {
  const order: number[] = [];
  const seen = new Set<number>();
  const visit = (index: number) => {
    if (seen.has(index)) return;
    seen.add(index);
    const { calls, publishes } = services[index]!;
    for (const { service } of calls) visit(service);
    for (const { queue } of publishes) visit(queues[queue]!.consumer);
    order.unshift(index);
  };
  services.forEach((_, index) => visit(index));
  return order;
}
