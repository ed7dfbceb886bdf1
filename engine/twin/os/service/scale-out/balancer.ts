/**
 * A load balancer of one thread (HAProxy, nginx): forwards a request to a replica that is up and has room, in turn or to
 * the least busy one; without room the request waits in one queue and goes to whoever answers first.
 */
import { transmit, type LoopThread } from '../loop-thread';
import { PieceKind, type Balancer, type ServiceProgram, type ServiceRun } from '../service-run';
import { reachServer } from '../web-server';

/** CPU of one direction of a request. Profiles of HAProxy 2.6 on the recording host: its group's CPU per request, halved. */
const FORWARD_US = 45;

export const balancerProgram: ServiceProgram = {
  costUs: () => FORWARD_US,
  finish(run, thread, { kind, request }) {
    const balancer = run.balancer!;
    if (kind === PieceKind.forward) {
      balancer.queue.push(request);
    } else {
      balancer.open[balancer.serverOf[request]!]! -= 1;
      transmit(run, run.client, { kind: PieceKind.receive, request }, cpuOf(run, thread));
    }
    drainQueue(run, balancer);
    return undefined;
  },
};

/** Sends on what waits while there is room; also called when a replica comes up. */
export function drainQueue(run: ServiceRun, balancer: Balancer): void {
  while (balancer.queue.length > 0) {
    const to = choose(balancer);
    if (to === undefined) return;
    const request = balancer.queue.shift()!;
    balancer.open[to]! += 1;
    balancer.next = (to + 1) % balancer.open.length;
    balancer.serverOf[request] = to;
    reachServer(run, run.servers[to]!, request, run.servers[to]!.threads[0]!.id, cpuOf(run, balancer.thread));
  }
}

function choose({ open, up, maxconn, rule, next }: Balancer): number | undefined {
  const order = open.map((_, i) => (next + i) % open.length).filter((i) => up[i] && open[i]! < maxconn);
  const [first] = rule === 'least' ? order.sort((a, b) => open[a]! - open[b]! || a - b) : order;
  return first;
}

const cpuOf = (run: ServiceRun, thread: LoopThread) => run.host.tasks[thread.task]!.cpu;
