/**
 * The backend's pool of database connections, as node-postgres keeps it: the connection that came back last goes out
 * first, new ones are opened up to the limit, further calls wait in a queue with a timeout.
 */
import { callAt, endCpuTask } from '../../../cpu/exact';
import { addThread, transmit, type ThreadTable } from '../../loop-thread';
import { answerCall } from './backend-calls';
import { ChainCall, ChainPiece, cpuOf, NO_CONNECTION, QueryStep, type ChainRun, type ConnectionPool } from '../chain-run';

export const DATABASE_PROGRAM = 3;

export function newPool(table: ThreadTable, group: number, size: number, open: boolean): ConnectionPool {
  const threads = Array.from({ length: size }, (_, i) => addThread(table, { name: `connection${i}`, group, program: DATABASE_PROGRAM, owner: i }));
  const all = threads.map((_, i) => i);
  return { threads, idle: open ? all : [], closed: open ? [] : all, waiting: [], busyWith: all.map(() => NO_CONNECTION) };
}

export function takeConnection(run: ChainRun, id: number): void {
  const call = run.calls[id]!;
  const { pool } = run;
  const open = pool.idle.pop();
  if (open !== undefined) return begin(run, id, open, QueryStep.look);
  const closed = pool.closed.pop();
  if (closed !== undefined) return begin(run, id, closed, QueryStep.connect);
  call.waitsForPool = true;
  pool.waiting.push(id);
  callAt(run.host, run.host.nowUs + run.scenario.poolTimeoutMs * 1_000, ChainCall.poolTimeout, id);
}

export function giveUpWaiting(run: ChainRun, id: number): void {
  const call = run.calls[id];
  if (call?.waitsForPool !== true) return;
  call.waitsForPool = false;
  run.pool.waiting.splice(run.pool.waiting.indexOf(id), 1);
  answerCall(run, id, 503);
}

/** The call is through with its connection, which stays open or is closed; the next call in the queue gets one. */
export function releaseConnection(run: ChainRun, id: number, open: boolean): void {
  const call = run.calls[id]!;
  const { connection } = call;
  const { pool } = run;
  if (connection === NO_CONNECTION) return;
  call.connection = NO_CONNECTION;
  pool.busyWith[connection] = NO_CONNECTION;
  (open ? pool.idle : pool.closed).push(connection);
  const next = pool.waiting.shift();
  if (next !== undefined) takeConnection(run, next);
}

/** What the call wants next of its connection; a locked table keeps it waiting. */
export function askDatabase(run: ChainRun, id: number): void {
  const call = run.calls[id]!;
  if (run.locked && (call.step === QueryStep.look || call.step === QueryStep.put)) run.blocked.push(id);
  else transmit(run, run.pool.threads[call.connection]!, { kind: ChainPiece.query, request: id }, cpuOf(run, run.backend.thread));
}

export function unlockTable(run: ChainRun): void {
  run.locked = false;
  for (const id of run.blocked.splice(0)) if (run.calls[id]!.connection !== NO_CONNECTION) askDatabase(run, id);
}

/** All connections are lost and calls wait no more; gives the calls that had one or waited. */
export function loseConnections(run: ChainRun, endProcesses: boolean): number[] {
  const { pool } = run;
  const lost = [...pool.busyWith.filter((id) => id !== NO_CONNECTION), ...pool.waiting];
  for (const id of lost) {
    run.calls[id]!.connection = NO_CONNECTION;
    run.calls[id]!.waitsForPool = false;
  }
  pool.waiting.length = 0;
  pool.idle.length = 0;
  pool.closed.length = 0;
  pool.threads.forEach(({ task, owner }, i) => {
    if (endProcesses) endCpuTask(run.host, task);
    pool.threads[i] = addThread(run, { name: `connection${i}`, group: run.dbGroup, program: DATABASE_PROGRAM, owner });
    pool.busyWith[i] = NO_CONNECTION;
    pool.closed.push(i);
  });
  return lost;
}

function begin(run: ChainRun, id: number, connection: number, step: number): void {
  const call = run.calls[id]!;
  call.waitsForPool = false;
  call.connection = connection;
  call.step = step;
  run.pool.busyWith[connection] = id;
  askDatabase(run, id);
}
