/**
 * A thread that serves what is ready, as an event loop does: in every turn it takes what was ready when the turn began
 * (poll phase), then at most one deferred job (check phase), and sleeps when there is neither. A thread that waits for
 * one message after the other is the same without jobs. Its CPU time is that of a task on the exact host model.
 */
import { addCpuTask, giveWork, type CpuHost } from '../cpu/exact';

/** Something to do for a request; what it costs and does is the program's. */
export type Piece = { readonly kind: number; readonly request: number };

export type LoopThread = {
  readonly id: number;
  readonly task: number;
  /** Index of its program. */
  readonly program: number;
  /** Which service, worker or process it belongs to, as its program counts them. */
  readonly owner: number;
  ready: Piece[];
  jobs: Piece[];
  /** Ready pieces left of this turn. */
  turn: number;
  mayRunJob: boolean;
  current: Piece | undefined;
  idleSinceUs: number;
  /** Pieces since the start: warms the code. */
  handled: number;
  /** Stopped (SIGSTOP, a lock): begins nothing new. */
  frozen: boolean;
};

export type ThreadTable = { readonly host: CpuHost; readonly threads: LoopThread[]; readonly threadOfTask: Map<number, number> };
export type Threads<Run> = ThreadTable & { readonly programs: readonly ThreadProgram<Run>[] };

export type ThreadProgram<Run> = {
  /** CPU time of a piece; called when the thread begins with it. `idleUs` is how long it slept just before. */
  costUs(run: Run, thread: LoopThread, piece: Piece, idleUs: number): number;
  /** The piece is done; what is returned follows in the same callback. */
  finish(run: Run, thread: LoopThread, piece: Piece): Piece | undefined;
};

const COST_US_MIN = 0.5;

export function addThread(run: ThreadTable, spec: { readonly name: string; readonly group: number; readonly program: number; readonly owner: number }): LoopThread {
  const task = addCpuTask(run.host, { name: spec.name, group: spec.group });
  const thread: LoopThread = { id: run.threads.length, task, program: spec.program, owner: spec.owner, ready: [], jobs: [], turn: 0, mayRunJob: true, current: undefined, idleSinceUs: run.host.nowUs, handled: 0, frozen: false };
  run.threads.push(thread);
  run.threadOfTask.set(task, thread.id);
  return thread;
}

/** Something becomes ready for a thread, by what runs on CPU `waker`. */
export function post<Run>(run: Run & Threads<Run>, thread: LoopThread, piece: Piece, waker?: number): void {
  thread.ready.push(piece);
  wake(run, thread, waker);
}

/** The same over a socket: the kernel takes it that the sender on CPU `waker` will sleep (a sync wake-up). */
export function transmit<Run>(run: Run & Threads<Run>, thread: LoopThread, piece: Piece, waker: number): void {
  thread.ready.push(piece);
  wake(run, thread, waker, true);
}

/** A job for the check phase of this turn or the next. */
export function defer<Run>(run: Run & Threads<Run>, thread: LoopThread, piece: Piece): void {
  thread.jobs.push(piece);
  wake(run, thread);
}

function wake<Run>(run: Run & Threads<Run>, thread: LoopThread, waker?: number, sync = false): void {
  if (thread.current !== undefined || thread.frozen || run.host.tasks[thread.task]!.state === 'ended') return;
  begin(run, thread, nextPiece(thread)!, run.host.nowUs - thread.idleSinceUs, waker, sync);
}

/** Call when the thread's task has done its work. */
export function pieceDone<Run>(run: Run & Threads<Run>, thread: LoopThread): void {
  const done = thread.current;
  if (done === undefined) return;
  thread.handled += 1;
  const follows = run.programs[thread.program]!.finish(run, thread, done);
  if (thread.frozen) {
    if (follows !== undefined) thread.ready.unshift(follows);
    thread.current = undefined;
    thread.idleSinceUs = run.host.nowUs;
    return;
  }
  const next = follows ?? nextPiece(thread);
  thread.current = undefined;
  if (next === undefined) thread.idleSinceUs = run.host.nowUs;
  else begin(run, thread, next, 0);
}

/** Goes on after a stop. */
export function thaw<Run>(run: Run & Threads<Run>, thread: LoopThread): void {
  thread.frozen = false;
  if (thread.ready.length > 0 || thread.jobs.length > 0) wake(run, thread);
}

function begin<Run>(run: Run & Threads<Run>, thread: LoopThread, piece: Piece, idleUs: number, waker?: number, sync = false): void {
  thread.current = piece;
  giveWork(run.host, thread.task, Math.max(COST_US_MIN, run.programs[thread.program]!.costUs(run, thread, piece, idleUs)), waker, sync);
}

function nextPiece(thread: LoopThread): Piece | undefined {
  for (let turns = 0; turns < 2; turns += 1) {
    if (thread.turn > 0) {
      thread.turn -= 1;
      return thread.ready.shift();
    }
    if (thread.mayRunJob && thread.jobs.length > 0) {
      thread.mayRunJob = false;
      return thread.jobs.shift();
    }
    thread.turn = thread.ready.length;
    thread.mayRunJob = true;
  }
  return thread.jobs.shift();
}
