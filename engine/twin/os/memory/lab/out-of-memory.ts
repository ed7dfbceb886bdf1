/** Out of memory in an experiment: the victim gets SIGKILL and takes its time to go; who waits tries again when there is room. */
import { subtree } from '../cgroup/memory-group';
import { chooseVictims } from '../oom/choose-victims';
import type { OomTask } from '../oom/oom-points';
import { mibOf } from '../pages';
import { MEMORY_COST, MEMORY_PROGRAM } from './program-costs';
import { at, MemoryEvent, type MemoryProcess, type MemoryRun } from './memory-run';

export function oomStrikes(run: MemoryRun, process: MemoryProcess, full: number): void {
  if (process.state === 'dying') return;
  process.state = 'stuck';
  const below = new Set(subtree(run.tree, full).map(({ id }) => id));
  if (run.processes.some((other) => other.state === 'dying' && below.has(other.group))) return; // its memory is on the way
  const verdict = chooseVictims(run.tree, full, run.processes.filter(isAlive).map(oomTask), run.tree.groups[full]!.limitPages);
  if (verdict.verdict !== 'kill') return;
  for (const { id } of verdict.victims) killProcess(run, run.processes[id]!, 'SIGKILL');
}

export const isAlive = ({ state }: MemoryProcess) => state !== 'gone' && state !== 'dying';

/** Lowering a score takes CAP_SYS_RESOURCE, which the laboratory's programs do not have: the kernel refuses, they start all the same. */
const oomTask = (process: MemoryProcess): OomTask => ({
  id: process.id, group: process.group, rssPages: process.anonPages + process.mappedPages, swapPages: 0, pageTablePages: Math.ceil(process.anonPages / MEMORY_PROGRAM.pagesPerTable), oomScoreAdj: Math.max(0, process.spec.oomScoreAdj ?? 0),
});

/** Tearing an address space down takes longer the more there is of it. */
export function killProcess(run: MemoryRun, process: MemoryProcess, signal: string): void {
  if (!isAlive(process)) return;
  process.state = 'dying';
  process.exitSignal = signal;
  at(run, run.queue.now + MEMORY_COST.killFixed + MEMORY_COST.killPerMib * mibOf(process.anonPages), MemoryEvent.exit, process.id);
}

/** Processes that waited for memory try again. */
export function wakeStuck(run: MemoryRun): void {
  for (const process of run.processes) {
    if (process.state !== 'stuck') continue;
    process.state = 'running';
    at(run, run.queue.now, MemoryEvent.resume, process.id);
  }
}
