/**
 * Files somebody dropped → a twin of their system that can be run. Reading and fitting happen in workers of
 * this browser; no byte leaves it. The twin starts where the recording's last third begins, under the load
 * that was recorded.
 */
'use client';

import { proxy, wrap, type Remote } from 'comlink';
import { RECORDING_WARM_UP_SECONDS, recordedSeconds, scenarioOfRecording } from '@/engine/scenario';
import type { ImportedRecording } from '@/engine/telemetry';
import type { Calibration } from '@/engine/twin';
import type { CalibrationApi } from '@/workers/calibration-api';
import type { ImportApi, ImportFile, ImportProgress } from '@/workers/import-api';
import type { OpenedWorld } from '../live-world/live-world-state';

export type RecordingIssue = { readonly path: string; readonly message: string; readonly suggestion: string };
/** `twin` null: services cannot be rehearsed (`noTwin` says why), the recording can still be replayed because it shows hosts from inside. */
export type OpenedRecording = { readonly recording: ImportedRecording; readonly twin: { readonly calibration: Calibration; readonly opened: OpenedWorld } | null; readonly noTwin: RecordingIssue | null };
export type OpenedOrIssues = { readonly ok: true; readonly value: OpenedRecording } | { readonly ok: false; readonly issues: readonly RecordingIssue[] };
export type OpeningStage = { readonly stage: 'reading' | 'building' | 'fitting'; readonly file: string; readonly done: number; readonly total: number };

const BYTES_MAX = 400e6;

async function withWorker<Api, T>(worker: Worker, ask: (api: Remote<Api>) => Promise<T>): Promise<T> {
  const broken = new Promise<never>((_, reject) => worker.addEventListener('error', (event) => reject(new Error(event.message === '' ? 'the worker script did not load' : event.message))));
  try {
    return await Promise.race([ask(wrap<Api>(worker)), broken]);
  } finally {
    worker.terminate();
  }
}

const importWorker = () => new Worker(new URL('../../../workers/import.worker.ts', import.meta.url), { type: 'module', name: 'import' });
const calibrationWorker = () => new Worker(new URL('../../../workers/calibration.worker.ts', import.meta.url), { type: 'module', name: 'calibration' });

export async function openRecording(files: readonly File[], onStage: (stage: OpeningStage) => void): Promise<OpenedOrIssues> {
  const bytes = files.reduce((sum, file) => sum + file.size, 0);
  if (bytes > BYTES_MAX) return { ok: false, issues: [{ path: files[0]?.name ?? '', message: `${Math.round(bytes / 1e6)} MB are over the limit of ${BYTES_MAX / 1e6} MB of one browser tab.`, suggestion: 'Record a shorter time, or use the command line: npm run orrery -- replay FOLDER.' }] };
  const given: readonly ImportFile[] = await Promise.all(files.map(async (file) => ({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) })));
  const imported = await withWorker<ImportApi, Awaited<ReturnType<ImportApi['importFiles']>>>(importWorker(), (api) => api.importFiles(given, proxy((progress: ImportProgress) => onStage(progress))));
  if (!imported.ok) return { ok: false, issues: imported.error.map(({ where, what, next }) => ({ path: where, message: what, suggestion: next })) };
  const recording = imported.value;
  onStage({ stage: 'fitting', file: recording.manifest.title, done: files.length, total: files.length });
  const { frames, manifest } = recording;
  const fitted = await withWorker<CalibrationApi, Awaited<ReturnType<CalibrationApi['calibrate']>>>(calibrationWorker(), (api) => api.calibrate({ frames, hints: manifest.system, faults: manifest.faults }));
  if (fitted.ok) return { ok: true, value: { recording, twin: { calibration: fitted.value, opened: twinOf(recording, fitted.value) }, noTwin: null } };
  const noTwin = { path: manifest.title, message: fitted.error.message, suggestion: fitted.error.next };
  return frames.some(({ hosts = [] }) => hosts.length > 0) ? { ok: true, value: { recording, twin: null, noTwin } } : { ok: false, issues: [noTwin] };
}

function twinOf(recording: ImportedRecording, calibration: Calibration): OpenedWorld {
  const { manifest, frames } = recording;
  const { medianError, heldOutSeconds } = calibration;
  return {
    spec: scenarioOfRecording(recording, calibration),
    name: `twin of ${manifest.title}`,
    warmSeconds: Math.max(RECORDING_WARM_UP_SECONDS + 10, Math.floor((recordedSeconds(frames) * 2) / 3)),
    fit: { medianError, heldOutSeconds },
  };
}
