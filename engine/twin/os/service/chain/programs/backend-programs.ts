/**
 * The backend, which works and then asks the database over a connection of its pool, and the database's processes: one
 * per connection, one that watches, one that recovers after a crash.
 */
import { callAt } from '../../../cpu/exact';
import { addThread, post, transmit, type ThreadProgram } from '../../loop-thread';
import { answerCall } from './backend-calls';
import { CHAIN, CHAIN_COST, pieceUs } from './chain-costs';
import { ChainCall, ChainPiece, cpuOf, NO_CONNECTION, QueryStep, type ChainRun } from '../chain-run';
import { askDatabase, DATABASE_PROGRAM, loseConnections, releaseConnection, takeConnection } from './connection-pool';
import { bootDone } from './frontend-programs';

type Program = ThreadProgram<ChainRun>;

export const chainBackend: Program = {
  costUs(run, _thread, { kind, request: id }, idleUs) {
    const { backend, pool } = run;
    const call = run.calls[id];
    if (call === undefined) return kind === ChainPiece.boot ? CHAIN.bootUs + 1_000 * run.scenario.warmUpMs * run.workScale : CHAIN.scrapeUs[1];
    const queryUs = pieceUs(CHAIN_COST.query, backend.handled, idleUs);
    switch (kind) {
      case ChainPiece.poll:
        return CHAIN.pollUs;
      case ChainPiece.read:
        backend.handled += 1;
        return pieceUs(CHAIN_COST.take, backend.handled, idleUs);
      case ChainPiece.burn:
        return run.requests[call.request]!.worksUs[1]! * run.cpuMult * run.workScale + queryUs + (pool.idle.length === 0 && pool.closed.length > 0 ? CHAIN.dialUs : 0);
      default:
        return queryUs + (isLast(run, id) ? pieceUs(CHAIN_COST.reply, backend.handled, 0) : 0);
    }
  },
  finish(run, thread, { kind, request: id }) {
    if (kind === ChainPiece.boot) return bootDone(run, run.backend);
    if (run.calls[id] === undefined) return undefined;
    if (kind === ChainPiece.read) thread.jobs.push({ kind: ChainPiece.burn, request: id });
    if (kind === ChainPiece.burn) {
      run.calls[id]!.writes = run.scenario.writeFrac > 0 && run.backend.handled % Math.round(1 / run.scenario.writeFrac) === 0;
      takeConnection(run, id);
      return { kind: ChainPiece.poll, request: id };
    }
    if (kind === ChainPiece.queried) nextStatement(run, id);
    return undefined;
  },
};

/** One process of the database. */
export const chainDatabase: Program = {
  costUs(run, _thread, { kind, request: id }, idleUs) {
    if (kind === ChainPiece.recover) return CHAIN.recoverUs;
    const call = run.calls[id];
    if (call === undefined) return CHAIN.watchStatementUs;
    const statementUs = pieceUs(CHAIN_COST.statement, 0, idleUs);
    switch (call.step) {
      case QueryStep.connect:
        return run.databaseUp ? CHAIN.connectUs : CHAIN.refuseUs;
      case QueryStep.work:
        return statementUs + run.requests[call.request]!.worksUs[2]! * run.dbMult * run.workScale * CHAIN.rowsScale;
      case QueryStep.put:
        return statementUs + CHAIN_COST.update.warmUs;
      default:
        return statementUs;
    }
  },
  finish(run, thread, { kind, request: id }) {
    if (kind === ChainPiece.recover) callAt(run.host, run.host.nowUs + CHAIN.recoverWaitUs, ChainCall.recovery, run.databaseLife);
    const call = run.calls[id];
    if (kind !== ChainPiece.query || call === undefined || call.backendLife !== run.backend.life || call.connection === NO_CONNECTION) return undefined;
    if (call.step === QueryStep.connect && !run.databaseUp) return failCall(run, id);
    if (call.step === QueryStep.sleep) callAt(run.host, run.host.nowUs + run.dbSleepMs * 1_000, ChainCall.latency, id);
    else if (call.step === QueryStep.put) callAt(run.host, run.host.nowUs + CHAIN.syncUs, ChainCall.latency, id);
    else transmit(run, run.backend.thread, { kind: ChainPiece.queried, request: id }, cpuOf(run, thread));
    return undefined;
  },
};

/** A sleep or a write is over. */
export function queryWaited(run: ChainRun, id: number): void {
  const call = run.calls[id]!;
  if (call.connection !== NO_CONNECTION && call.backendLife === run.backend.life) post(run, run.backend.thread, { kind: ChainPiece.queried, request: id });
}

/** What follows a statement: look, a sleep when the database is slow, the work, now and then an update, the answer. */
function nextStatement(run: ChainRun, id: number): void {
  const call = run.calls[id]!;
  if (call.backendLife !== run.backend.life || call.connection === NO_CONNECTION) return;
  if (isLast(run, id)) {
    releaseConnection(run, id, true);
    answerCall(run, id, 200);
    return;
  }
  call.step = call.step === QueryStep.look && run.dbSleepMs <= 0 ? QueryStep.work : call.step + 1;
  askDatabase(run, id);
}

const isLast = (run: ChainRun, id: number) => run.calls[id]!.step === (run.calls[id]!.writes ? QueryStep.put : QueryStep.work);

function failCall(run: ChainRun, id: number): undefined {
  releaseConnection(run, id, false);
  answerCall(run, id, 503);
}

/**
 * One process of the database is killed: the postmaster ends all the others, for shared memory may be damaged, reads
 * the log since the last checkpoint, and refuses connections meanwhile (PostgreSQL 15, "Crash recovery").
 */
export function crashDatabase(run: ChainRun): void {
  run.databaseUp = false;
  run.databaseLife += 1;
  run.blocked.length = 0;
  const recovery = addThread(run, { name: `startup${run.databaseLife}`, group: run.dbGroup, program: DATABASE_PROGRAM, owner: 0 });
  post(run, recovery, { kind: ChainPiece.recover, request: -1 });
  for (const id of loseConnections(run, true)) answerCall(run, id, 503);
}
