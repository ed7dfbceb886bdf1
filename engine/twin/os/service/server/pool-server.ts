/** A pool of worker threads behind one event loop, as Node's worker_threads are used. */
import { post, thaw, type LoopThread } from '../loop-thread';
import { messageUs, RUNTIME } from '../runtime-costs';
import { PieceKind, type ServiceProgram, type ServiceRun } from '../service-run';
import { accept, answer, burnUs, costOfLoop, serverOf } from './web-server';

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
      case PieceKind.noticed:
        if (server.sending.has(run.workerOf[request]!)) {
          server.lockedBy = run.workerOf[request];
          thread.frozen = true;
        }
        return { kind: PieceKind.finished, request };
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

/**
 * A worker thread: takes a message, works, answers the main thread. Node wakes the receiver of a message while it holds
 * the lock of the port. A main thread that takes the CPU at once then waits for that lock, and with it for the next turn
 * of the worker, which comes late where many threads share a CPU.
 */
export const poolWorker: ServiceProgram = {
  costUs(run, thread, { kind, request }, idleUs) {
    if (kind === PieceKind.dispatch) return messageUs(idleUs);
    return kind === PieceKind.sent ? RUNTIME.unlockUs : burnUs(run, thread, request);
  },
  finish(run, thread, { kind, request }) {
    const server = serverOf(run, thread);
    const main = server.threads[0]!;
    if (kind === PieceKind.dispatch) return { kind: PieceKind.burn, request };
    if (kind === PieceKind.sent) {
      server.sending.delete(thread.id);
      if (server.lockedBy !== thread.id) return undefined;
      server.lockedBy = undefined;
      thaw(run, main);
      return undefined;
    }
    run.requests[request]!.burntUs = run.host.nowUs;
    server.sending.add(thread.id);
    post(run, main, { kind: PieceKind.noticed, request }, run.host.tasks[thread.task]!.cpu);
    return { kind: PieceKind.sent, request };
  },
};
