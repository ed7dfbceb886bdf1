/**
 * The load generator: sends every request at its time whatever the server does, over a connection that is free or a
 * new one, and takes the answers. Its latency counts from the intended time. Spinning, it looks at the clock instead
 * of sleeping in the last moments before a request and so takes CPU from its neighbours.
 */
import { nextUnit } from '@/engine/kernel';
import { callAt } from '../cpu/exact';
import { defer, post, transmit, type LoopThread, type Piece } from './loop-thread';
import { pathCost, RUNTIME } from './runtime-costs';
import { PieceKind, ServiceCall, type ServiceProgram, type ServiceRun } from './service-run';
import { reachServer } from './server/web-server';

const SEND_PART = 0.6;

export const loadGenerator: ServiceProgram = {
  costUs(run, _thread, { kind, request }, idleUs) {
    if (kind === PieceKind.spin) return RUNTIME.spinStepUs;
    const { clientUs } = pathCost(request, kind === PieceKind.send ? idleUs : 0);
    if (kind === PieceKind.receive) return (1 - SEND_PART) * pathCost(request, 0).clientUs;
    const connecting = run.keepAlive ? 1 : RUNTIME.connectPart;
    return clientUs * connecting - (1 - SEND_PART) * pathCost(request, 0).clientUs + (request === 0 ? RUNTIME.firstUs : 0);
  },
  finish(run, thread, { kind, request }) {
    if (kind === PieceKind.spin) spinOn(run, thread, request);
    else if (kind === PieceKind.send) send(run, thread, request);
    else receive(run, request);
    return undefined;
  },
};

/** Plans the moment at which the load generator turns to a request. */
export function planRequest(run: ServiceRun, id: number): void {
  const { dueUs } = run.requests[id]!;
  if (run.clientSpins) {
    callAt(run.host, Math.max(run.startUs, dueUs - RUNTIME.spinUs), ServiceCall.spinStart, id);
    return;
  }
  const [least, most] = RUNTIME.timerLateUs;
  const lateUs = run.clientSleeps ? least + (most - least) * nextUnit(run.random) : 0;
  callAt(run.host, dueUs + lateUs, ServiceCall.due, id);
}

export function requestDue(run: ServiceRun, id: number): void {
  post(run, run.client, { kind: PieceKind.send, request: id });
}

export function beginSpin(run: ServiceRun, id: number): void {
  defer(run, run.client, { kind: PieceKind.spin, request: id });
}

function spinOn(run: ServiceRun, thread: LoopThread, request: number): void {
  const due = run.host.nowUs >= run.requests[request]!.dueUs;
  const next: Piece = { kind: due ? PieceKind.send : PieceKind.spin, request };
  (due ? thread.ready : thread.jobs).push(next);
}

function send(run: ServiceRun, thread: LoopThread, id: number): void {
  const request = run.requests[id]!;
  request.sentUs = run.host.nowUs;
  const holder = run.freeConnections.pop();
  const { cpu } = run.host.tasks[thread.task]!;
  if (run.balancer === undefined) reachServer(run, run.servers[0]!, id, holder, cpu);
  else transmit(run, run.balancer.thread, { kind: PieceKind.forward, request: id }, cpu);
}

function receive(run: ServiceRun, id: number): void {
  run.requests[id]!.endUs = run.host.nowUs;
  run.open -= 1;
  if (run.keepAlive) run.freeConnections.push(run.holderOf[id]!);
  if (run.host.nowUs < run.closedUntilUs) sendAgain(run);
}

/** A closed loop: every answer is followed by a request. */
export function sendAgain(run: ServiceRun): void {
  const id = run.requests.length;
  run.requests.push(openRequest(run.host.nowUs, run.worksUs[id % run.worksUs.length]!));
  run.open += 1;
  requestDue(run, id);
}

export const openRequest = (dueUs: number, workUs: number) => ({ dueUs, workUs, sentUs: NaN, respondUs: 0, slowUs: 0, readUs: NaN, burnUs: NaN, burntUs: NaN, endUs: NaN });
