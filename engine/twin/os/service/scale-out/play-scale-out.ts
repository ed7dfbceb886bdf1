/** Plays a scale-out, or the closed-loop probe of its first replica, on a fresh host. */
import { nextUnit, randomStream } from '@/engine/kernel';
import { addCpuGroup, callAt, createCpuHost, runCpuHost } from '../../cpu/exact';
import type { LabHostFacts } from '../../cpu/lab';
import { coolsWithItsCpu, newCpuIdle } from '../cpu-idle';
import { cpusIn } from '../cpus-in';
import { loadGenerator, openRequest, planRequest, sendAgain } from '../load-generator';
import { labListener, SETTLE_US } from '../lab-listener';
import { addThread } from '../loop-thread';
import type { ServiceRun } from '../service-run';
import type { OfferedRequest } from '../service-scenario';
import { balancerProgram, newBalancer } from './balancer';
import { addReplica, enterRotation, growSlowly, replicaProgram, ScaleOutCall, startReplica, warmUpPieces, type ReplicaStart } from './replica';
import type { ScaleOutScenario } from './scale-out-scenario';

const DRAIN_S = 20;
const SAMPLES_PER_S = 4;

export type ScaleOutOffer = { readonly requests: readonly OfferedRequest[] } | { readonly concurrency: number; readonly worksUs: readonly number[]; readonly durationS: number };
export type ScaleOutSpec = { readonly scenario: ScaleOutScenario; readonly facts: LabHostFacts; readonly offer: ScaleOutOffer; readonly workScale: number; readonly seed: number };
export type PlayedScaleOut = { readonly run: ServiceRun; readonly starts: readonly (ReplicaStart | undefined)[] };

export function playScaleOut({ scenario, facts, offer, workScale, seed }: ScaleOutSpec): PlayedScaleOut {
  const starts = scenario.replicas.map((_, i): ReplicaStart | undefined => (i === 0 ? undefined : { decidedUs: NaN, spawnedUs: NaN, listeningUs: NaN, healthyUs: NaN, warmUpPieces: warmUpPieces(scenario.warmupMs) }));
  const host = createCpuHost({ cpus: facts.cpus, seed, kernel: { ...(facts.hz === undefined ? {} : { hz: facts.hz }), ...(facts.cfsBandwidthSliceUs === undefined ? {} : { bandwidthSliceUs: facts.cfsBandwidthSliceUs }) } });
  const lab = addCpuGroup(host, { name: 'lab' });
  const control = addCpuGroup(host, { name: 'control', parent: lab, cpus: cpusIn(scenario.loadgen.cpus ?? '1', facts.cpus) });
  const parent = addCpuGroup(host, { name: 's', parent: lab });
  const balancerGroup = addCpuGroup(host, { name: 'lb', parent, cpus: cpusIn(scenario.lb.cpus ?? '1', facts.cpus) });
  const table = { host, threads: [], threadOfTask: new Map<number, number>() };
  const client = addThread(table, { name: 'client', group: control, program: 0, owner: 0 });
  const thread = addThread(table, { name: 'balancer', group: balancerGroup, program: 2, owner: 0 });
  const random = randomStream(seed, 'scale-out');
  const run: ServiceRun = {
    ...table, programs: [loadGenerator, replicaProgram(starts), balancerProgram].map(coolsWithItsCpu), idle: newCpuIdle(host), random, requests: [], client, clientSpins: scenario.loadgen.spin !== false && 'requests' in offer, clientSleeps: scenario.loadgen.spin === false, keepAlive: scenario.loadgen.keepAlive !== false, servers: [],
    balancer: newBalancer(scenario.lb, thread, scenario.replicas.length, nextUnit(random) * 1e6),
    freeConnections: [], startUs: SETTLE_US, closedUntilUs: 0, worksUs: [], open: 0, served: 0, servedBefore: 0, workerOf: [], holderOf: [],
  };
  for (const replica of scenario.replicas) addReplica(run, replica, { facts, parent, workScale });
  const listener = labListener(run, {
    control,
    samplesPerS: SAMPLES_PER_S,
    other(subject, detail) {
      if (subject === ScaleOutCall.start) startReplica(run, starts, detail);
      else if (subject === ScaleOutCall.healthy) enterRotation(run, detail);
      else growSlowly(run, detail);
    },
  });
  runCpuHost(host, SETTLE_US, listener);
  const endS = 'requests' in offer ? scenario.durationS : offer.durationS;
  if ('requests' in offer) {
    scenario.scaleAtS.forEach((atS, i) => callAt(host, run.startUs + atS * 1e6, ScaleOutCall.start, i + 1));
    for (const { atUs, workUs } of offer.requests) run.requests.push(openRequest(run.startUs + atUs, workUs));
    run.open = run.requests.length;
    run.requests.forEach((_, id) => planRequest(run, id));
  } else {
    run.closedUntilUs = run.startUs + endS * 1e6;
    run.worksUs = offer.worksUs;
    for (let i = 0; i < offer.concurrency; i += 1) sendAgain(run);
  }
  runCpuHost(host, run.startUs + endS * 1e6, listener);
  const patienceUs = run.startUs + (endS + DRAIN_S) * 1e6;
  while (run.open > 0 && host.nowUs < patienceUs) runCpuHost(host, Math.min(patienceUs, host.nowUs + 250_000), listener);
  return { run, starts };
}
