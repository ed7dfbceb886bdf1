/** Plays the chain: host, groups, services, faults and timers, and marks of CPU at the ends of the windows. */
import { nextExponential, nextUnit, randomStream } from '@/engine/kernel';
import { addCpuGroup, addCpuTask, callAt, createCpuHost, giveWork, groupAccount, ROOT_GROUP, runCpuHost, type CpuHost } from '../../cpu/exact';
import type { LabHostFacts } from '../../cpu/lab';
import { RECORDING_HOST } from '../../cpu/lab/recording-host';
import { weightOfShares } from '../../cpu/weights';
import { cpusIn } from '../cpus-in';
import type { DrawnRequest } from '../draw-requests';
import { addThread, pieceDone, post } from '../loop-thread';
import { RUNTIME } from '../runtime-costs';
import { beginFault, endFault, killService, restartService } from './chain-faults';
import { answerUpstream, chainBackend, chainClient, chainDatabase, chainFrontend, finishRequest } from './chain-programs';
import { ChainCall, ChainPiece, type ChainRequest, type ChainRun } from './chain-run';
import type { ChainGroup, ChainScenario } from './chain-scenario';

const SETTLE_US = 500_000;
const PATIENCE_S = 10;
const SCRAPE_US = 1_000_000;

export type ChainSpec = { readonly scenario: ChainScenario; readonly facts: LabHostFacts; readonly requests: readonly DrawnRequest[]; readonly workScale: number; readonly seed: number };

export function playChain(spec: ChainSpec): ChainRun {
  const { scenario, facts } = spec;
  const host = createCpuHost({ cpus: facts.cpus, seed: spec.seed, kernel: { ...(facts.hz === undefined ? {} : { hz: facts.hz }), ...(facts.cfsBandwidthSliceUs === undefined ? {} : { bandwidthSliceUs: facts.cfsBandwidthSliceUs }) } });
  const run = newRun(host, spec);
  const daemons = Array.from({ length: RECORDING_HOST.daemons }, (_, i) => addCpuTask(host, { name: `daemon${i}`, group: ROOT_GROUP }));
  const listener = {
    workDone: (_: CpuHost, task: number) => {
      const id = run.threadOfTask.get(task);
      if (id !== undefined) pieceDone(run, run.threads[id]!);
    },
    called: (_: CpuHost, subject: number, detail: number) => {
      if (subject === ChainCall.daemon) {
        giveWork(host, daemons[detail]!, RECORDING_HOST.daemonUs);
        callAt(host, host.nowUs + nextExponential(run.random, RECORDING_HOST.daemonGapUs), ChainCall.daemon, detail);
      } else called(run, subject, detail);
    },
  };
  daemons.forEach((_, i) => callAt(host, nextExponential(run.random, RECORDING_HOST.daemonGapUs), ChainCall.daemon, i));
  [0, 1].forEach((which) => callAt(host, nextUnit(run.random) * SCRAPE_US, ChainCall.scrape, which));
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

function called(run: ChainRun, subject: number, detail: number): void {
  const request = run.requests[detail];
  switch (subject) {
    case ChainCall.due:
      return post(run, run.client, { kind: ChainPiece.send, request: detail });
    case ChainCall.timeout:
      return answerUpstream(run, detail, 504);
    case ChainCall.clientTimeout:
      finishRequest(run, detail, 0);
      return;
    case ChainCall.poolTimeout:
      if (request?.waitsForPool !== true) return;
      request.waitsForPool = false;
      run.waiting.splice(run.waiting.indexOf(detail), 1);
      return answerUpstream(run, detail, 503);
    case ChainCall.latency:
      if (request !== undefined && request.connection >= 0 && request.backendLife === run.backend.life) post(run, run.backend.thread, { kind: ChainPiece.queried, request: detail });
      return;
    case ChainCall.scrape:
      scrape(run, detail);
      return;
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
  }
}

function scrape(run: ChainRun, which: number): void {
  const service = which === 0 ? run.frontend : run.backend;
  if (service.up) post(run, service.thread, { kind: ChainPiece.scrape, request: -1 });
  callAt(run.host, run.host.nowUs + SCRAPE_US, ChainCall.scrape, which);
}

function newRun(host: CpuHost, { scenario, facts, requests, workScale, seed }: ChainSpec): ChainRun {
  const lab = addCpuGroup(host, { name: 'lab' });
  const control = addCpuGroup(host, { name: 'control', parent: lab, cpus: cpusIn(scenario.clientCpus, facts.cpus) });
  const parent = addCpuGroup(host, { name: 's', parent: lab });
  const group = (name: string, { cpus, shares, quotaUs }: ChainGroup) => addCpuGroup(host, { name, parent, weight: weightOfShares(shares ?? 1_024), cpus: cpusIn(cpus, facts.cpus), ...(quotaUs === undefined ? {} : { quotaUs }) });
  const [frontend, backend, dbGroup] = [group('frontend', scenario.groups.frontend), group('backend', scenario.groups.backend), group('db', scenario.groups.db)];
  const table = { host, threads: [], threadOfTask: new Map<number, number>() };
  const service = (name: 'frontend' | 'backend', of: number, program: number) => ({ name, group: of, thread: addThread(table, { name, group: of, program, owner: 0 }), life: 0, up: true });
  const client = addThread(table, { name: 'client', group: control, program: 0, owner: 0 });
  const connections = Array.from({ length: scenario.poolMax }, (_, i) => addThread(table, { name: `connection${i}`, group: dbGroup, program: 3, owner: i }));
  return {
    ...table, programs: [chainClient, chainFrontend, chainBackend, chainDatabase], scenario, random: randomStream(seed, 'chain'), workScale, client, frontend: service('frontend', frontend, 1), backend: service('backend', backend, 2),
    requests: requests.map(({ atUs, worksUs }): ChainRequest => ({ dueUs: SETTLE_US + atUs, worksUs, endUs: NaN, code: -1, called: false, upstreamDone: false, frontendLife: -1, backendLife: -1, connection: -1, step: 0, waitsForPool: false })),
    connections, idle: connections.map((_, i) => i), waiting: [], calls: [], callsOpen: 0, busyWith: connections.map(() => -1), hogGroup: addCpuGroup(host, { name: 'hog', parent }), hogs: [], dbGroup, faultEnds: scenario.faults.map(() => null), events: [], marks: [],
    startUs: SETTLE_US, dbSleepMs: 0, dbMult: 1, cpuMult: 1, served: 0, open: requests.length,
  };
}
