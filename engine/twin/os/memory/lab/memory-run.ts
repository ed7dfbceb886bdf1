/** State of one memory experiment in the making. */
import { eventQueue, schedule, timeUs, type EventQueue } from '@/engine/kernel';
import { addMemoryGroup, memoryTree, upward, type MemoryTree } from '../cgroup/memory-group';
import { limitPages, MIB, UNLIMITED_PAGES } from '../pages';
import type { MemoryLabHappening, MemoryProcessSpec, MemoryScenario, MemoryStepReport } from './memory-scenario';

export const MemoryEvent = { resume: 1, exit: 2, start: 3, ready: 4, change: 5, sample: 6 } as const;

export type MemoryProcess = {
  readonly id: number;
  readonly label: string;
  readonly group: number;
  readonly spec: MemoryProcessSpec;
  readonly tries: number;
  readonly bornUs: number;
  /** `stuck`: waits for memory; `dying`: killed, not gone yet. */
  state: 'starting' | 'running' | 'stuck' | 'dying' | 'gone';
  anonPages: number;
  kernelPages: number;
  heldMib: number;
  /** Pages of the MiB in the making that are charged already. */
  partPages: number;
  mappedPages: number;
  step: number;
  done: number;
  pass: number;
  stepStartUs: number;
  passStartUs: number;
  hasReadBuffer: boolean;
  cpuUs: number;
  wakeUps: number;
  exitCode: number | null;
  exitSignal: string | null;
};

export type CpuMark = { readonly groups: readonly number[]; readonly tasks: ReadonlyMap<number, { readonly cpuUs: number; readonly wakeUps: number }> };

export type MemoryRun = {
  readonly scenario: MemoryScenario;
  readonly tree: MemoryTree;
  readonly queue: EventQueue;
  readonly version: 'v1' | 'v2';
  readonly groupIds: ReadonlyMap<string, number>;
  readonly fileIds: Map<string, number>;
  readonly fileMib: Map<string, number>;
  /** Files that stand in somebody else's cache. */
  readonly foreign: Set<string>;
  processes: MemoryProcess[];
  groupCpuUs: number[];
  maxPages: number[];
  events: MemoryLabHappening[];
  steps: MemoryStepReport[];
  stopping: boolean;
};

export function memoryRun(scenario: MemoryScenario, version: 'v1' | 'v2'): MemoryRun {
  const tree = memoryTree();
  const groupIds = new Map<string, number>();
  for (const group of scenario.groups) {
    const parent = group.name.includes('/') ? groupIds.get(group.name.slice(0, group.name.lastIndexOf('/'))) : undefined;
    groupIds.set(group.name, addMemoryGroup(tree, { name: group.name, ...(parent === undefined ? {} : { parent }), limitPages: group.memLimitMb === undefined ? UNLIMITED_PAGES : limitPages(group.memLimitMb * MIB), oomDisabled: group.oomDisable ?? false }));
  }
  return {
    scenario, tree, version, queue: eventQueue(), groupIds,
    fileIds: new Map(scenario.files.map(({ file }, i) => [file, i + 1])),
    fileMib: new Map(scenario.files.map(({ file, mb }) => [file, mb])),
    foreign: new Set(scenario.dropCaches ? [] : scenario.files.map(({ file }) => file)),
    processes: [], groupCpuUs: tree.groups.map(() => 0), maxPages: tree.groups.map(() => 0), events: [], steps: [], stopping: false,
  };
}

export const at = (run: MemoryRun, us: number, kind: number, subject: number, detail = 0) => schedule(run.queue, timeUs(Math.max(run.queue.now, us)), kind, subject, detail);
export const secondsOf = (us: number) => Math.round(us / 100) / 10_000;

export function useCpu(run: MemoryRun, process: MemoryProcess, us: number): void {
  process.cpuUs += us;
  for (const { id } of upward(run.tree, process.group)) run.groupCpuUs[id] = run.groupCpuUs[id]! + us;
}

/** Key of a folio: file and position. */
const FOLIOS_PER_FILE_MAX = 10_000_000;
export function folioKey(run: MemoryRun, file: string, index: number): number {
  let id = run.fileIds.get(file);
  if (id === undefined) {
    id = run.fileIds.size + 1;
    run.fileIds.set(file, id);
  }
  return id * FOLIOS_PER_FILE_MAX + index;
}
export const isFileKey = (run: MemoryRun, file: string) => (key: number) => Math.floor(key / FOLIOS_PER_FILE_MAX) === run.fileIds.get(file);
