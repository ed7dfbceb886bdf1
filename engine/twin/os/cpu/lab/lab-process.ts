/** A process of a scenario: a loop that never sleeps, or a Node process that serves items first come first served. */
import { nextUnit } from '@/engine/kernel';
import { addCpuTask, callAt, endCpuTask, giveWork } from '../exact';
import { restartDelayS } from '../../process';
import type { LabItem, LabProcess } from './cpu-lab-scenario';
import { arrivalSeed, drawItems } from './lab-arrivals';
import { LabCall, type LabRunState } from './lab-run-state';
import { RECORDING_HOST } from './recording-host';

export type LabProcessState = {
  readonly id: number;
  readonly label: string;
  readonly group: string;
  readonly spec: LabProcess;
  /** Its number among those of its spec, and how often it was started again. */
  readonly k: number;
  readonly tries: number;
  readonly nice: number;
  readonly kind: 'busy' | 'duty';
  readonly task: number;
  phase: 'starting' | 'ready' | 'waiting' | 'serving' | 'ending' | 'ended';
  readonly items: readonly LabItem[];
  readonly planned: number;
  /** When its items count from; NaN until it is told to go. */
  originUs: number;
  /** The item being served or waited for. */
  next: number;
  readonly latenciesUs: number[];
};

export type LabSpawn = { readonly group: string; readonly spec: LabProcess; readonly k: number; readonly items: readonly LabItem[]; readonly tries: number };

/** `name/label` with the process's number when the scenario starts several of it. */
export const labelOf = (group: string, spec: LabProcess, k: number) => `${group}/${spec.label ?? spec.kind}${(spec.count ?? 1) > 1 ? k : ''}`;

/** The items that a process draws for itself. */
export const drawnItems = ({ scenario, rep }: Pick<LabRunState, 'scenario' | 'rep'>, { duty, seed }: LabProcess, k: number) => (duty === undefined ? [] : drawItems(duty, scenario.durationS, arrivalSeed(seed, rep, k)));

export function spawnProcess(run: LabRunState, { group, spec, k, items, tries }: LabSpawn): void {
  const id = run.processes.length;
  const kind = spec.kind === 'duty' ? 'duty' : 'busy';
  const nice = spec.nice ?? 0;
  const task = addCpuTask(run.lab.host, { name: labelOf(group, spec, k), group: run.lab.groups.get(group), nice });
  run.processes.push({ id, label: labelOf(group, spec, k), group, spec, k, tries, nice, kind, task, phase: 'starting', items, planned: items.length, originUs: NaN, next: 0, latenciesUs: [] });
  const startUs = RECORDING_HOST.runtimeStartUs + Math.round((nextUnit(run.lab.random) + nextUnit(run.lab.random)) * RECORDING_HOST.runtimeStartSpreadUs);
  giveWork(run.lab.host, task, kind === 'busy' ? Infinity : startUs);
}

/** It is gone; a supervisor starts it again after a while. */
export function processEnded(run: LabRunState, process: LabProcessState, how: { readonly code: number | null; readonly signal: string | null }): void {
  const { host } = run.lab;
  process.phase = 'ended';
  endCpuTask(host, process.task);
  run.events.push({ tS: (host.nowUs - run.startUs) / 1e6, action: 'exit', label: process.label, ...how });
  const { restart } = process.spec;
  const delayS = restart === undefined ? undefined : restartDelayS(restart, process.tries + 1);
  if (delayS !== undefined) callAt(host, host.nowUs + delayS * 1e6, LabCall.restart, process.id);
}

/** Its supervisor starts it again, unless the experiment is over. */
export function restartProcess(run: LabRunState, { label, group, spec, k, tries }: LabProcessState): void {
  if (run.lab.host.nowUs > run.endUs) return;
  run.events.push({ tS: (run.lab.host.nowUs - run.startUs) / 1e6, action: 'restart', label });
  spawnProcess(run, { group, spec, k, items: drawnItems(run, spec, k), tries: tries + 1 });
}

/** The laboratory has heard that a process is ready; one that came late begins at once. */
export function processReady(run: LabRunState, process: LabProcessState): void {
  if (process.phase !== 'ready' || !Number.isNaN(process.originUs)) return;
  process.originUs = run.lab.host.nowUs + RECORDING_HOST.goHeardUs;
  serveNext(run, process);
}

/** The process's task has done what it had to do. */
export function processDone(run: LabRunState, process: LabProcessState): void {
  const { host } = run.lab;
  if (process.phase === 'starting') {
    process.phase = 'ready';
    callAt(host, host.nowUs + RECORDING_HOST.readyHeardUs, LabCall.ready, process.id);
  } else if (process.phase === 'serving') {
    process.latenciesUs.push(host.nowUs - dueUs(process));
    process.next += 1;
    serveNext(run, process);
  } else if (process.phase === 'ending') {
    processEnded(run, process, { code: 0, signal: null });
  }
}

const dueUs = ({ originUs, items, next }: LabProcessState) => originUs + items[next]!.arriveUs;

/** Serves the next item at once if it is due already, waits for it otherwise; after the last one the process ends. */
export function serveNext(run: LabRunState, process: LabProcessState): void {
  const { host } = run.lab;
  if (process.next >= process.items.length || host.nowUs > run.endUs) return endProcess(run, process);
  const due = dueUs(process);
  if (due <= host.nowUs) return startItem(run, process, 0);
  process.phase = 'waiting';
  callAt(host, due, LabCall.due, process.id);
}

/** The item's time has come: the sleeper is woken after its timer's slack, later when its CPU sleeps too. */
export function itemDue(run: LabRunState, process: LabProcessState): void {
  const { host } = run.lab;
  if (process.phase !== 'waiting') return;
  const idle = host.cpus[host.tasks[process.task]!.cpu]!.task < 0;
  callAt(host, host.nowUs + (idle ? RECORDING_HOST.wakeIdleUs : RECORDING_HOST.wakeBusyUs), LabCall.start, process.id);
}

/** `overheadUs`: CPU of waking up for it. */
export function startItem(run: LabRunState, process: LabProcessState, overheadUs: number): void {
  if (process.phase === 'ended') return;
  if (run.lab.host.nowUs > run.endUs) return endProcess(run, process);
  process.phase = 'serving';
  const warmUp = RECORDING_HOST.warmUpUs[process.next] ?? 0;
  giveWork(run.lab.host, process.task, Math.max(1, Math.round(process.items[process.next]!.workUs * run.workScale) + warmUp + overheadUs));
}

function endProcess(run: LabRunState, process: LabProcessState): void {
  process.phase = 'ending';
  giveWork(run.lab.host, process.task, RECORDING_HOST.runtimeExitUs);
}
