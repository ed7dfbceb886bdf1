/**
 * A simulated run into DuckDB, slice by slice, so that progress can be shown and the rest left out. The
 * warm-up, in which a world fills from its empty start, is nobody's history and is not written.
 */
'use client';

import type { RunReport, ScenarioSpec } from '@/engine/scenario';
import type { Frame } from '@/engine/telemetry';
import { askSql } from './sql-client';

export type LoadStage = { readonly label: string; readonly done: number; readonly total?: number; readonly unit: string };

const FRAMES_PER_SLICE = 400;

type NamedRun = { readonly runId: string; readonly spec: ScenarioSpec; readonly report: RunReport; readonly variant?: string };

/** Replaces a run of the same name; gives the rows written. */
export async function insertRun({ runId, spec, report, variant }: NamedRun, onStage: (stage: LoadStage) => void, signal: AbortSignal): Promise<number> {
  const warmUpUs = (spec.warmUpSeconds ?? 0) * 1e6;
  const rows = await askSql((api) => api.insertRun({ runId, source: 'simulated', startedUs: 0, objectives: spec.objectives ?? [], ...(variant === undefined ? {} : { variant }) }, { ...report, frames: [] }));
  return rows + (await insertFrames(runId, report.frames.filter((frame) => frame.atUs > warmUpUs), onStage, signal));
}

/** Adds frames to a run that was started; gives the rows written. */
export async function insertFrames(runId: string, frames: readonly Frame[], onStage: (stage: LoadStage) => void, signal: AbortSignal): Promise<number> {
  let rows = 0;
  for (let at = 0; at < frames.length; at += FRAMES_PER_SLICE) {
    signal.throwIfAborted();
    onStage({ label: 'Writing into DuckDB', done: at, total: frames.length, unit: 'seconds' });
    rows += await askSql((api) => api.insertFrames(runId, frames.slice(at, at + FRAMES_PER_SLICE)));
  }
  return rows;
}
