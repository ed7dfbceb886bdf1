/** The client, which gives up after its timeout, and the frontend, which works and then calls the backend. */
import { callAt } from '../../../cpu/exact';
import { transmit, type ThreadProgram } from '../../loop-thread';
import { callBackend } from './backend-calls';
import { CHAIN, CHAIN_COST, pieceUs } from './chain-costs';
import { ChainCall, ChainPiece, cpuOf, type ChainRun, type ChainService } from '../chain-run';

type Program = ThreadProgram<ChainRun>;

export const chainClient: Program = {
  costUs(run, _thread, { kind }, idleUs) {
    if (kind === ChainPiece.scrape) return CHAIN.scrapeUs[2];
    if (kind === ChainPiece.send) run.clientHandled += 1;
    return pieceUs(kind === ChainPiece.send ? CHAIN_COST.send : CHAIN_COST.receive, run.clientHandled, idleUs);
  },
  finish(run, thread, { kind, request: id }) {
    const request = run.requests[id];
    if (request === undefined) return undefined;
    if (kind === ChainPiece.receive) return finishRequest(run, id, request.code);
    if (!run.frontend.up) return finishRequest(run, id, 0);
    request.frontendLife = run.frontend.life;
    callAt(run.host, run.host.nowUs + run.scenario.clientTimeoutMs * 1_000, ChainCall.clientTimeout, id);
    transmit(run, run.frontend.thread, { kind: ChainPiece.read, request: id }, cpuOf(run, thread));
    return undefined;
  },
};

export const chainFrontend: Program = {
  costUs(run, _thread, { kind, request: id }, idleUs) {
    const { frontend } = run;
    switch (kind) {
      case ChainPiece.read:
        frontend.handled += 1;
        return pieceUs(CHAIN_COST.read, frontend.handled, idleUs);
      case ChainPiece.burn:
        return run.requests[id]!.worksUs[0]! * run.workScale + pieceUs(CHAIN_COST.call, frontend.handled, 0);
      case ChainPiece.answered:
        return pieceUs(CHAIN_COST.answer, frontend.handled, idleUs);
      default:
        return kind === ChainPiece.boot ? CHAIN.bootUs : CHAIN.scrapeUs[0];
    }
  },
  finish(run, thread, { kind, request: id }) {
    if (kind === ChainPiece.boot) return bootDone(run, run.frontend);
    if (run.requests[id] === undefined) return undefined;
    if (kind === ChainPiece.read) thread.jobs.push({ kind: ChainPiece.burn, request: id });
    if (kind === ChainPiece.burn) callBackend(run, id, run.scenario.retries);
    if (kind === ChainPiece.answered) transmit(run, run.client, { kind: ChainPiece.receive, request: id }, cpuOf(run, thread));
    return undefined;
  },
};

export function bootDone(run: ChainRun, service: ChainService): undefined {
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
