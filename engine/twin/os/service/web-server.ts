/**
 * An HTTP service with a known CPU work per request, in the disciplines of real runtimes. All of them accept at most
 * one new connection per turn of their event loop, so under overload those that hold a connection are served first.
 */
import { post, transmit, type LoopThread, type Piece } from './loop-thread';
import { messageUs, pathCost, recoveryUs, RUNTIME, slowWorkUs } from './runtime-costs';
import { PieceKind, type Server, type ServiceProgram, type ServiceRun } from './service-run';

const READ_PART = 0.65;
const ACCEPT_US = 25;

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

/** The main thread of a pool: reads, hands out work, answers. */
export const poolMain: ServiceProgram = {
  costUs: costOfLoop,
  finish(run, thread, { kind, request }) {
    const server = serverOf(run, thread);
    switch (kind) {
      case PieceKind.accept:
        return accept(run, thread);
      case PieceKind.read: {
        run.requests[request]!.readUs = run.host.nowUs;
        const worker = server.idle.pop();
        if (worker === undefined) server.queue.push(request);
        else handTo(run, thread, worker, request);
        return undefined;
      }
      case PieceKind.finished: {
        answer(run, thread, request);
        const worker = run.workerOf[request]!;
        const next = server.queue.shift();
        if (next === undefined) server.idle.push(worker);
        else handTo(run, thread, worker, next);
        return undefined;
      }
      default:
        return undefined;
    }
  },
};

function handTo(run: ServiceRun, from: LoopThread, worker: number, request: number): void {
  run.workerOf[request] = worker;
  post(run, run.threads[worker]!, { kind: PieceKind.dispatch, request }, run.host.tasks[from.task]!.cpu);
}

/** A worker thread: takes a message, works, answers the main thread. */
export const poolWorker: ServiceProgram = {
  costUs(run, thread, { kind, request }, idleUs) {
    if (kind === PieceKind.dispatch) return messageUs(idleUs);
    return burnUs(run, thread, request);
  },
  finish(run, thread, { kind, request }) {
    if (kind === PieceKind.dispatch) return { kind: PieceKind.burn, request };
    run.requests[request]!.burntUs = run.host.nowUs;
    post(run, serverOf(run, thread).threads[0]!, { kind: PieceKind.finished, request }, run.host.tasks[thread.task]!.cpu);
    return undefined;
  },
};

/** The first process of a cluster accepts and hands every connection to a worker that has taken the one before. */
export const clusterFirst: ServiceProgram = {
  costUs(run, _thread, { kind, request }, idleUs) {
    return kind === PieceKind.accept ? RUNTIME.clusterFirst * pathCost(request < 0 ? run.served : request, idleUs).serverUs : ACCEPT_US;
  },
  finish(run, thread, { kind, request: worker }) {
    const server = serverOf(run, thread);
    if (kind === PieceKind.accept) {
      const request = server.backlog.shift();
      if (request !== undefined) server.queue.push(request);
      if (server.backlog.length > 0) thread.ready.push({ kind: PieceKind.accept, request: server.backlog[0]! });
    } else server.idle.push(worker);
    while (server.queue.length > 0 && server.idle.length > 0) {
      const to = run.threads[server.idle.shift()!]!;
      transmit(run, to, { kind: PieceKind.handOff, request: server.queue.shift()! }, run.host.tasks[thread.task]!.cpu);
    }
    return undefined;
  },
};

/** A worker process: takes the connection, says so, reads in its next turn. */
export const clusterWorker: ServiceProgram = {
  costUs(run, thread, piece, idleUs) {
    return piece.kind === PieceKind.handOff ? RUNTIME.clusterWorker * pathCost(piece.request, idleUs).serverUs : costOfLoop(run, thread, piece, 0);
  },
  finish(run, thread, piece) {
    if (piece.kind !== PieceKind.handOff) return eventLoop.finish(run, thread, piece);
    const first = serverOf(run, thread).threads[0]!;
    transmit(run, first, { kind: PieceKind.taken, request: thread.id }, run.host.tasks[thread.task]!.cpu);
    thread.ready.push({ kind: PieceKind.read, request: piece.request });
    return undefined;
  },
};

/** Over a connection that a thread holds, or a new one: that waits to be accepted, and the loop is told once. */
export function reachServer(run: ServiceRun, server: Server, request: number, holder: number | undefined, waker: number): void {
  const [listener] = server.threads;
  if (holder !== undefined) return transmit(run, run.threads[holder]!, { kind: PieceKind.read, request }, waker);
  server.backlog.push(request);
  if (server.backlog.length === 1) transmit(run, listener!, { kind: PieceKind.accept, request }, waker);
}

function accept(run: ServiceRun, thread: LoopThread): undefined {
  const server = serverOf(run, thread);
  const request = server.backlog.shift();
  if (request !== undefined) thread.ready.push({ kind: PieceKind.read, request });
  if (server.backlog.length > 0) thread.ready.push({ kind: PieceKind.accept, request: server.backlog[0]! });
}

function costOfLoop(run: ServiceRun, thread: LoopThread, { kind, request }: Piece, idleUs: number): number {
  switch (kind) {
    case PieceKind.accept:
      return ACCEPT_US;
    case PieceKind.read: {
      const { serverUs } = pathCost(request, idleUs);
      run.requests[request]!.respondUs = (1 - READ_PART) * serverUs;
      run.requests[request]!.slowUs = slowWorkUs(request, idleUs);
      run.served += 1;
      return READ_PART * serverUs + (run.served % RUNTIME.collectEvery === 0 ? RUNTIME.collectUs : 0);
    }
    case PieceKind.burn:
      return burnUs(run, thread, request);
    case PieceKind.finished:
      return messageUs(idleUs) + run.requests[request]!.respondUs;
    default:
      return run.requests[request]!.respondUs;
  }
}

function burnUs(run: ServiceRun, thread: LoopThread, id: number): number {
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

function answer(run: ServiceRun, thread: LoopThread, request: number): undefined {
  const { cpu } = run.host.tasks[thread.task]!;
  run.holderOf[request] = thread.id;
  if (run.balancer === undefined) transmit(run, run.client, { kind: PieceKind.receive, request }, cpu);
  else transmit(run, run.balancer.thread, { kind: PieceKind.back, request }, cpu);
}

const serverOf = (run: ServiceRun, thread: LoopThread): Server => run.servers[thread.owner]!;
