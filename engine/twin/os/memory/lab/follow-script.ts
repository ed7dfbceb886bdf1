/**
 * One quantum of a memory program's script: a MiB grown, read or written, or a pause. Returns when the program wants
 * to go on; null when it waits for memory, is dying, or is done.
 */
import { forgetFolios, touchFolio } from '../cgroup/file-cache';
import { releasePages } from '../cgroup/charge';
import { PAGES_PER_MIB } from '../pages';
import { oomStrikes } from './out-of-memory';
import { MEMORY_COST, MEMORY_PROGRAM, READ_FOLIO_MIB, WRITE_FOLIO_MIB } from './program-costs';
import { folioKey, isFileKey, secondsOf, useCpu, type MemoryProcess, type MemoryRun } from './memory-run';
import type { MemoryStep } from './memory-scenario';
import { claim } from './start-process';

export function followScript(run: MemoryRun, process: MemoryProcess): number | null {
  const step = process.spec.steps[process.step];
  if (step === undefined) return null;
  process.wakeUps += 1;
  if (process.done === 0 && process.pass === 0 && process.partPages === 0) beginStep(run, process, step);
  switch (step.op) {
    case 'grow':
      return grow(run, process, step);
    case 'hold':
      return pause(run, process, step.s * 1e6 + MEMORY_COST.endOfHold);
    case 'touch':
      return pause(run, process, MEMORY_COST.touchPerMib * process.heldMib);
    case 'free':
      return free(run, process, step.mb);
    case 'read':
      return readMib(run, process, step);
    case 'write':
      return writeMib(run, process, step);
  }
}

function beginStep(run: MemoryRun, process: MemoryProcess, step: MemoryStep): void {
  process.stepStartUs = run.queue.now;
  process.passStartUs = run.queue.now;
  run.steps.push({ label: process.label, t: secondsOf(run.queue.now), ev: 'begin', i: process.step, op: step.op });
}

/** The step is over at `us`; the next one follows at once. */
function endStep(run: MemoryRun, process: MemoryProcess, us: number): number {
  const step = process.spec.steps[process.step]!;
  run.steps.push({ label: process.label, t: secondsOf(us), ev: 'end', i: process.step, op: step.op, ms: Math.round((us - process.stepStartUs)) / 1_000, heldMb: process.heldMib });
  process.step += 1;
  process.done = 0;
  process.pass = 0;
  return us + MEMORY_COST.betweenSteps;
}

const paced = (startUs: number, n: number, mbPerS: number | undefined) => (mbPerS === undefined || mbPerS <= 0 ? 0 : startUs + (n * 1e6) / mbPerS);

function grow(run: MemoryRun, process: MemoryProcess, step: Extract<MemoryStep, { op: 'grow' }>): number | null {
  if (process.done >= step.mb) return endStep(run, process, run.queue.now);
  const tables = Math.floor((process.anonPages + MEMORY_PROGRAM.bufferPages) / MEMORY_PROGRAM.pagesPerTable) - Math.floor(process.anonPages / MEMORY_PROGRAM.pagesPerTable);
  const wasPart = process.partPages;
  const held = process.anonPages;
  if (wasPart === 0 && !claim(run, process, tables, 'kernelPages')) return null;
  const whole = claim(run, process, MEMORY_PROGRAM.bufferPages - wasPart, 'anonPages');
  process.partPages = wasPart + process.anonPages - held;
  const cost = (MEMORY_COST.faultPerMib * (process.partPages - wasPart)) / MEMORY_PROGRAM.bufferPages;
  useCpu(run, process, cost + (whole ? MEMORY_COST.stepPerMib : 0));
  if (!whole) return null;
  process.partPages = 0;
  process.heldMib += 1;
  process.done += 1;
  const ready = run.queue.now + cost;
  return process.done >= step.mb ? endStep(run, process, ready) : Math.max(ready, paced(process.stepStartUs, process.done, step.mbPerS));
}

function pause(run: MemoryRun, process: MemoryProcess, us: number): number {
  if (process.done === 1) return endStep(run, process, run.queue.now);
  process.done = 1;
  return run.queue.now + us;
}

function free(run: MemoryRun, process: MemoryProcess, mib: number): number {
  const freed = Math.min(mib, process.heldMib);
  const pages = freed * MEMORY_PROGRAM.bufferPages;
  releasePages(run.tree, process.group, pages, 'anonPages');
  process.anonPages -= pages;
  process.heldMib -= freed;
  useCpu(run, process, MEMORY_COST.exitCpuPerMib * freed);
  return endStep(run, process, run.queue.now + MEMORY_COST.freePerMib * freed);
}

function readMib(run: MemoryRun, process: MemoryProcess, step: Extract<MemoryStep, { op: 'read' }>): number | null {
  if (!process.hasReadBuffer) {
    process.hasReadBuffer = true;
    if (!claim(run, process, MEMORY_PROGRAM.readBufferPages, 'anonPages')) return null;
  }
  const size = run.fileMib.get(step.file) ?? 0;
  if (process.done >= size) return endPass(run, process, size, step.times ?? 1);
  const cost = run.foreign.has(step.file) ? { cpuUs: MEMORY_COST.readCachedPerMib, wallUs: MEMORY_COST.readCachedPerMib } : readThrough(run, process, step.file, size);
  if (cost === null) return null;
  useCpu(run, process, cost.cpuUs);
  process.done += 1;
  return Math.max(run.queue.now + cost.wallUs, paced(process.passStartUs, process.done, step.mbPerS));
}

type Cost = { readonly cpuUs: number; readonly wallUs: number };
const once = (us: number): Cost => ({ cpuUs: us, wallUs: us });

/** Reads one MiB through the page cache: a read-ahead window where one begins, else what the window brought. */
function readThrough(run: MemoryRun, process: MemoryProcess, file: string, sizeMib: number): Cost | null {
  const index = Math.floor(process.done / READ_FOLIO_MIB);
  if (process.done % READ_FOLIO_MIB !== 0) return once(MEMORY_COST.readCachedPerMib);
  const mib = Math.min(READ_FOLIO_MIB, sizeMib - index * READ_FOLIO_MIB);
  const reclaimed = run.tree.groups[process.group]!.reclaimedPages;
  const touch = touchFolio(run.tree, process.group, folioKey(run, file, index), mib * PAGES_PER_MIB, { nowUs: run.queue.now, dirty: false });
  if (touch.outOfMemory !== null) {
    oomStrikes(run, process, touch.outOfMemory.id);
    return null;
  }
  if (touch.hit) return once(MEMORY_COST.readCachedPerMib);
  const perMib = run.tree.groups[process.group]!.reclaimedPages > reclaimed ? MEMORY_COST.readRecycledPerMib : MEMORY_COST.readFreshPerMib;
  return { cpuUs: perMib * mib, wallUs: Math.max(perMib, MEMORY_COST.deviceReadPerMib) * mib };
}

function endPass(run: MemoryRun, process: MemoryProcess, mb: number, times: number): number | null {
  if (!claim(run, process, MEMORY_PROGRAM.passPages, 'anonPages')) return null;
  const now = run.queue.now;
  run.steps.push({ label: process.label, t: secondsOf(now), ev: 'pass', i: process.step, k: process.pass, mb, ms: Math.round(now - process.passStartUs) / 1_000 });
  process.pass += 1;
  if (process.pass >= times) return endStep(run, process, now + MEMORY_COST.betweenSteps);
  process.done = 0;
  process.passStartUs = now + MEMORY_COST.betweenSteps;
  return process.passStartUs;
}

function writeMib(run: MemoryRun, process: MemoryProcess, step: Extract<MemoryStep, { op: 'write' }>): number | null {
  if (process.done === 0) forgetFolios(run.tree, isFileKey(run, step.file)); // opening for writing truncates
  if (process.done >= step.mb) return endStep(run, process, run.queue.now);
  const group = run.tree.groups[process.group]!;
  const reclaimed = group.reclaimedPages;
  const touch = touchFolio(run.tree, process.group, folioKey(run, step.file, process.done), WRITE_FOLIO_MIB * PAGES_PER_MIB, { nowUs: run.queue.now, dirty: true });
  if (touch.outOfMemory !== null) {
    oomStrikes(run, process, touch.outOfMemory.id);
    return null;
  }
  const us = group.reclaimedPages > reclaimed ? MEMORY_COST.writeRecycledPerMib : MEMORY_COST.writeFreshPerMib;
  useCpu(run, process, us);
  process.done += 1;
  run.fileMib.set(step.file, process.done);
  run.foreign.delete(step.file);
  const ready = run.queue.now + us;
  return process.done >= step.mb ? endStep(run, process, ready) : Math.max(ready, paced(process.stepStartUs, process.done, step.mbPerS));
}
