/** A memory program starts: its own pages are charged to its group, its files stay in the group's page cache. */
import { chargePages } from '../cgroup/charge';
import { touchFolio } from '../cgroup/file-cache';
import { oomStrikes } from './out-of-memory';
import { MEMORY_COST, MEMORY_PROGRAM } from './program-costs';
import { at, folioKey, MemoryEvent, secondsOf, useCpu, type MemoryProcess, type MemoryRun } from './memory-run';
import type { MemoryProcessSpec } from './memory-scenario';

export const labelOf = (group: string, spec: MemoryProcessSpec, k: number) => `${group}/${spec.label ?? 'mem'}${(spec.count ?? 1) > 1 ? k : ''}`;

export type Birth = { readonly label: string; readonly group: number; readonly spec: MemoryProcessSpec; readonly tries: number; readonly bornUs: number };

/** Adds a process that waits for its go; `ownCachePages` of its files are read into the group's cache. */
export function startProcess(run: MemoryRun, birth: Birth, ownCachePages: number): MemoryProcess {
  const process: MemoryProcess = {
    id: run.processes.length, ...birth, state: 'starting', anonPages: 0, kernelPages: 0, heldMib: 0, partPages: 0, mappedPages: MEMORY_PROGRAM.mappedFilePages,
    step: 0, done: 0, pass: 0, stepStartUs: 0, passStartUs: 0, hasReadBuffer: false, cpuUs: 0, wakeUps: 0, exitCode: null, exitSignal: null,
  };
  run.processes.push(process);
  for (let pages = 0, i = 0; pages < ownCachePages; pages += MEMORY_PROGRAM.ownFolioPages, i += 1)
    touchFolio(run.tree, birth.group, folioKey(run, `own files of ${birth.label}`, i), Math.min(MEMORY_PROGRAM.ownFolioPages, ownCachePages - pages), { nowUs: birth.bornUs, dirty: false });
  if (claim(run, process, MEMORY_PROGRAM.kernelPages, 'kernelPages')) claim(run, process, MEMORY_PROGRAM.anonPages, 'anonPages');
  return process;
}

/** The first processes of a run have started before its clock does. */
export function startedBefore(run: MemoryRun, process: MemoryProcess, readyUs: number): void {
  if (process.state !== 'starting') return;
  run.steps.push({ label: process.label, t: secondsOf(readyUs), ev: 'ready', rss: rssBytes(process) });
  process.state = 'running';
  at(run, MEMORY_COST.goToBegin, MemoryEvent.resume, process.id);
}

/** A program started while the run goes on takes its start-up, then its supervisor says go. */
export function startLate(run: MemoryRun, process: MemoryProcess): void {
  if (process.state !== 'starting') return;
  useCpu(run, process, MEMORY_COST.startCpu);
  at(run, run.queue.now + MEMORY_COST.startWall, MemoryEvent.ready, process.id);
}

export function becomeReady(run: MemoryRun, process: MemoryProcess): void {
  if (process.state !== 'starting') return;
  const now = run.queue.now;
  run.steps.push({ label: process.label, t: secondsOf(now), ev: 'ready', rss: rssBytes(process) });
  run.events.push({ tS: secondsOf(now), action: 'ready', label: process.label });
  process.state = 'running';
  at(run, now + MEMORY_COST.readyToBegin, MemoryEvent.resume, process.id);
}

const PAGE = 4_096;
const rssBytes = (process: MemoryProcess) => (process.anonPages + process.mappedPages) * PAGE;

/** Charges pages to a process; false when it must wait or die. */
export function claim(run: MemoryRun, process: MemoryProcess, pages: number, kind: 'anonPages' | 'kernelPages'): boolean {
  const result = chargePages(run.tree, process.group, pages, kind);
  process[kind] += result.pages;
  if (result.outOfMemory === null) return true;
  oomStrikes(run, process, result.outOfMemory.id);
  return false;
}
