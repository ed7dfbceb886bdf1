/** One service as a flow: its replicas as stations on their nodes, then what it calls; from that, its answers and when they come. */
import type { Infra, Service } from '../infra';
import { afterCalls } from './after-calls';
import { callOutcome, type CallOutcome, type Outcome } from './call-outcome';
import { constant, mixture, sum, within, type Distribution } from './distribution';
import { lawOf, type Laws } from './laws';
import { offNode, onNodes } from './own-time';

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
  readonly laws: Laws;
  readonly hitShares: readonly number[];
  readonly callees: readonly Outcome[];
};

export function solveService(infra: Infra, service: Service, load: ServiceLoad): ServiceFlow {
  const listed = service.replicas.map((index) => infra.replicas[index]!).filter(({ phase }) => phase === 'ready' || phase === 'lost');
  const ready = listed.filter(({ phase }) => phase === 'ready');
  const isOffNode = service.function !== null || service.external !== null;
  const processes = isOffNode ? 1 : Math.max(1, ready.length);
  const calls = service.calls.map((call, i) => callOutcome(call, load.callees[i]!, { rpsPerProcess: ((call.whole + call.fraction) * load.rps) / processes, hitShare: load.hitShares[i]! }));
  const called = afterCalls(service, calls);
  const own = isOffNode ? offNode(service, load) : onNodes(infra, service, ready.map(({ node }) => node), load, called);
  const hung = service.outages.reduce((share, outage) => (outage.mode === 'hang' ? share + outage.share : share), listed.length === 0 ? 0 : (listed.length - ready.length) / listed.length);
  const refusing = service.outages.reduce((share, outage) => (outage.mode === 'refuse' ? share + outage.share : share), 0);
  const reached = Math.max(0, 1 - Math.min(1, hung) - Math.min(1, refusing)) * (isOffNode || ready.length > 0 ? 1 : 0);
  const accepted = reached * (1 - own.refused);
  const work = sum(sum(own.time, lawOf(load.laws, service.wait)), constant(service.extraWaitUs));
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
