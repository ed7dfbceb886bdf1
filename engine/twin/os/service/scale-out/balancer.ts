/**
 * A load balancer of one thread (HAProxy, nginx): sends a request to a replica that is up and has room; without one it
 * waits in one queue, from which a replica that has answered takes the next.
 */
import { transmit, type LoopThread } from '../loop-thread';
import { PieceKind, type Balancer, type ServiceProgram, type ServiceRun } from '../service-run';
import { reachServer } from '../server/web-server';
import { chooseReplica, FULL_WEIGHT, hasRoom } from './choose-replica';
import type { BalancerSpec } from './scale-out-scenario';

/** CPU of one direction of a request. Profiles of HAProxy 2.6 on the recording host: its group's CPU per request, halved. */
const FORWARD_US = 45;
/** nginx sends on as many as come. */
const NO_LIMIT = 1_000_000;
const MAXCONN_DEFAULT = 4;
const RULES = { roundrobin: 'in-turn', 'static-rr': 'in-turn', leastconn: 'least', first: 'first', random: 'random' } as const;

/** `clockUs`: where the balancer's clock stands when the host's is 0. The first replica has been up for long, the others are down. */
export function newBalancer({ kind, maxconn = MAXCONN_DEFAULT, balance = 'roundrobin', slowStartS = 0 }: BalancerSpec, thread: LoopThread, replicas: number, clockUs: number): Balancer {
  const haproxy = kind === 'haproxy';
  return {
    thread, clockUs, maxconn: haproxy ? maxconn : NO_LIMIT, rule: haproxy || balance === 'leastconn' ? RULES[balance] : 'in-turn', slowStartS: haproxy ? slowStartS : 0,
    replicas: Array.from({ length: replicas }, (_, i) => ({ up: i === 0, open: 0, weight: FULL_WEIGHT, credit: 0, changed: 0, sinceUs: -Infinity })), queue: [], serverOf: [], changes: 0,
  };
}

export const balancerProgram: ServiceProgram = {
  costUs: () => FORWARD_US,
  finish(run, thread, { kind, request }) {
    const balancer = run.balancer!;
    if (kind === PieceKind.forward) {
      const to = balancer.queue.length > 0 ? undefined : chooseReplica(balancer, run.host.nowUs, run.random);
      if (to === undefined) balancer.queue.push(request);
      else sendTo(run, balancer, to, request);
      return undefined;
    }
    const from = balancer.serverOf[request]!;
    balancer.replicas[from]!.open -= 1;
    balancer.replicas[from]!.changed = ++balancer.changes;
    transmit(run, run.client, { kind: PieceKind.receive, request }, cpuOf(run, thread));
    takeWaiting(run, balancer, from);
    return undefined;
  },
};

/** A replica takes from the queue what it has room for. */
export function takeWaiting(run: ServiceRun, balancer: Balancer, to: number): void {
  while (balancer.queue.length > 0 && hasRoom(balancer, balancer.replicas[to]!, run.host.nowUs)) sendTo(run, balancer, to, balancer.queue.shift()!);
}

function sendTo(run: ServiceRun, balancer: Balancer, to: number, request: number): void {
  const replica = balancer.replicas[to]!;
  replica.open += 1;
  replica.changed = ++balancer.changes;
  balancer.serverOf[request] = to;
  reachServer(run, run.servers[to]!, request, run.servers[to]!.threads[0]!.id, cpuOf(run, balancer.thread));
}

const cpuOf = (run: ServiceRun, thread: LoopThread) => run.host.tasks[thread.task]!.cpu;
