/**
 * Puts a source into DuckDB under a run id of its own: a shipped recording, the recording opened in this
 * tab, or simulated runs of a scenario. A source that is already there is not loaded again.
 */
'use client';

import { proxy } from 'comlink';
import type { RunReport, ScenarioSpec } from '@/engine/scenario';
import { demo } from '@/scenarios/demo';
import { openRecording, type OpenedRecording } from '../recording/open-recording';
import { fetchShippedRecording, SHIPPED_RECORDINGS } from '../recording/opened-recording';
import { openSimulation } from '../simulation/open-simulation';
import { orThrow, sqlClient } from './sql-client';

export type Source = { readonly id: string; readonly title: string; readonly kind: 'recorded' | 'simulated' };

/** Enough compressed days for a season to be learnt from. */
const DEMO_DAYS = 14;
const DAY_SECONDS = 480;

export const DEMO_SOURCE: Source = { id: 'demo-days', title: `Demo world, ${DEMO_DAYS} compressed days`, kind: 'simulated' };
export const SHIPPED_SOURCES: readonly Source[] = SHIPPED_RECORDINGS.map(({ id, title }) => ({ id, title, kind: 'recorded' }));

/** `daySeconds`: how long its compressed day is, where it holds several; null where no season can be learnt. */
export type LoadedSource = Source & { readonly entry: string; readonly seconds: number; readonly daySeconds: number | null };

const loaded = new Map<string, Promise<LoadedSource>>();

/** `opened` is the tab's own recording, used when the source is that one. */
export function loadSource(source: Source, opened: OpenedRecording | null): Promise<LoadedSource> {
  const known = loaded.get(source.id);
  if (known !== undefined) return known;
  const loading = source.kind === 'simulated' ? loadDemo() : loadRecording(source, opened);
  loaded.set(source.id, loading);
  loading.catch(() => loaded.delete(source.id));
  return loading;
}

async function loadDemo(): Promise<LoadedSource> {
  const spec: ScenarioSpec = { ...demo, durationSeconds: DEMO_DAYS * DAY_SECONDS };
  await insertRun(DEMO_SOURCE.id, spec, await simulate(spec));
  return { ...DEMO_SOURCE, entry: 'frontend', seconds: spec.durationSeconds, daySeconds: DAY_SECONDS };
}

async function loadRecording(source: Source, opened: OpenedRecording | null): Promise<LoadedSource> {
  const found = opened?.recording.manifest.id === source.id ? { ok: true as const, value: opened } : await openRecording(await fetchShippedRecording(source.id), () => undefined);
  if (!found.ok) throw new Error(found.issues.map((issue) => `${issue.path} ${issue.message}`).join('; '));
  const { frames, manifest } = found.value.recording;
  const sql = sqlClient();
  const first = frames[0];
  orThrow(await sql.startRun({ runId: source.id, source: 'recorded', startedUs: first === undefined ? 0 : first.atUs - first.windowUs }));
  orThrow(await sql.insertFrames(source.id, frames));
  return { ...source, entry: manifest.system.entry ?? frames[0]?.services[0]?.service ?? '', seconds: frames.length, daySeconds: null };
}

/** One run in a worker of its own. */
export async function simulate(spec: ScenarioSpec): Promise<RunReport> {
  const simulation = openSimulation(() => undefined);
  try {
    const result = await simulation.api.run(spec, proxy(() => undefined));
    if (!result.ok) throw new Error(result.error.map((issue) => `${issue.path} ${issue.message}`).join('; '));
    return result.value;
  } finally {
    simulation.close();
  }
}

export async function insertRun(runId: string, spec: ScenarioSpec, report: RunReport): Promise<void> {
  orThrow(await sqlClient().insertRun({ runId, source: 'simulated', startedUs: 0, objectives: spec.objectives ?? [] }, report));
}
