/** Plays the chain: host, groups, services, faults and timers, and marks of CPU at the ends of the windows. */
import { nextExponential, nextUnit, randomStream } from '@/engine/kernel';
import { addCpuGroup, addCpuTask, callAt, createCpuHost, giveWork, groupAccount, ROOT_GROUP, runCpuHost, type CpuHost, type CpuListener } from '../../cpu/exact';
import type { LabHostFacts } from '../../cpu/lab';
import { RECORDING_HOST } from '../../cpu/lab/recording-host';
import { weightOfShares } from '../../cpu/weights';
import { cpusIn } from '../cpus-in';
import type { DrawnRequest } from '../draw-requests';
import { addThread, pieceDone, post, type ThreadProgram } from '../loop-thread';
import { recoveryUs, RUNTIME } from '../runtime-costs';
import { answerCall } from './programs/backend-calls';
import { chainBackend, chainDatabase, queryWaited } from './programs/backend-programs';
import { CHAIN, slownessNow } from './programs/chain-costs';
import { beginFault, databaseRecovered, endFault, killService, restartService } from './chain-faults';
import { ChainCall, ChainPiece, idleTotalUs, type ChainRequest, type ChainRun } from './chain-run';
import type { ChainGroup, ChainScenario, SpeedStep } from './chain-scenario';
import { DATABASE_PROGRAM, giveUpWaiting, newPool } from './programs/connection-pool';
import { chainClient, chainFrontend, finishRequest } from './programs/frontend-programs';
import { chainWatcher, scrape } from './programs/watch-chain';

const SETTLE_US = 500_000;
const PATIENCE_S = 10;
/** Requests that the laboratory sends before the clock starts, to find the capacity. */
const WARM_REQUESTS = 640;

export type ChainSpec = { readonly scenario: ChainScenario; readonly facts: LabHostFacts; readonly requests: readonly DrawnRequest[]; readonly workScale: number; readonly speeds: readonly SpeedStep[]; readonly seed: number };

export function playChain(spec: ChainSpec): ChainRun {
  const { scenario, facts } = spec;
  const host = createCpuHost({ cpus: facts.cpus, seed: spec.seed, kernel: { ...(facts.hz === undefined ? {} : { hz: facts.hz }), ...(facts.cfsBandwidthSliceUs === undefined ? {} : { bandwidthSliceUs: facts.cfsBandwidthSliceUs }) } });
  const run = newRun(host, spec);
  const listener = chainListener(run);
  runCpuHost(host, SETTLE_US, listener);
  for (let atS = 0; atS <= scenario.durationS + scenario.windowS; atS += scenario.windowS) callAt(host, SETTLE_US + Math.min(atS, scenario.durationS) * 1e6, ChainCall.mark);
  scenario.faults.forEach(({ atS }, i) => callAt(host, SETTLE_US + atS * 1e6, ChainCall.faultBegins, i));
  const [least, most] = RUNTIME.timerLateUs;
  run.requests.forEach(({ dueUs }, id) => callAt(host, dueUs + least + (most - least) * nextUnit(run.random), ChainCall.due, id));
  const endUs = SETTLE_US + scenario.durationS * 1e6;
  runCpuHost(host, endUs, listener);
  while (run.open > 0 && host.nowUs < endUs + PATIENCE_S * 1e6) runCpuHost(host, host.nowUs + 500_000, listener);
  return run;
}

function chainListener(run: ChainRun): CpuListener {
  const { host } = run;
  const daemons = Array.from({ length: RECORDING_HOST.daemons }, (_, i) => addCpuTask(host, { name: `daemon${i}`, group: ROOT_GROUP }));
  daemons.forEach((_, i) => callAt(host, nextExponential(run.random, RECORDING_HOST.daemonGapUs), ChainCall.daemon, i));
  return {
    workDone(_, task) {
      const id = run.threadOfTask.get(task);
      if (id !== undefined) pieceDone(run, run.threads[id]!);
    },
    called(_, subject, detail) {
      if (subject !== ChainCall.daemon) return called(run, subject, detail);
      giveWork(host, daemons[detail]!, RECORDING_HOST.daemonUs);
      callAt(host, host.nowUs + nextExponential(run.random, RECORDING_HOST.daemonGapUs), ChainCall.daemon, detail);
    },
    settled() {
      const idleNow = host.cpus.every(({ task }) => task < 0);
      if (idleNow === (run.idle.sinceUs < Infinity)) return;
      run.idle.totalUs = idleTotalUs(run);
      run.idle.sinceUs = idleNow ? host.nowUs : Infinity;
    },
  };
}

function called(run: ChainRun, subject: number, detail: number): void {
  switch (subject) {
    case ChainCall.due:
      return post(run, run.client, { kind: ChainPiece.send, request: detail });
    case ChainCall.timeout:
      return answerCall(run, detail, 504);
    case ChainCall.clientTimeout:
      finishRequest(run, detail, 0);
      return;
    case ChainCall.poolTimeout:
      return giveUpWaiting(run, detail);
    case ChainCall.latency:
      return queryWaited(run, detail);
    case ChainCall.scrape:
      return scrape(run, detail);
    case ChainCall.mark:
      run.marks.push({ atUs: run.host.nowUs, cpuUs: [run.frontend.group, run.backend.group, run.dbGroup, run.hogGroup].map((group) => groupAccount(run.host, group).cpuUs) });
      return;
    case ChainCall.faultBegins:
      return beginFault(run, detail);
    case ChainCall.faultEnds:
      return endFault(run, detail);
    case ChainCall.restart:
      return restartService(run, detail);
    case ChainCall.outOfMemory:
      if (run.backend.life === detail) killService(run, run.backend);
      return;
    case ChainCall.recovery:
      if (run.databaseLife === detail) databaseRecovered(run);
  }
}

/**
 * Everything takes as long as the machine is slow, and longer when a runtime goes on that was throttled. Caches cool while
 * the whole machine has nothing to do: then the core is somebody else's. Beside a busy neighbour they stay warm.
 */
const atMachineSpeed = (program: ThreadProgram<ChainRun>): ThreadProgram<ChainRun> => ({
  costUs(run, thread, piece, idleUs) {
    const { throttledUs } = run.host.tasks[thread.task]!;
    const stoppedUs = throttledUs - (run.throttledUs[thread.id] ?? 0);
    run.throttledUs[thread.id] = throttledUs;
    const cooledUs = idleUs > 0 ? idleTotalUs(run) - (run.idle.seenUs[thread.id] ?? 0) : 0;
    return slownessNow(run) * (program.costUs(run, thread, piece, cooledUs) + (thread.program === DATABASE_PROGRAM ? 0 : CHAIN.stallPart * recoveryUs(stoppedUs)));
  },
  finish(run, thread, piece) {
    run.idle.seenUs[thread.id] = idleTotalUs(run);
    return program.finish(run, thread, piece);
  },
});

function newRun(host: CpuHost, { scenario, facts, requests, workScale, speeds, seed }: ChainSpec): ChainRun {
  const lab = addCpuGroup(host, { name: 'lab' });
  const control = addCpuGroup(host, { name: 'control', parent: lab, cpus: cpusIn(scenario.clientCpus, facts.cpus) });
  const parent = addCpuGroup(host, { name: 's', parent: lab });
  const group = (name: string, { cpus, shares, quotaUs }: ChainGroup) => addCpuGroup(host, { name, parent, weight: weightOfShares(shares ?? 1_024), cpus: cpusIn(cpus, facts.cpus), ...(quotaUs === undefined ? {} : { quotaUs }) });
  const [frontend, backend, dbGroup] = [group('frontend', scenario.groups.frontend), group('backend', scenario.groups.backend), group('db', scenario.groups.db)];
  const watchGroup = group('mon', { cpus: scenario.clientCpus });
  const table = { host, threads: [], threadOfTask: new Map<number, number>() };
  const service = (name: 'frontend' | 'backend', of: number, program: number) => ({ name, group: of, thread: addThread(table, { name, group: of, program, owner: 0 }), life: 0, up: true, handled: WARM_REQUESTS });
  const client = addThread(table, { name: 'client', group: control, program: 0, owner: 0 });
  const watchers = [addThread(table, { name: 'exporters', group: watchGroup, program: 4, owner: 0 }), addThread(table, { name: 'exporter connection', group: dbGroup, program: DATABASE_PROGRAM, owner: 0 })];
  const run: ChainRun = {
    ...table, programs: [chainClient, chainFrontend, chainBackend, chainDatabase, chainWatcher].map(atMachineSpeed), scenario, random: randomStream(seed, 'chain'), workScale, speeds, client, clientHandled: 0, watchers, frontend: service('frontend', frontend, 1), backend: service('backend', backend, 2),
    requests: requests.map(({ atUs, worksUs }): ChainRequest => ({ dueUs: SETTLE_US + atUs, worksUs, endUs: NaN, code: -1, frontendLife: -1 })), calls: [], callQueue: [], callsOpen: 0, sendsCalls: false,
    pool: newPool(table, dbGroup, scenario.poolMax, true), blocked: [], locked: false, databaseUp: true, databaseLife: 0, hogGroup: addCpuGroup(host, { name: 'hog', parent }), hogs: [], dbGroup, faultEnds: scenario.faults.map(() => null), events: [], marks: [],
    startUs: SETTLE_US, dbSleepMs: 0, dbMult: 1, cpuMult: 1, open: requests.length, throttledUs: [], idle: { totalUs: 0, sinceUs: 0, seenUs: [] },
  };
  [0, 1, 2, 3].forEach((which) => callAt(host, nextUnit(run.random) * 1e6, ChainCall.scrape, which));
  return run;
}
