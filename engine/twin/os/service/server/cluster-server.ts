/** Worker processes that a first process hands connections to, as Node's cluster does. */
import { transmit } from '../loop-thread';
import { pathCost, RUNTIME } from '../runtime-costs';
import { PieceKind, type ServiceProgram } from '../service-run';
import { ACCEPT_US, costOfLoop, eventLoop, serverOf } from './web-server';

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
