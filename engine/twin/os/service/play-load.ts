/** Plays one offered load (or a closed-loop probe) on a fresh host and keeps what the laboratory's recorder would read. */
import { randomStream } from '@/engine/kernel';
import { addCpuGroup, addCpuTask, callAt, createCpuHost, giveWork, groupAccount, runCpuHost, taskAccount, type CpuHost, type GroupAccount } from '../cpu/exact';
import type { LabHostFacts } from '../cpu/lab';
import { weightOfShares } from '../cpu/weights';
import { coolsWithItsCpu, newCpuIdle } from './cpu-idle';
import { cpusIn } from './cpus-in';
import { labListener, SETTLE_US } from './lab-listener';
import { addThread } from './loop-thread';
import { loadGenerator, openRequest, planRequest, sendAgain } from './load-generator';
import { ServiceCall, type ServiceRun } from './service-run';
import type { OfferedRequest, ServiceScenario } from './service-scenario';
import { clusterFirst, clusterWorker } from './server/cluster-server';
import { poolMain, poolWorker } from './server/pool-server';
import { startServer } from './server/start-server';
import { eventLoop } from './server/web-server';

const PROGRAMS = [loadGenerator, eventLoop, poolMain, poolWorker, clusterFirst, clusterWorker].map(coolsWithItsCpu);
const SAMPLES_PER_S = 2;
const WARM_UP_S = 1;

export type Offer = { readonly requests: readonly OfferedRequest[] } | { readonly concurrency: number; readonly worksUs: readonly number[] };
export type LoadMarks = { readonly atUs: number; readonly server: GroupAccount; readonly clientUs: number };
export type PlayedLoad = { readonly run: ServiceRun; readonly opened: LoadMarks; readonly closed: LoadMarks };
export type LoadSpec = { readonly scenario: ServiceScenario; readonly facts: LabHostFacts; readonly offer: Offer; readonly warmS: number; readonly durationS: number; readonly workScale: number; readonly seed: number };

export function playLoad(spec: LoadSpec): PlayedLoad {
  const { scenario, facts, offer, durationS } = spec;
  const host = createCpuHost({ cpus: facts.cpus, seed: spec.seed, kernel: { ...(facts.hz === undefined ? {} : { hz: facts.hz }), ...(facts.cfsBandwidthSliceUs === undefined ? {} : { bandwidthSliceUs: facts.cfsBandwidthSliceUs }) } });
  const lab = addCpuGroup(host, { name: 'lab' });
  const control = addCpuGroup(host, { name: 'control', parent: lab, cpus: cpusIn(scenario.loadgen.cpus ?? '1', facts.cpus) });
  const service = addCpuGroup(host, { name: 's', parent: lab });
  const group = serverGroup(host, scenario, service, facts.cpus);
  const run = newRun(host, spec, control);
  run.servers.push(startServer(run, { spec: scenario.server, group, workScale: spec.workScale }));
  for (const neighbor of scenario.neighbors) addNeighbor(host, neighbor, service, facts.cpus);
  const marks: LoadMarks[] = [];
  const mark = () => marks.push({ atUs: host.nowUs, server: groupAccount(host, group), clientUs: taskAccount(host, run.client.task).cpuUs });
  const listener = labListener(run, { control, samplesPerS: SAMPLES_PER_S, other: mark });
  runCpuHost(host, SETTLE_US, listener);
  run.startUs = SETTLE_US;
  callAt(host, run.startUs + spec.warmS * 1e6, ServiceCall.windowOpens);
  callAt(host, run.startUs + durationS * 1e6, ServiceCall.windowCloses);
  offerLoad(run, offer, durationS);
  const endUs = run.startUs + durationS * 1e6;
  runCpuHost(host, endUs, listener);
  const patienceUs = endUs + scenario.drainS * 1e6;
  while (run.open > 0 && host.nowUs < patienceUs) runCpuHost(host, Math.min(patienceUs, host.nowUs + 250_000), listener);
  return { run, opened: marks[0]!, closed: marks[1]! };
}

function offerLoad(run: ServiceRun, offer: Offer, durationS: number): void {
  if ('requests' in offer) {
    for (const { atUs, workUs } of offer.requests) run.requests.push(openRequest(run.startUs + atUs, workUs));
    run.open = run.requests.length;
    run.requests.forEach((_, id) => planRequest(run, id));
    return;
  }
  run.closedUntilUs = run.startUs + durationS * 1e6;
  run.worksUs = offer.worksUs;
  for (let i = 0; i < offer.concurrency; i += 1) sendAgain(run);
}

function newRun(host: CpuHost, { scenario, facts, seed, offer }: LoadSpec, control: number): ServiceRun {
  const { loadgen } = scenario;
  const spins = loadgen.spin !== false;
  const shared = cpusIn(loadgen.cpus ?? '1', facts.cpus).some((cpu) => usedCpus(scenario, facts.cpus).has(cpu));
  const base = { host, threads: [], threadOfTask: new Map<number, number>() };
  const client = addThread(base, { name: 'client', group: control, program: 0, owner: 0 });
  return {
    ...base, programs: PROGRAMS, idle: newCpuIdle(host), random: randomStream(seed, 'service'), requests: [], client, clientSpins: spins && shared && 'requests' in offer, clientSleeps: !spins, keepAlive: loadgen.keepAlive !== false,
    servers: [], balancer: undefined, freeConnections: [], startUs: 0, closedUntilUs: 0, worksUs: [], open: 0, served: 0, servedBefore: servedBefore(scenario, facts.cpus, offer), workerOf: [], holderOf: [],
  };
}

/** The laboratory warms a service up and probes it, both in a closed loop, before it offers loads. */
function servedBefore({ server, probe }: ServiceScenario, hostCpus: number, offer: Offer): number {
  if (server.mode !== 'pool') return 0;
  const worksUs = 'requests' in offer ? offer.requests.map(({ workUs }) => workUs) : offer.worksUs;
  const meanUs = worksUs.reduce((sum, us) => sum + us, 0) / Math.max(1, worksUs.length);
  const busyUs = (WARM_UP_S + ('requests' in offer ? probe.durationS : 0)) * 1e6 * Math.min(server.threads, cpusIn(server.cpus, hostCpus).length);
  return meanUs > 0 ? Math.round(busyUs / meanUs) : 0;
}

function serverGroup(host: CpuHost, { server }: ServiceScenario, parent: number, cpus: number): number {
  const limit = server.quotaUs === undefined ? {} : { quotaUs: server.quotaUs, periodUs: server.periodUs };
  return addCpuGroup(host, { name: 'srv', parent, weight: weightOfShares(server.shares ?? 1_024), cpus: cpusIn(server.cpus, cpus), ...limit });
}

function addNeighbor(host: CpuHost, { name, cpus, shares, quotaUs, count }: ServiceScenario['neighbors'][number], parent: number, hostCpus: number): void {
  const group = addCpuGroup(host, { name, parent, weight: weightOfShares(shares ?? 1_024), cpus: cpusIn(cpus, hostCpus), ...(quotaUs === undefined ? {} : { quotaUs }) });
  for (let i = 0; i < (count ?? 1); i += 1) giveWork(host, addCpuTask(host, { name: `${name}${i}`, group }), Infinity);
}

const usedCpus = ({ server, neighbors }: ServiceScenario, cpus: number) => new Set([...cpusIn(server.cpus, cpus), ...neighbors.flatMap((neighbor) => cpusIn(neighbor.cpus, cpus))]);
