/** Reads experiment D: one HTTP service under offered loads. */
import { has, member, note, optional, readChoice, readFlag, readList, readNumber, readText, type SpecReader } from '../../spec-reader';
import type { LoadGeneratorSpec, NeighborSpec, Probe, ServerSpec, ServiceScenario } from '../service';
import { DURATION_S, given, readCpus, readPeriod, readQuota, readShares, readWork, SECONDS } from './lab-fields';

const THREADS_MAX = 1_000;

export function readServiceScenario(at: SpecReader, hostCpus: number): ServiceScenario {
  const loads = readList(member(at, 'loads'), (load) => readNumber(load, { min: 0.001, max: 100 }), { min: 1, max: 100 });
  const durationsS = readList(member(at, 'durationsS'), (duration) => readNumber(duration, DURATION_S), { min: 1, max: 100 });
  if (durationsS.length < loads.length) note(member(at, 'durationsS'), 'missing', `${loads.length} loads have ${durationsS.length} durations`, 'give each load its duration');
  const warmS = optional(at, 'warmS', (warm) => readNumber(warm, SECONDS)) ?? 1;
  if (durationsS.some((duration) => duration <= warmS)) note(member(at, 'warmS'), 'out-of-range', `a warm-up of ${warmS} s leaves nothing of the shortest load`, 'shorten it');
  const probe = member(at, 'probe');
  return {
    server: readServer(member(at, 'server'), hostCpus),
    work: readWork(member(at, 'work')),
    loadgen: has(at, 'loadgen') ? readLoadGenerator(member(at, 'loadgen'), hostCpus) : {},
    neighbors: readList(member(at, 'neighbors'), (neighbor) => readNeighbor(neighbor, hostCpus)),
    probe: { concurrency: readNumber(member(probe, 'concurrency'), { min: 1, max: 10_000, integer: true }), durationS: optional(probe, 'durationS', (duration) => readNumber(duration, { min: 1, max: 3_600 })) ?? 4 },
    loads, durationsS, warmS,
    drainS: optional(at, 'drainS', (drain) => readNumber(drain, SECONDS)) ?? 12,
  };
}

export function readServer(at: SpecReader, hostCpus: number): ServerSpec {
  return {
    mode: readChoice(member(at, 'mode'), ['loop', 'naive', 'pool', 'cluster']),
    threads: optional(at, 'threads', (threads) => readNumber(threads, { min: 1, max: THREADS_MAX, integer: true })) ?? 1,
    ...given('cpus', optional(at, 'cpus', (cpus) => readCpus(cpus, hostCpus))),
    ...given('shares', optional(at, 'shares', readShares)),
    ...given('quotaUs', optional(at, 'quotaUs', readQuota)),
    ...given('periodUs', optional(at, 'periodUs', readPeriod)),
  };
}

export function readLoadGenerator(at: SpecReader, hostCpus: number): LoadGeneratorSpec {
  return {
    ...given('cpus', optional(at, 'cpus', (cpus) => readCpus(cpus, hostCpus))),
    ...given('spin', optional(at, 'spin', readFlag)),
    ...given('keepAlive', optional(at, 'keepAlive', readFlag)),
    ...given('arrival', optional(at, 'arrival', (arrival) => readChoice(arrival, ['poisson', 'const']))),
  };
}

function readNeighbor(at: SpecReader, hostCpus: number): NeighborSpec {
  return {
    name: readText(member(at, 'name')),
    ...given('cpus', optional(at, 'cpus', (cpus) => readCpus(cpus, hostCpus))),
    ...given('shares', optional(at, 'shares', readShares)),
    ...given('quotaUs', optional(at, 'quotaUs', readQuota)),
    ...given('count', optional(at, 'count', (count) => readNumber(count, { min: 1, max: 1_000, integer: true }))),
  };
}

export const readProbe = (at: SpecReader): Probe => ({
  throughputRps: readNumber(member(at, 'throughputRps'), { min: 0.001, max: 1e7 }),
  cpuPerReqMs: readNumber(member(at, 'cpuPerReqMs'), { min: 0, max: 1e6 }),
  meanWorkMs: readNumber(member(at, 'meanWorkMs'), { min: 0.0001, max: 1e6 }),
});
