/**
 * The steady state of a whole graph at one moment: loads go down from the entries, answers come up from the leaves, and both depend on
 * each other (retries, closed loads, shared cores), so it is a fixed point, found by damped repetition from the last one known.
 */
import { pow } from '@/engine/kernel';
import type { Infra } from '../infra';
import { rateAt } from '../loads';
import { hitShare } from '../traffic/cache/che';
import { meanOfTimes } from './distribution';
import { nodeRatios, threadsByNode } from './node-load';
import type { Laws } from './laws';
import { solveService, type ServiceFlow } from './service-flow';

export type FlowSolution = {
  readonly services: readonly ServiceFlow[];
  /** Requests a second of each load. */
  readonly loadRps: readonly number[];
  readonly rounds: number;
};

export type FlowMoment = { readonly seconds: number; readonly backlogs: readonly number[]; readonly before: FlowSolution | null; /** Hit shares already worked out, by call and rounded rate. */ readonly hitShares: Map<string, number>; /** Laws of durations already put on a grid. */ readonly laws: Laws };

const ROUNDS_MAX = 40;
const CLOSE_ENOUGH = 2e-3;
/** Rounds without damping. */
const FREE_ROUNDS = 5;

export function solveFlow(infra: Infra, moment: FlowMoment): FlowSolution {
  const order = callersFirst(infra);
  let services = moment.before?.services ?? null;
  let loadRps = infra.loads.map((load, i) => (load.users === null ? load.factor * rateAt(load.spec.profile, moment.seconds) : (moment.before?.loadRps[i] ?? (load.factor * load.users.count * 1e6) / (load.users.think.mean + 1e5))));
  for (let round = 1; ; round += 1) {
    const offered = offeredRates(infra, order, { known: services, loadRps, damped: round > FREE_ROUNDS });
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

type Rates = { readonly known: readonly ServiceFlow[] | null; readonly loadRps: readonly number[]; readonly damped: boolean };

/** What reaches each service; half way from the last round once it has not settled by itself, because retries feed on themselves. */
function offeredRates(infra: Infra, order: readonly number[], { known, loadRps, damped }: Rates): number[] {
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
  return known === null || !damped ? rates : rates.map((rps, s) => (rps + known[s]!.offeredRps) / 2);
}

function solveAll(infra: Infra, order: readonly number[], offered: readonly number[], known: readonly ServiceFlow[] | null, { backlogs, hitShares, laws }: FlowMoment, loadRps: readonly number[]): ServiceFlow[] {
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
      laws,
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
