/**
 * A start-up experiment: a program under each condition, as often as the laboratory starts it, from the program's own profile alone. Where
 * the CPU's ticks and the quota's periods stand when it begins is drawn from the seed, as nobody chooses it on a real host either.
 */
import { nextBelow, nextUnit, randomStream, sampleQuantile, type Random } from '@/engine/kernel';
import { coldStart } from './cold-cache';
import { joinWaitMs, type LaunchState } from './launch';
import { simulateStart, type StartResult } from './simulate-start';
import type { Recovery, StartUpCondition, StartUpReport, StartUpRun, StartUpScenario, StartUpSummary } from './start-up-condition';
import type { StartUpProgram } from './start-up-program';

const REPS = 10;
/** The laboratory's `nodeWarm` fills its caches for so long unless told otherwise. */
const NODE_WARM_UP_MS = 800;
const warmUpMs = (scenario: StartUpScenario) => scenario.warmUpMs ?? (scenario.program === 'nodeWarm' ? NODE_WARM_UP_MS : 0);
const SEED_BOUND = 2 ** 31;
/** The golden ratio's fraction: few starts meet early and late moments alike (a low-discrepancy sequence). */
const SPREAD = 0.618_033_988_749_895;

type Chance = { readonly random: Random; readonly u: number };

export function runStartUp(scenario: StartUpScenario, program: StartUpProgram, seed: number): readonly StartUpReport[] {
  return scenario.conditions.map((condition) => {
    const random = randomStream(seed, `start-up ${program.program} ${condition.name}`);
    const offset = nextUnit(random);
    const runs = Array.from({ length: condition.reps ?? REPS }, (_, i) => startOnce(scenario, program, condition, { random, u: (offset + i * SPREAD) % 1 }));
    return { ...condition, summary: summarize(runs), runs };
  });
}

function startOnce(scenario: StartUpScenario, program: StartUpProgram, condition: StartUpCondition, chance: Chance): StartUpRun {
  const before: LaunchState = (condition.hogs ?? 0) > 0 ? 'rested-beside-busy' : condition.cold === true ? 'rested' : program.prepared;
  const first = start(scenario, program, condition, before, chance, condition.cold === true, false);
  const run = { ...(first.listenMs === null ? {} : { listenMs: round(first.listenMs) }), readyMs: round(first.readyMs), cpuMs: round(first.cpuMs), memMb: program.memoryMib + (condition.cold === true ? program.coldMib : 0) };
  if (condition.recover === undefined) return run;
  const detectMs = detectionMs(condition.recover, program);
  const again = start(scenario, program, condition, (condition.hogs ?? 0) > 0 ? 'rested-beside-busy' : 'rested', chance, false, true);
  return { ...run, detectMs: round(detectMs), restartReadyMs: round(again.readyMs), mttrMs: round(detectMs + condition.recover.delayS * 1_000 + again.readyMs) };
}

function start(scenario: StartUpScenario, program: StartUpProgram, condition: StartUpCondition, state: LaunchState, { random, u }: Chance, cold: boolean, unclean: boolean): StartResult {
  const files = cold ? coldStart(program) : { pauseMs: 0, cpuMs: 0, bursts: 0 };
  return simulateStart({
    cpus: scenario.cpus, hostCpus: scenario.hostCpus, seed: nextBelow(random, SEED_BOUND), hogs: condition.hogs ?? 0, quotaUs: condition.quotaUs ?? null, periodUs: condition.periodUs ?? 100_000,
    joinMs: joinWaitMs(state, u), bursts: program.bursts + files.bursts + (unclean && program.recoveryPauseMs > 0 ? 1 : 0),
    listenCpuMs: program.listenCpuMs + files.cpuMs + (unclean ? program.recoveryCpuMs : 0), pauseMs: program.pauseMs + files.pauseMs + (unclean ? program.recoveryPauseMs : 0),
    listens: program.listens, warmUpCpuMs: program.warmUpCpuMs + warmUpMs(scenario), answerCpuMs: program.answerCpuMs, answerMs: program.answerMs,
  });
}

/**
 * How long until a kill is noticed. An exit is heard of at once. Probes stand on a grid that begins with the kill; the first and the
 * second fall together, because the laboratory's timer fires a fraction before the grid and then again on it.
 */
export function detectionMs(recovery: Recovery, program: StartUpProgram): number {
  return recovery.detect === 'exit' ? program.exitMs : Math.max(0, (recovery.failures ?? 3) - 1) * (recovery.probeMs ?? 1_000) + 1;
}

function summarize(runs: readonly StartUpRun[]): StartUpSummary {
  const of = (read: (run: StartUpRun) => number | undefined) => runs.map(read).filter((value) => value !== undefined);
  const median = (values: readonly number[]) => round(nearestRank(values, 0.5));
  const ready = of(({ readyMs }) => readyMs);
  const base = { n: runs.length, readyMedianMs: median(ready), readyMeanMs: round(ready.reduce((sum, ms) => sum + ms, 0) / ready.length), readyP90Ms: round(nearestRank(ready, 0.9)), cpuMedianMs: median(of(({ cpuMs }) => cpuMs)) };
  const detect = of(({ detectMs }) => detectMs);
  return detect.length === 0 ? base : { ...base, detectMedianMs: median(detect), mttrMedianMs: median(of(({ mttrMs }) => mttrMs)) };
}

/** The laboratory's quantile: an order statistic, not an interpolation. */
function nearestRank(values: readonly number[], q: number): number {
  const rank = Math.max(1, Math.ceil(q * values.length));
  return values.length === 1 ? values[0]! : sampleQuantile(values, (rank - 1) / (values.length - 1));
}

const round = (ms: number) => Math.round(ms * 100) / 100;
