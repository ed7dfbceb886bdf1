/** What the experiment changes while it runs: a limit, the OOM killer's switch, a program more, a program killed. */
import { reclaim } from '../cgroup/reclaim';
import { setMemoryLimit } from '../cgroup/set-limit';
import { limitPages } from '../pages';
import { isAlive, killProcess, oomStrikes, wakeStuck } from './out-of-memory';
import { MEMORY_PROGRAM } from './program-costs';
import { secondsOf, type MemoryRun } from './memory-run';
import type { MemoryLabEvent } from './memory-scenario';
import { labelOf, startLate, startProcess } from './start-process';

export function changeRun(run: MemoryRun, event: MemoryLabEvent): void {
  const tS = secondsOf(run.queue.now);
  if (event.action === 'set') {
    const error = setFile(run, event.group, event.file, event.value);
    run.events.push({ tS, action: 'set', group: event.group, file: event.file, value: event.value, planS: event.tS, error });
  } else if (event.action === 'kill') {
    for (const process of run.processes.filter((each) => isAlive(each) && each.label.startsWith(event.label))) killProcess(run, process, event.signal ?? 'SIGKILL');
    run.events.push({ tS, action: 'kill', label: event.label, signal: event.signal ?? 'SIGKILL', planS: event.tS });
  } else {
    const group = run.groupIds.get(event.group);
    if (group === undefined) return;
    startLate(run, startProcess(run, { label: labelOf(event.group, event.proc, 0), group, spec: event.proc, tries: 0, bornUs: run.queue.now }, MEMORY_PROGRAM.ownCachePagesRestart));
    run.events.push({ tS, action: 'spawn', group: event.group, planS: event.tS });
  }
}

/** Writes a control file; the errno name, or null. */
export function setFile(run: MemoryRun, groupName: string, file: string, value: number): string | null {
  const id = run.groupIds.get(groupName);
  if (id === undefined) return 'ENOENT';
  const group = run.tree.groups[id]!;
  const name = file.slice(file.lastIndexOf('/') + 1);
  if (name === 'memory.limit_in_bytes' || name === 'memory.max') {
    const result = setMemoryLimit(run.tree, id, limitPages(value), name === 'memory.max' ? 'v2' : 'v1');
    if (result === 'busy') return 'EBUSY';
    if (result === 'over') for (const process of run.processes.filter((each) => isAlive(each) && each.group === id).slice(0, 1)) oomStrikes(run, process, id);
    wakeStuck(run);
  } else if (name === 'memory.oom_control') {
    group.oomDisabled = value === 1;
    wakeStuck(run);
  } else if (name === 'memory.force_empty' || name === 'memory.reclaim') while (reclaim(run.tree, id, name === 'memory.reclaim' ? limitPages(value) : Infinity) > 0 && name === 'memory.force_empty');
  return null;
}
