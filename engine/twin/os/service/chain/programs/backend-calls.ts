/**
 * Calls of the frontend to the backend: over a limited number of connections, with a timeout that counts from having
 * one, and with retries of what failed. Work that somebody gave up on is still done.
 */
import { callAt } from '../../../cpu/exact';
import { transmit } from '../../loop-thread';
import { ChainCall, ChainPiece, cpuOf, NO_CONNECTION, QueryStep, type ChainRun } from '../chain-run';

const FAILED = 500;

export function callBackend(run: ChainRun, request: number, retriesLeft: number): void {
  const id = run.calls.length;
  run.calls.push({ request, frontendLife: run.frontend.life, retriesLeft, holdsSocket: false, over: false, backendLife: -1, connection: NO_CONNECTION, step: QueryStep.look, writes: false, waitsForPool: false });
  run.callQueue.push(id);
  sendCalls(run);
}

/** As many as there are connections; a call that fails at once gives its connection to the next one here. */
function sendCalls(run: ChainRun): void {
  if (run.sendsCalls) return;
  run.sendsCalls = true;
  while (run.callsOpen < run.scenario.maxSockets && run.callQueue.length > 0) sendCall(run, run.callQueue.shift()!);
  run.sendsCalls = false;
}

function sendCall(run: ChainRun, id: number): void {
  const call = run.calls[id]!;
  call.holdsSocket = true;
  run.callsOpen += 1;
  if (!run.backend.up) return answerCall(run, id, 502);
  call.backendLife = run.backend.life;
  callAt(run.host, run.host.nowUs + run.scenario.timeoutMs * 1_000, ChainCall.timeout, id);
  transmit(run, run.backend.thread, { kind: ChainPiece.read, request: id }, cpuOf(run, run.frontend.thread));
}

/** The frontend hears an outcome of a call; the first one counts. */
export function answerCall(run: ChainRun, id: number, code: number): void {
  const call = run.calls[id]!;
  if (call.over) return;
  call.over = true;
  if (call.frontendLife !== run.frontend.life || !run.frontend.up) return;
  if (call.holdsSocket) {
    run.callsOpen -= 1;
    sendCalls(run);
  }
  if (code >= FAILED && call.retriesLeft > 0) return callBackend(run, call.request, call.retriesLeft - 1);
  const request = run.requests[call.request]!;
  if (!(request.endUs <= Infinity)) request.code = code;
  transmit(run, run.frontend.thread, { kind: ChainPiece.answered, request: call.request }, cpuOf(run, run.backend.thread));
}

/** The frontend is gone: nobody hears the answers of its calls. */
export function dropCalls(run: ChainRun): void {
  run.callQueue.length = 0;
  run.callsOpen = 0;
  for (const call of run.calls) call.over = true;
}
