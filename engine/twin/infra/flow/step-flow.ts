/** One second of flows: solve where something changed, let backlogs grow or shrink, book what was done. */
import { addWeighted, invariant, schedule, US_PER_SECOND, type TimeUs } from '@/engine/kernel';
import { EventKind } from '../../event-kind';
import type { World } from '../../world';
import type { Infra, ServiceWindow } from '../infra';
import { rateAt } from '../loads';
import { pointsOf, type Points } from './distribution';
import type { FlowState } from './flow-state';
import type { ServiceFlow } from './service-flow';
import { solveFlow, type FlowSolution } from './solve-flow';

const STEP_US = US_PER_SECOND;

export function stepFlow(world: World): void {
  const { flow, infra } = world;
  invariant(flow !== undefined, 'a world of single requests has no flow steps');
  schedule(world.queue, (world.nowUs + STEP_US) as TimeUs, EventKind.flowStep, 0);
  const seconds = world.nowUs / 1e6;
  const solution = solutionAt(infra, flow, seconds, world.nowUs);
  const measured = world.nowUs > world.warmUpUs;
  infra.services.forEach((service, index) => {
    const part = solution.services[index]!;
    const { served, lost } = turnBacklog(flow, index, part, service.queueLimit * Math.max(1, service.replicas.length));
    const into = measured ? [service.window, service.total] : [service.window];
    for (const each of into) bookService(each, part, { served, lost, times: flow.points[index]!.response });
    if (measured) service.total.cpuCoreUs += part.cpuCores * STEP_US;
    bookReplicas(infra, index, part);
  });
  const { client } = infra;
  infra.loads.forEach((load, i) => {
    const part = solution.services[load.service]!;
    for (const into of measured ? [client.window, client.total] : [client.window]) bookClient(into, part, { rps: solution.loadRps[i]!, times: flow.points[load.service]!.good });
  });
}

function solutionAt(infra: Infra, flow: FlowState, seconds: number, nowUs: number): FlowSolution {
  const basis = basisOf(infra, seconds);
  const waiting = flow.backlogs.some((backlog) => backlog > 0);
  if (flow.solution !== null && basis === flow.basis && !(waiting && nowUs - flow.solvedUs >= flow.everyUs)) return flow.solution;
  if (flow.solution !== null && nowUs - flow.solvedUs < flow.everyUs && shapeOf(basis) === shapeOf(flow.basis)) return flow.solution;
  const solution = solveFlow(infra, { seconds, backlogs: flow.backlogs, before: flow.solution, hitShares: flow.hitShares, laws: flow.laws });
  flow.solved += 1;
  flow.rounds += solution.rounds;
  Object.assign(flow, { solution, solvedUs: nowUs, basis, points: solution.services.map(({ response, good }) => ({ response: pointsOf(response), good: pointsOf(good) })) });
  return solution;
}

const MARK = '#';
const shapeOf = (basis: string) => basis.slice(0, basis.indexOf(MARK));

/** What a solution depends on: who is ready where, with what quota and trouble; then the loads, to two digits. */
function basisOf(infra: Infra, seconds: number): string {
  const places = infra.replicas.map(({ phase, node, service }) => (phase === 'ready' ? `${service}@${node}` : phase === 'lost' ? `${service}!` : '')).join();
  const troubles = infra.services.map(({ quotaMillicores, extraWaitUs, outages }) => `${quotaMillicores ?? ''}/${extraWaitUs}/${outages.map(({ mode, share }) => `${mode}${share}`).join('+')}`).join();
  const hosts = infra.nodes.map(({ hogThreads, speed }) => (hogThreads > 0 || speed !== 1 ? `${hogThreads}x${speed}` : '')).join();
  const rates = infra.loads.map((load) => (load.factor * rateAt(load.spec.profile, seconds)).toPrecision(2)).join();
  return `${places}|${troubles}|${hosts}${MARK}${rates}`;
}

/** What comes beyond the capacity waits, up to the queues' limits; the rest is refused. */
function turnBacklog(flow: FlowState, index: number, part: ServiceFlow, room: number): { served: number; lost: number } {
  const before = flow.backlogs[index]!;
  const most = part.capacityRps;
  if (part.acceptedRps <= most && before === 0) return { served: part.acceptedRps, lost: 0 };
  const demand = before + part.acceptedRps;
  const served = Math.min(demand, most);
  const left = Math.min(room, demand - served);
  flow.backlogs[index] = left < 0.5 ? 0 : left;
  return { served, lost: demand - served - left };
}

type Done = { readonly served: number; readonly lost: number; readonly times: Points };

function bookService(into: ServiceWindow, part: ServiceFlow, { served, lost, times }: Done): void {
  const reached = part.offeredRps === 0 ? 1 : part.acceptedRps / part.offeredRps;
  const good = reached === 0 ? 0 : (served * part.goodShare) / reached;
  const answered = reached === 0 ? 0 : (served * part.answeredShare) / reached;
  into.offered += part.offeredRps;
  into.served += good;
  into.failed += served - good + lost + (part.offeredRps - part.acceptedRps);
  book(into, times, answered);
}

function bookClient(into: ServiceWindow, part: ServiceFlow, { rps, times }: { readonly rps: number; readonly times: Points }): void {
  const { offeredRps, acceptedRps, capacityRps, goodShare } = part;
  const room = acceptedRps === 0 ? 1 : Math.min(1, capacityRps / acceptedRps);
  const good = offeredRps === 0 ? 0 : rps * goodShare * room;
  into.offered += rps;
  into.served += good;
  into.failed += rps - good;
  book(into, times, good);
}

function book({ latency }: ServiceWindow, { us, shares }: Points, count: number): void {
  for (let i = 0; i < us.length; i += 1) addWeighted(latency, us[i]!, shares[i]! * count);
}

/** CPU time and requests in flight of each replica, and what its node was used for. */
function bookReplicas(infra: Infra, index: number, part: ServiceFlow): void {
  const service = infra.services[index]!;
  const ready = service.replicas.filter((replica) => infra.replicas[replica]!.phase === 'ready');
  for (const r of ready) {
    const replica = infra.replicas[r]!;
    const usedUs = (part.cpuCores / ready.length) * STEP_US;
    replica.usedCoreUs += usedUs;
    infra.nodes[replica.node]!.usedCoreUs += usedUs;
  }
}
