/**
 * The programs of the chain: a load generator that gives up, a frontend that calls with a timeout, a backend with a
 * pool of connections, and one database process per connection. Work that somebody gave up on is still done.
 */
import { callAt } from '../../cpu/exact';
import { post, type LoopThread, type ThreadProgram } from '../loop-thread';
import { pathCost, slowWorkUs } from '../runtime-costs';
import { ChainCall, ChainPiece, QueryStep, type ChainRequest, type ChainRun, type ChainService } from './chain-run';

type Program = ThreadProgram<ChainRun>;
/**
 * CPU beside the work, from the CPU per request of the record without faults (November 2026): an HTTP call of the frontend, a query of the
 * backend (driver and metrics), a statement of the database; an update waits for the disk; a scrape writes all metrics as text.
 */
const COST = { callUs: 160, queryUs: 95, statementUs: 55, updateUs: 110, syncUs: 1_800, scrapeUs: 4_500, bootUs: 105_000 } as const;

export const chainClient: Program = {
  costUs: (run, _thread, { kind }, idleUs) => (kind === ChainPiece.send ? 0.6 : 0.4) * pathCost(run.served, idleUs).clientUs,
  finish(run, thread, { kind, request: id }) {
    const request = run.requests[id]!;
    if (kind === ChainPiece.receive) return finishRequest(run, id, request.code);
    if (!run.frontend.up) return finishRequest(run, id, 0);
    request.frontendLife = run.frontend.life;
    callAt(run.host, run.host.nowUs + run.scenario.clientTimeoutMs * 1_000, ChainCall.clientTimeout, id);
    post(run, run.frontend.thread, { kind: ChainPiece.read, request: id }, cpuOf(run, thread));
    return undefined;
  },
};

export const chainFrontend: Program = {
  costUs: (run, _thread, { kind, request }, idleUs) => httpCost(run, kind, request, idleUs, 0),
  finish(run, thread, { kind, request: id }) {
    if (kind === ChainPiece.boot) return bootDone(run, run.frontend);
    if (run.requests[id] === undefined) return undefined;
    if (kind === ChainPiece.read) thread.jobs.push({ kind: ChainPiece.burn, request: id });
    if (kind === ChainPiece.burn) callBackend(run, id);
    if (kind === ChainPiece.answered) post(run, run.client, { kind: ChainPiece.receive, request: id }, cpuOf(run, thread));
    return undefined;
  },
};

export const chainBackend: Program = {
  costUs: (run, _thread, { kind, request }, idleUs) => httpCost(run, kind, request, idleUs, 1),
  finish(run, thread, { kind, request: id }) {
    if (kind === ChainPiece.boot) return bootDone(run, run.backend);
    if (run.requests[id] === undefined) return undefined;
    if (kind === ChainPiece.read) thread.jobs.push({ kind: ChainPiece.burn, request: id });
    if (kind === ChainPiece.burn) takeConnection(run, id);
    if (kind === ChainPiece.queried) nextStatement(run, id);
    return undefined;
  },
};

/** One process of the database. */
export const chainDatabase: Program = {
  costUs(run, _thread, { request: id }) {
    const request = run.requests[id]!;
    if (request.step === QueryStep.work) return COST.statementUs + request.worksUs[2]! * run.dbMult * DATABASE_SCALE;
    return request.step === QueryStep.put ? COST.updateUs : COST.statementUs;
  },
  finish(run, thread, { request: id }) {
    const { step, backendLife } = run.requests[id]!;
    if (backendLife !== run.backend.life) return undefined;
    const laterUs = step === QueryStep.put ? COST.syncUs : 0;
    if (laterUs > 0) callAt(run.host, run.host.nowUs + laterUs, ChainCall.latency, id);
    else post(run, run.backend.thread, { kind: ChainPiece.queried, request: id }, cpuOf(run, thread));
    return undefined;
  },
};

/** Rows are calibrated as the best of several tries; in the long run a nominal millisecond takes a little less without the client. */
const DATABASE_SCALE = 0.9;

function httpCost(run: ChainRun, kind: number, id: number, idleUs: number, station: 0 | 1): number {
  switch (kind) {
    case ChainPiece.boot:
      return COST.bootUs;
    case ChainPiece.scrape:
      return COST.scrapeUs;
    case ChainPiece.read:
      if (station === 0) run.served += 1;
      return pathCost(run.served, idleUs).serverUs;
    case ChainPiece.burn:
      return run.requests[id]!.worksUs[station]! * run.workScale * (station === 1 ? run.cpuMult : 1) + slowWorkUs(run.served, 0) + COST.callUs;
    default:
      return (station === 0 ? COST.callUs : COST.queryUs) + 0.4 * pathCost(run.served, idleUs).serverUs;
  }
}

function callBackend(run: ChainRun, id: number): void {
  const request = run.requests[id]!;
  if (run.callsOpen >= run.scenario.maxSockets) {
    run.calls.push(id);
    return;
  }
  request.called = true;
  run.callsOpen += 1;
  if (!run.backend.up) return answerUpstream(run, id, 502);
  request.backendLife = run.backend.life;
  callAt(run.host, run.host.nowUs + run.scenario.timeoutMs * 1_000, ChainCall.timeout, id);
  post(run, run.backend.thread, { kind: ChainPiece.read, request: id }, cpuOf(run, run.frontend.thread));
}

/** The frontend hears an outcome; the first one counts. */
export function answerUpstream(run: ChainRun, id: number, code: number): void {
  const request = run.requests[id]!;
  if (request.called) {
    request.called = false;
    run.callsOpen -= 1;
    const next = run.calls.shift();
    if (next !== undefined) callBackend(run, next);
  }
  if (request.upstreamDone || request.frontendLife !== run.frontend.life || !run.frontend.up) return;
  request.upstreamDone = true;
  if (!(request.endUs <= Infinity)) request.code = code;
  post(run, run.frontend.thread, { kind: ChainPiece.answered, request: id });
}

function takeConnection(run: ChainRun, id: number): void {
  const connection = run.idle.pop();
  if (connection === undefined) {
    run.requests[id]!.waitsForPool = true;
    run.waiting.push(id);
    callAt(run.host, run.host.nowUs + run.scenario.poolTimeoutMs * 1_000, ChainCall.poolTimeout, id);
  } else useConnection(run, id, connection);
}

function useConnection(run: ChainRun, id: number, connection: number): void {
  const request = run.requests[id]!;
  request.waitsForPool = false;
  request.connection = connection;
  request.step = QueryStep.look;
  run.busyWith[connection] = id;
  post(run, run.connections[connection]!, { kind: ChainPiece.query, request: id });
}

/** What follows a statement: look, a sleep when the database is slow, the work, now and then an update, the answer. */
function nextStatement(run: ChainRun, id: number): void {
  const request = run.requests[id]!;
  if (request.backendLife !== run.backend.life || request.connection < 0) return;
  const writes = run.scenario.writeFrac > 0 && id % Math.round(1 / run.scenario.writeFrac) === 0;
  request.step = request.step === QueryStep.look && run.dbSleepMs <= 0 ? QueryStep.work : request.step + 1;
  if (request.step === QueryStep.sleep) return callAt(run.host, run.host.nowUs + run.dbSleepMs * 1_000, ChainCall.latency, id);
  if (request.step === QueryStep.work || (request.step === QueryStep.put && writes)) return post(run, run.connections[request.connection]!, { kind: ChainPiece.query, request: id });
  releaseConnection(run, request);
  answerUpstream(run, id, 200);
}

export function releaseConnection(run: ChainRun, request: ChainRequest): void {
  const { connection } = request;
  if (connection < 0) return;
  request.connection = -1;
  run.busyWith[connection] = -1;
  const next = run.waiting.shift();
  if (next === undefined) run.idle.push(connection);
  else useConnection(run, next, connection);
}

function bootDone(run: ChainRun, service: ChainService): undefined {
  service.up = true;
  run.events.push({ tS: Math.round((run.host.nowUs - run.startUs) / 1_000) / 1_000, ev: 'ready', service: service.name });
}

/** The client's end of a request; the first outcome counts. */
export function finishRequest(run: ChainRun, id: number, code: number): undefined {
  const request = run.requests[id]!;
  if (request.endUs <= Infinity) return;
  request.endUs = run.host.nowUs;
  request.code = code;
  run.open -= 1;
}

const cpuOf = (run: ChainRun, thread: LoopThread) => run.host.tasks[thread.task]!.cpu;
