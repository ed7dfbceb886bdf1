/**
 * Pressure of one group (or the system): per CPU, how long each state held since the last sample; the CPUs are
 * weighted by how long they were not idle, in whole jiffies, as `collect_percpu_times` does.
 */
import { noPressure, pressurePeriodNs, samplePressure, type PressureAverages } from './pressure-averages';
import { STALLS, stallStates, type Stall, type StallStates, type TaskCounts } from './task-states';

const NS_PER_US = 1_000;

export type PressureGroup = {
  readonly hz: number;
  nextSampleNs: number;
  lastSampleNs: number;
  readonly pressures: Record<Stall, PressureAverages>;
  /** By CPU: the states that hold, since when, and times not collected yet. */
  readonly cpus: { states: StallStates; sinceNs: number; timesNs: Record<Stall | 'nonIdle', number> }[];
};

const IDLE: TaskCounts = { running: 0, onCpu: 0, ioWait: 0, memoryStall: 0, memoryStallRunning: 0 };
const noTimes = (): Record<Stall | 'nonIdle', number> => ({ cpuSome: 0, cpuFull: 0, memorySome: 0, memoryFull: 0, ioSome: 0, ioFull: 0, nonIdle: 0 });

/** A group whose clock begins at `nowUs`. */
export function pressureGroup(cpus: number, hz: number, nowUs: number): PressureGroup {
  const nowNs = nowUs * NS_PER_US;
  return {
    hz,
    nextSampleNs: nowNs + pressurePeriodNs(hz),
    lastSampleNs: nowNs,
    pressures: { cpuSome: noPressure(), cpuFull: noPressure(), memorySome: noPressure(), memoryFull: noPressure(), ioSome: noPressure(), ioFull: noPressure() },
    cpus: Array.from({ length: cpus }, () => ({ states: stallStates(IDLE), sinceNs: nowNs, timesNs: noTimes() })),
  };
}

/** The tasks of a CPU do something else from `nowUs` on. Samples that were due are taken first. */
export function changeTasks(group: PressureGroup, cpu: number, nowUs: number, counts: TaskCounts): void {
  updatePressure(group, nowUs);
  recordTimes(group, cpu, nowUs * NS_PER_US);
  group.cpus[cpu]!.states = stallStates(counts);
}

/** Takes every sample that is due at `nowUs`, in the order in which they were due. */
export function updatePressure(group: PressureGroup, nowUs: number): void {
  while (nowUs * NS_PER_US >= group.nextSampleNs) sampleAt(group, group.nextSampleNs);
}

/** A sample taken at `nowNs`, perhaps late: whole periods that passed without one count as empty. */
export function sampleAt(group: PressureGroup, nowNs: number): void {
  collect(group, nowNs);
  const period = pressurePeriodNs(group.hz);
  const missed = nowNs - group.nextSampleNs >= period ? Math.floor((nowNs - group.nextSampleNs) / period) : 0;
  group.nextSampleNs += (1 + missed) * period;
  const lengthNs = nowNs - (group.lastSampleNs + missed * period);
  group.lastSampleNs = nowNs;
  for (const stall of STALLS) samplePressure(group.pressures[stall], lengthNs, missed);
}

function recordTimes(group: PressureGroup, cpu: number, nowNs: number): void {
  const { states, timesNs, sinceNs } = group.cpus[cpu]!;
  const elapsed = nowNs - sinceNs;
  group.cpus[cpu]!.sinceNs = nowNs;
  if (!states.nonIdle) return;
  timesNs.nonIdle += elapsed;
  for (const stall of STALLS) if (states[stall]) timesNs[stall] += elapsed;
}

function collect(group: PressureGroup, nowNs: number): void {
  const jiffyNs = 1_000_000_000 / group.hz;
  let weights = 0;
  const sums = noTimes();
  group.cpus.forEach((cpu, id) => {
    recordTimes(group, id, nowNs);
    const weight = Math.floor(cpu.timesNs.nonIdle / jiffyNs);
    weights += weight;
    for (const stall of STALLS) sums[stall] += cpu.timesNs[stall] * weight;
    cpu.timesNs = noTimes();
  });
  for (const stall of STALLS) group.pressures[stall].totalNs += Math.floor(sums[stall] / Math.max(1, weights));
}
