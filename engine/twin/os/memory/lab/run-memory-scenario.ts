/**
 * Runs a memory experiment: programs grow, read, write and free by their scripts under the limits of their groups, the
 * OOM killer and supervisors do their part, and what comes out is the summary a recording of the same experiment has.
 * Deterministic: at this scale a host differs from run to run only in what its page cache held before.
 */
import { invariant, takeEvent, takenEvent, type TakenEvent } from '@/engine/kernel';
import { restartDelayS } from '../../process';
import { changeRun, setFile } from './change-run';
import { endProcess, finishProcess } from './end-process';
import { followScript } from './follow-script';
import { at, MemoryEvent, memoryRun, secondsOf, type CpuMark, type MemoryRun } from './memory-run';
import { isAlive, killProcess } from './out-of-memory';
import { MEMORY_COST, MEMORY_PROGRAM } from './program-costs';
import { summarizeRun } from './summarize-run';
import { becomeReady, labelOf, startedBefore, startLate, startProcess } from './start-process';
import type { MemoryRunReport, MemoryScenario } from './memory-scenario';

const EVENTS_MAX = 20_000_000;

export function runMemoryScenario(scenario: MemoryScenario, version: 'v1' | 'v2' = 'v1'): MemoryRunReport {
  const run = memoryRun(scenario, version);
  startAll(run);
  scenario.events.forEach((event, i) => at(run, event.tS * 1e6, MemoryEvent.change, i));
  at(run, 0, MemoryEvent.sample, 0);
  advance(run, scenario.warmS * 1e6);
  const before = markCpu(run);
  advance(run, scenario.durationS * 1e6);
  const after = markCpu(run);
  run.stopping = true;
  const failcnt = run.tree.groups.map((group) => group.failcnt);
  const kills = run.tree.groups.map((group) => group.oomKills);
  for (const process of run.processes.filter(isAlive)) killProcess(run, process, 'SIGKILL');
  advance(run, scenario.durationS * 1e6 + 60e6);
  return summarizeRun(run, { before, after, failcnt, kills });
}

function startAll(run: MemoryRun): void {
  const cache = run.scenario.dropCaches ? MEMORY_PROGRAM.ownCachePagesCold : MEMORY_PROGRAM.ownCachePagesWarm;
  for (const { name, set = {} } of run.scenario.groups) for (const [file, value] of Object.entries(set)) setFile(run, name, file, value);
  for (const group of run.scenario.groups)
    for (const spec of group.procs)
      for (let k = 0; k < (spec.count ?? 1); k += 1)
        startedBefore(run, startProcess(run, { label: labelOf(group.name, spec, k), group: run.groupIds.get(group.name)!, spec, tries: 0, bornUs: 0 }, cache), MEMORY_COST.startWall);
}

const taken: TakenEvent = takenEvent();

function advance(run: MemoryRun, untilUs: number): void {
  for (let count = 0; run.queue.length > 0 && run.queue.times[0]! <= untilUs; count += 1) {
    invariant(count < EVENTS_MAX, `a memory experiment takes at most ${EVENTS_MAX} events`);
    takeEvent(run.queue, taken);
    handle(run, taken.kind, taken.subject, taken.detail);
  }
}

function handle(run: MemoryRun, kind: number, subject: number, detail: number): void {
  const process = run.processes[subject];
  if (kind === MemoryEvent.sample) return sample(run, subject);
  if (kind === MemoryEvent.change) return run.stopping ? undefined : changeRun(run, run.scenario.events[subject]!);
  if (process === undefined) return;
  if (kind === MemoryEvent.exit) endProcess(run, process);
  else if (kind === MemoryEvent.start) restart(run, subject, detail);
  else if (kind === MemoryEvent.ready) becomeReady(run, process);
  else resume(run, subject);
}

function resume(run: MemoryRun, id: number): void {
  const process = run.processes[id]!;
  if (process.state !== 'running' || process.exitCode !== null) return;
  if (process.step >= process.spec.steps.length) return finishProcess(run, process);
  const next = followScript(run, process);
  if (next !== null) at(run, next, MemoryEvent.resume, id);
}

function restart(run: MemoryRun, id: number, tries: number): void {
  if (run.stopping) return;
  const { label, group, spec } = run.processes[id]!;
  run.events.push({ tS: secondsOf(run.queue.now), action: 'restart', label, try: tries, waitedS: restartDelayS(spec.restart!, tries)! });
  startLate(run, startProcess(run, { label, group, spec, tries, bornUs: run.queue.now }, MEMORY_PROGRAM.ownCachePagesRestart));
}

/** The laboratory reads the groups at a fixed rate; what happens between two readings it does not see. */
function sample(run: MemoryRun, n: number): void {
  if (run.stopping) return;
  run.tree.groups.forEach((group, i) => {
    run.maxPages[i] = Math.max(run.maxPages[i]!, group.chargedPages);
  });
  at(run, ((n + 1) * 1e6) / run.scenario.sampleHz, MemoryEvent.sample, n + 1);
}

const markCpu = (run: MemoryRun): CpuMark => ({ groups: [...run.groupCpuUs], tasks: new Map(run.processes.filter(isAlive).map(({ id, cpuUs, wakeUps }) => [id, { cpuUs, wakeUps }])) });
