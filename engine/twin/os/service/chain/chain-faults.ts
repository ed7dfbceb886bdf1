/** Faults of the chain as the laboratory injects them, and the supervisor that starts again what was killed. */
import { addCpuTask, callAt, endCpuTask, giveWork, setGroupCpus, setGroupWeight, setQuota } from '../../cpu/exact';
import { weightOfShares } from '../../cpu/weights';
import { cpusIn } from '../cpus-in';
import { addThread, post, thaw, type LoopThread } from '../loop-thread';
import { answerCall, dropCalls } from './programs/backend-calls';
import { crashDatabase } from './programs/backend-programs';
import { ChainCall, ChainPiece, type ChainRun, type ChainService } from './chain-run';
import type { ChainFault } from './chain-scenario';
import { loseConnections, unlockTable } from './programs/connection-pool';
import { finishRequest } from './programs/frontend-programs';

const PERIOD_US = 100_000;
/** Memory of the backend's own before it leaks: limit less leak at the recorded kill. */
const BACKEND_MIB = 21;
const NO_LIMIT = { quotaUs: Infinity, periodUs: PERIOD_US, burstUs: 0 };

export function beginFault(run: ChainRun, i: number): void {
  const fault = run.scenario.faults[i]!;
  const endUs = run.host.nowUs + (fault.durS ?? 0) * 1e6;
  if (fault.durS !== undefined) callAt(run.host, endUs, ChainCall.faultEnds, i);
  switch (fault.kind) {
    case 'hog':
      setGroupCpus(run.host, run.hogGroup, cpusIn(fault.cpus, run.host.cpus.length));
      setGroupWeight(run.host, run.hogGroup, weightOfShares(fault.shares ?? 1_024));
      run.hogs[i] = Array.from({ length: fault.procs ?? 1 }, (_, k) => addCpuTask(run.host, { name: `hog${k}`, group: run.hogGroup }));
      for (const hog of run.hogs[i]!) giveWork(run.host, hog, Infinity);
      return;
    case 'quota':
      return setQuota(run.host, groupOf(run, fault), { quotaUs: fault.quotaUs ?? Infinity, periodUs: PERIOD_US, burstUs: 0 });
    case 'dbSleep':
      run.dbSleepMs = fault.ms ?? 0;
      return;
    case 'dbCpu':
      run.dbMult = fault.mult ?? 1;
      return;
    case 'appCpu':
      run.cpuMult = fault.mult ?? 1;
      return;
    case 'leak': {
      const limit = run.scenario.groups.backend.memLimitMb;
      if (limit !== undefined && (fault.mbPerS ?? 0) > 0) callAt(run.host, run.host.nowUs + (Math.max(0, limit - BACKEND_MIB) / fault.mbPerS!) * 1e6, ChainCall.outOfMemory, run.backend.life);
      return;
    }
    case 'kill':
      if (fault.target === 'db') return crashDatabase(run);
      return killService(run, fault.target === 'frontend' ? run.frontend : run.backend);
    case 'freeze':
      for (const thread of threadsOf(run, fault)) thread.frozen = true;
      return;
    case 'lock':
      run.locked = true;
  }
}

export function endFault(run: ChainRun, i: number): void {
  const fault = run.scenario.faults[i]!;
  run.faultEnds[i] = run.host.nowUs;
  if (fault.kind === 'hog') for (const hog of run.hogs[i] ?? []) endCpuTask(run.host, hog);
  if (fault.kind === 'quota') {
    const { quotaUs } = run.scenario.groups[fault.target ?? 'backend'];
    setQuota(run.host, groupOf(run, fault), quotaUs === undefined ? NO_LIMIT : { ...NO_LIMIT, quotaUs });
  }
  if (fault.kind === 'dbSleep') run.dbSleepMs = 0;
  if (fault.kind === 'dbCpu') run.dbMult = 1;
  if (fault.kind === 'appCpu') run.cpuMult = 1;
  if (fault.kind === 'freeze') for (const thread of threadsOf(run, fault)) thaw(run, thread);
  if (fault.kind === 'lock') unlockTable(run);
}

const groupOf = (run: ChainRun, { target }: ChainFault) => (target === 'db' ? run.dbGroup : target === 'frontend' ? run.frontend.group : run.backend.group);

function threadsOf(run: ChainRun, { target }: ChainFault): readonly LoopThread[] {
  if (target === 'db') return run.pool.threads;
  return [target === 'frontend' ? run.frontend.thread : run.backend.thread];
}

/** Everything it was doing is lost: connections are reset, its callers hear so at once. */
export function killService(run: ChainRun, service: ChainService): void {
  if (!service.up) return;
  const { life } = service;
  service.up = false;
  service.life += 1;
  service.handled = 0;
  endCpuTask(run.host, service.thread.task);
  run.events.push({ tS: secondsOf(run), ev: 'exit', service: service.name, signal: 'SIGKILL' });
  if (service === run.backend) {
    loseConnections(run, false);
    run.blocked.length = 0;
    run.cpuMult = 1;
    run.dbMult = 1;
    run.dbSleepMs = 0;
    run.calls.forEach((call, id) => {
      if (call.backendLife === life) answerCall(run, id, 502);
    });
  } else {
    dropCalls(run);
    run.requests.forEach(({ frontendLife }, id) => {
      if (frontendLife === life) finishRequest(run, id, 0);
    });
  }
  callAt(run.host, run.host.nowUs + run.scenario.restartDelayS * 1e6, ChainCall.restart, service === run.frontend ? 0 : 1);
}

export function restartService(run: ChainRun, which: number): void {
  const service = which === 0 ? run.frontend : run.backend;
  run.events.push({ tS: secondsOf(run), ev: 'start', service: service.name });
  service.thread = addThread(run, { name: `${service.name}${service.life}`, group: service.group, program: service.thread.program, owner: service.thread.owner });
  post(run, service.thread, { kind: ChainPiece.boot, request: -1 });
}

/** Connections are taken again; the kills that led there are over. */
export function databaseRecovered(run: ChainRun): void {
  run.databaseUp = true;
  run.scenario.faults.forEach(({ kind, target, atS }, i) => {
    if (kind === 'kill' && target === 'db' && run.startUs + atS * 1e6 <= run.host.nowUs) run.faultEnds[i] ??= run.host.nowUs;
  });
}

const secondsOf = (run: ChainRun) => Math.round((run.host.nowUs - run.startUs) / 1_000) / 1_000;
