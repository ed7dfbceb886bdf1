/**
 * An HTTP service with a known CPU work per request, in the disciplines of real runtimes. All of them accept at most
 * one new connection per turn of their event loop, so under overload those that hold a connection are served first.
 */
import { transmit, type LoopThread, type Piece } from '../loop-thread';
import { messageUs, pathCost, recoveryUs, RUNTIME, slowWorkUs } from '../runtime-costs';
import { PieceKind, type Server, type ServiceProgram, type ServiceRun } from '../service-run';

const READ_PART = 0.65;
export const ACCEPT_US = 25;

/** One thread; the work is done in the check phase (`loop`) or in the handler (`naive`). */
export const eventLoop: ServiceProgram = {
  costUs: costOfLoop,
  finish(run, thread, piece) {
    const { request } = piece;
    switch (piece.kind) {
      case PieceKind.accept:
        return accept(run, thread);
      case PieceKind.read:
        run.requests[request]!.readUs = run.host.nowUs;
        if (serverOf(run, thread).spec.mode === 'naive') return { kind: PieceKind.burn, request };
        thread.jobs.push({ kind: PieceKind.burn, request });
        return undefined;
      case PieceKind.burn:
        return burnt(run, thread, request);
      default:
        return answer(run, thread, request);
    }
  },
};

/** Over a connection that a thread holds, or a new one: that waits to be accepted, and the loop is told once. */
export function reachServer(run: ServiceRun, server: Server, request: number, holder: number | undefined, waker: number): void {
  const [listener] = server.threads;
  if (holder !== undefined) return transmit(run, run.threads[holder]!, { kind: PieceKind.read, request }, waker);
  server.backlog.push(request);
  if (server.backlog.length === 1) transmit(run, listener!, { kind: PieceKind.accept, request }, waker);
}

export function accept(run: ServiceRun, thread: LoopThread): undefined {
  const server = serverOf(run, thread);
  const request = server.backlog.shift();
  if (request !== undefined) thread.ready.push({ kind: PieceKind.read, request });
  if (server.backlog.length > 0) thread.ready.push({ kind: PieceKind.accept, request: server.backlog[0]! });
}

export function costOfLoop(run: ServiceRun, thread: LoopThread, { kind, request }: Piece, idleUs: number): number {
  switch (kind) {
    case PieceKind.accept:
      return ACCEPT_US;
    case PieceKind.read: {
      const { serverUs } = pathCost(request + run.servedBefore, idleUs);
      run.requests[request]!.respondUs = (1 - READ_PART) * serverUs;
      run.requests[request]!.slowUs = slowWorkUs(request, idleUs);
      run.served += 1;
      return READ_PART * serverUs + (run.served % RUNTIME.collectEvery === 0 ? RUNTIME.collectUs : 0);
    }
    case PieceKind.burn:
      return burnUs(run, thread, request);
    case PieceKind.noticed:
      run.requests[request]!.respondUs += messageUs(idleUs);
      return RUNTIME.noticeUs;
    default:
      return run.requests[request]!.respondUs;
  }
}

export function burnUs(run: ServiceRun, thread: LoopThread, id: number): number {
  const request = run.requests[id]!;
  request.burnUs = run.host.nowUs;
  return request.workUs * serverOf(run, thread).workScale + request.slowUs;
}

/** A loop that was throttled while it worked answers late, on cold caches. */
function burnt(run: ServiceRun, thread: LoopThread, id: number): Piece {
  const request = run.requests[id]!;
  request.burntUs = run.host.nowUs;
  if (serverOf(run, thread).limited) request.respondUs += recoveryUs(request.burntUs - request.burnUs - request.workUs * serverOf(run, thread).workScale - request.slowUs);
  return { kind: PieceKind.respond, request: id };
}

export function answer(run: ServiceRun, thread: LoopThread, request: number): undefined {
  const { cpu } = run.host.tasks[thread.task]!;
  run.holderOf[request] = thread.id;
  if (run.balancer === undefined) transmit(run, run.client, { kind: PieceKind.receive, request }, cpu);
  else transmit(run, run.balancer.thread, { kind: PieceKind.back, request }, cpu);
}

export const serverOf = (run: ServiceRun, thread: LoopThread): Server => run.servers[thread.owner]!;
