/** A process is gone: its pages go back to its group, its supervisor starts it again after its delay. */
import { restartDelayS } from '../../process';
import { releasePages } from '../cgroup/charge';
import { mibOf } from '../pages';
import { wakeStuck } from './out-of-memory';
import { MEMORY_COST } from './program-costs';
import { at, MemoryEvent, secondsOf, useCpu, type MemoryProcess, type MemoryRun } from './memory-run';

export function endProcess(run: MemoryRun, process: MemoryProcess): void {
  if (process.state === 'gone') return;
  const now = run.queue.now;
  process.state = 'gone';
  useCpu(run, process, MEMORY_COST.exitCpuPerMib * mibOf(process.anonPages));
  releasePages(run.tree, process.group, process.anonPages, 'anonPages');
  releasePages(run.tree, process.group, process.kernelPages, 'kernelPages');
  process.anonPages = 0;
  process.kernelPages = 0;
  run.events.push({ tS: secondsOf(now), action: 'exit', label: process.label, code: process.exitCode, signal: process.exitSignal });
  wakeStuck(run);
  const { restart } = process.spec;
  if (restart === undefined || run.stopping) return;
  const tries = process.tries + 1;
  const delayS = restartDelayS(restart, tries);
  if (delayS !== undefined) at(run, now + delayS * 1e6, MemoryEvent.start, process.id, tries);
}

/** The script is over: the program says so and exits, slower the more it holds. */
export function finishProcess(run: MemoryRun, process: MemoryProcess): void {
  run.steps.push({ label: process.label, t: secondsOf(run.queue.now), ev: 'done' });
  process.exitCode = 0;
  at(run, run.queue.now + MEMORY_COST.exitFixed + MEMORY_COST.exitPerMib * mibOf(process.anonPages), MemoryEvent.exit, process.id);
}
