/** Reads experiments A and B: processes in control groups, with changes while they run. */
import { has, member, note, optional, readChoice, readList, readNumber, readText, type SpecReader } from '../../spec-reader';
import type { CpuLabScenario, DutySpec, LabEvent, LabGroup, LabProcess } from '../cpu/lab';
import { DURATION_S, given, readControlFiles, readCpus, readPeriod, readQuota, readRestart, readShares, readWork, SECONDS } from './lab-fields';

const PROCESSES_MAX = 1_000;

export function readCpuScenario(at: SpecReader, hostCpus: number): CpuLabScenario {
  const durationS = readNumber(member(at, 'durationS'), DURATION_S);
  const groups = readList(member(at, 'groups'), (group) => readGroup(group, hostCpus), { min: 1, max: 500 });
  groups.forEach(({ name }, i) => {
    const parent = name.slice(0, Math.max(0, name.lastIndexOf('/')));
    if (parent !== '' && !groups.slice(0, i).some((group) => group.name === parent)) note(member(at, 'groups'), 'unknown-name', `no group "${parent}" is listed before "${name}"`, 'list the parent first');
  });
  return {
    durationS, groups,
    ...given('warmS', optional(at, 'warmS', (warm) => readNumber(warm, { min: 0, max: durationS }))),
    ...given('sampleHz', optional(at, 'sampleHz', (hz) => readNumber(hz, { min: 0.01, max: 1_000 }))),
    ...given('ctlCpus', optional(at, 'ctlCpus', (cpus) => readCpus(cpus, hostCpus))),
    ...(at.value !== null && has(at, 'quotaCols') ? { quotaCols: true } : {}),
    events: readList(member(at, 'events'), (event) => readEvent(event, hostCpus)),
  };
}

function readGroup(at: SpecReader, hostCpus: number): LabGroup {
  const periodUs = optional(at, 'periodUs', readPeriod);
  const quotaUs = optional(at, 'quotaUs', readQuota);
  return {
    name: readText(member(at, 'name')),
    ...given('cpus', optional(at, 'cpus', (cpus) => readCpus(cpus, hostCpus))),
    ...given('shares', optional(at, 'shares', readShares)),
    ...given('idle', optional(at, 'idle', (idle) => readNumber(idle, { min: 0, max: 1 }))),
    ...given('quotaUs', quotaUs),
    ...given('periodUs', periodUs),
    ...given('burstUs', optional(at, 'burstUs', (burst) => readNumber(burst, { min: 0, max: quotaUs ?? 1e9 }))),
    ...given('set', optional(at, 'set', (files) => readControlFiles(files, (value, file) => readFileValue(value, file, hostCpus)))),
    procs: readList(member(at, 'procs'), readProcess),
  };
}

function readFileValue(at: SpecReader, file: string, hostCpus: number): number | string {
  if (file === 'cpuset/cpuset.cpus') return readCpus(at, hostCpus);
  return typeof at.value === 'string' ? readText(at) : readNumber(at);
}

function readProcess(at: SpecReader): LabProcess {
  return {
    kind: readChoice(member(at, 'kind'), ['busy', 'duty']),
    ...given('label', optional(at, 'label', readText)),
    ...given('count', optional(at, 'count', (count) => readNumber(count, { min: 1, max: PROCESSES_MAX, integer: true }))),
    ...given('nice', optional(at, 'nice', (nice) => readNumber(nice, { min: -20, max: 19, integer: true }))),
    ...given('seed', optional(at, 'seed', (seed) => readNumber(seed, { integer: true }))),
    ...given('duty', optional(at, 'duty', readDuty)),
    ...given('restart', optional(at, 'restart', readRestart)),
  };
}

const readDuty = (at: SpecReader): DutySpec => ({
  arrival: readChoice(member(at, 'arrival'), ['periodic', 'poisson']),
  periodMs: readNumber(member(at, 'periodMs'), { min: 0.01, max: 3_600_000 }),
  work: readWork(member(at, 'work')),
});

function readEvent(at: SpecReader, hostCpus: number): LabEvent {
  const value = member(at, 'value');
  const file = optional(at, 'file', readText);
  return {
    tS: readNumber(member(at, 'tS'), SECONDS),
    action: readChoice(member(at, 'action'), ['set', 'spawn', 'kill', 'move']),
    ...given('file', file),
    ...given('group', optional(at, 'group', readText)),
    ...given('label', optional(at, 'label', readText)),
    ...given('to', optional(at, 'to', readText)),
    ...given('signal', optional(at, 'signal', readText)),
    ...given('proc', optional(at, 'proc', readProcess)),
    ...(has(at, 'value') ? { value: readFileValue(value, file ?? '', hostCpus) } : {}),
  };
}
