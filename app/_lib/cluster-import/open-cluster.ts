/**
 * Files that describe a cluster → its fit card and a twin of it that can be run. Reading happens in a worker of
 * this browser, which stays as long as it may be asked about pods; no byte leaves it.
 */
'use client';

import { wrap } from 'comlink';
import type { ImportedExplanation, ScenarioSpec } from '@/engine/scenario';
import type { ImportApi, ImportFile, OpenedCluster } from '@/workers/import-api';
import type { OpenedWorld } from '../live-world/live-world-state';

const BYTES_MAX = 400e6;
const WARM_SECONDS = 90;

export type ClusterHandle = { readonly opened: OpenedCluster; readonly explain: (pod: string) => Promise<ImportedExplanation | null>; readonly close: () => void };

export async function openCluster(files: readonly File[]): Promise<ClusterHandle> {
  const bytes = files.reduce((sum, file) => sum + file.size, 0);
  if (bytes > BYTES_MAX) throw new Error(`${Math.round(bytes / 1e6)} MB are over the limit of ${BYTES_MAX / 1e6} MB of one browser tab. The command line reads more: npm run orrery -- import cluster FILE.`);
  const given: readonly ImportFile[] = await Promise.all(files.map(async (file) => ({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) })));
  const worker = new Worker(new URL('../../../workers/import.worker.ts', import.meta.url), { type: 'module', name: 'import' });
  const broken = new Promise<never>((_, reject) => worker.addEventListener('error', (event) => reject(new Error(event.message === '' ? 'the worker script did not load' : event.message))));
  const api = wrap<ImportApi>(worker);
  try {
    const opened = await Promise.race([api.importCluster(given), broken]);
    return { opened, explain: (pod) => api.explainPod(pod), close: () => worker.terminate() };
  } catch (error) {
    worker.terminate();
    throw error;
  }
}

/** The world of it, warm enough that its start is behind it. */
export const worldOfCluster = (spec: ScenarioSpec): OpenedWorld => ({ spec, name: spec.title, warmSeconds: Math.max(WARM_SECONDS, (spec.warmUpSeconds ?? 0) + 1), fit: null });
