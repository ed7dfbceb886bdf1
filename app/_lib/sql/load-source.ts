/**
 * Puts a source into DuckDB under its own name, once; what it is doing can be watched from any page, and
 * stopped. A database that is gone takes its sources with it.
 */
'use client';

import { observeUsage, scenarioOfRecording, type RunReport, type ScenarioSpec, type UsageHistory } from '@/engine/scenario';
import type { Frame } from '@/engine/telemetry';
import { demo } from '@/scenarios/demo';
import { openRecording, type OpenedRecording } from '../recording/open-recording';
import { fetchShippedRecording } from '../recording/opened-recording';
import { simulateEach } from '../simulation/simulate-each';
import { createStore, useStore } from '../store/create-store';
import { insertFrames, insertRun, type LoadStage } from './insert-run';
import { whenDatabaseIsGone, askSql, sqlWords } from './sql-client';
import type { Source } from './sources';

export type LoadedSource = {
  readonly id: string;
  readonly title: string;
  readonly made: Source['made'];
  /** The system as it runs, or the twin fitted on the recording. */
  readonly spec: ScenarioSpec;
  /** The service that the outside calls. */
  readonly entry: string;
  readonly seconds: number;
  /** End of the last second, on the clock of the run. */
  readonly untilUs: number;
  /** How long its compressed day is; null where it does not hold two, so that no season can be learnt. */
  readonly daySeconds: number | null;
  readonly rows: number;
  /** What its services used, pod by pod where pods are known. */
  readonly usage: UsageHistory;
};

export type SourceLoad = { readonly kind: 'none' } | { readonly kind: 'loading'; readonly stage: LoadStage; readonly stop: () => void } | { readonly kind: 'ready'; readonly loaded: LoadedSource } | { readonly kind: 'failed'; readonly what: string; readonly next: string };

type Kept = { readonly stamp: string; readonly load: SourceLoad };
const NONE: SourceLoad = { kind: 'none' };
const loads = createStore<Readonly<Record<string, Kept>>>({});
const keep = (id: string, kept: Kept | null) => loads.set(Object.fromEntries(Object.entries({ ...loads.get(), [id]: kept }).flatMap(([name, value]) => (value === null ? [] : [[name, value]]))));
whenDatabaseIsGone(() => loads.set({}));

export const useSourceLoads = () => useStore(loads);
export const loadOf = (kept: Readonly<Record<string, Kept>>, { id }: Source): SourceLoad => kept[id]?.load ?? NONE;
/** True where the source has moved on since it was written. */
export const isOutdated = (kept: Readonly<Record<string, Kept>>, { id, stamp }: Source) => kept[id] !== undefined && kept[id].stamp !== stamp;

/** Does nothing where the same data are there or on their way. */
export function loadSource(source: Source): void {
  const { id, stamp } = source;
  const known = loads.get()[id];
  if (known !== undefined && known.stamp === stamp && known.load.kind !== 'failed') return;
  const abort = new AbortController();
  const isCurrent = () => loads.get()[id]?.stamp === stamp && !abort.signal.aborted;
  const stop = () => {
    abort.abort(new Error('stopped'));
    keep(id, null);
  };
  const onStage = (stage: LoadStage) => isCurrent() && keep(id, { stamp, load: { kind: 'loading', stage, stop } });
  keep(id, { stamp, load: { kind: 'loading', stage: { label: `Reading ${source.title}`, done: 0, unit: 'rows' }, stop } });
  load(source, onStage, abort.signal).then(
    (loaded) => isCurrent() && keep(id, { stamp, load: { kind: 'ready', loaded } }),
    (error: unknown) => {
      const { what, next } = sqlWords(error);
      if (isCurrent()) keep(id, { stamp, load: { kind: 'failed', what, next } });
    },
  );
}

export async function removeSource(id: string): Promise<void> {
  await askSql((api) => api.removeRun(id));
  keep(id, null);
}

type OnStage = (stage: LoadStage) => void;

async function load(source: Source, onStage: OnStage, signal: AbortSignal): Promise<LoadedSource> {
  const { from } = source;
  switch (from.kind) {
    case 'demo':
      return loadDemo(source, from.days, onStage, signal);
    case 'running':
      return writeFrames(source, { spec: from.world.spec, entry: entryOf(from.world.spec), startedUs: 0, frames: from.frames }, onStage, signal);
    case 'opened':
      return loadRecording(source, from.recording, onStage, signal);
    case 'shipped':
      return loadRecording(source, await openShipped(source.id, onStage), onStage, signal);
  }
}

async function openShipped(id: string, onStage: OnStage): Promise<OpenedRecording> {
  const opened = await openRecording(await fetchShippedRecording(id), ({ stage, file, done, total }) => onStage({ label: stage === 'fitting' ? 'Fitting a twin on it' : `Reading ${file}`, done, total, unit: 'files' }));
  if (!opened.ok) throw new Error(opened.issues.map((issue) => `${issue.path} ${issue.message}`).join('; '));
  return opened.value;
}

/** Without a twin the frames alone fill the tables. */
const specOf = ({ recording, twin }: OpenedRecording) => twin?.opened.spec ?? scenarioOfRecording(recording, { system: { nodes: [], services: [], loads: [] } });

function loadRecording(source: Source, opened: OpenedRecording, onStage: OnStage, signal: AbortSignal): Promise<LoadedSource> {
  const { frames, manifest } = opened.recording;
  const first = frames[0];
  return writeFrames(source, { spec: specOf(opened), entry: manifest.system.entry ?? first?.services[0]?.service ?? '', startedUs: first === undefined ? 0 : first.atUs - first.windowUs, frames }, onStage, signal);
}

async function loadDemo(source: Source, days: number, onStage: OnStage, signal: AbortSignal): Promise<LoadedSource> {
  const spec: ScenarioSpec = { ...demo, durationSeconds: days * (dayOf(demo) ?? 0) };
  let [rows, usage]: [number, UsageHistory] = [0, { seconds: 0, services: [] }];
  const keepRun = async (report: RunReport) => {
    rows = await insertRun({ runId: source.id, spec, report }, (stage) => onStage(stage), signal);
    usage = observeUsage({ ...report, warmUpSeconds: spec.warmUpSeconds });
  };
  await simulateEach([spec], keepRun, {
    signal,
    onProgress: ({ doneSeconds, totalSeconds }) => onStage({ label: 'Simulating', done: doneSeconds, total: totalSeconds, unit: 's' }),
  });
  return loadedFrom(source, spec, { entry: entryOf(spec), seconds: spec.durationSeconds - (spec.warmUpSeconds ?? 0), untilUs: spec.durationSeconds * 1e6, rows, usage });
}

type Written = { readonly spec: ScenarioSpec; readonly entry: string; readonly startedUs: number; readonly frames: readonly Frame[] };

async function writeFrames(source: Source, { spec, entry, startedUs, frames }: Written, onStage: OnStage, signal: AbortSignal): Promise<LoadedSource> {
  await askSql((api) => api.startRun({ runId: source.id, source: source.made, startedUs, objectives: spec.objectives ?? [] }));
  const rows = await insertFrames(source.id, frames, onStage, signal);
  return loadedFrom(source, spec, { entry, seconds: lengthOf(frames), untilUs: frames.at(-1)?.atUs ?? startedUs, rows, usage: observeUsage({ frames }) });
}

const lengthOf = (frames: readonly Frame[]) => (frames.length === 0 ? 0 : Math.round((frames.at(-1)!.atUs - frames[0]!.atUs + frames[0]!.windowUs) / 1e6));

function loadedFrom({ id, title, made }: Source, spec: ScenarioSpec, found: Pick<LoadedSource, 'entry' | 'seconds' | 'untilUs' | 'rows' | 'usage'>): LoadedSource {
  const day = made === 'simulated' ? dayOf(spec) : null;
  return { id, title, made, spec, ...found, daySeconds: day !== null && found.seconds >= 2 * day ? day : null };
}

const entryOf = (spec: ScenarioSpec) => spec.system.loads[0]?.service ?? spec.system.services[0]?.name ?? '';

/** Length of the day that the load follows; null where it follows none. */
function dayOf(spec: ScenarioSpec): number | null {
  const profile = spec.system.loads.map((load) => load.profile).find((each) => each.kind === 'day');
  return profile?.kind === 'day' ? profile.daySeconds : null;
}
