/** Starts a replay worker of this page's own. */
'use client';

import { proxy, wrap } from 'comlink';
import type { OpenedRecording } from './open-recording';
import type { ReplayApi, ReplayProgress, ReplaySummary } from '@/workers/replay-api';

export type { ReplayProgress, ReplaySummary };

/** Resolves with the summary; `stop` ends it early and leaves the promise unsettled. */
export function openReplay({ recording }: OpenedRecording, policy: object, onProgress: (progress: ReplayProgress) => void): { readonly summary: Promise<ReplaySummary>; readonly stop: () => void } {
  const worker = new Worker(new URL('../../../workers/replay.worker.ts', import.meta.url), { type: 'module', name: 'replay' });
  const broken = new Promise<never>((_, reject) => worker.addEventListener('error', (event) => reject(new Error(event.message === '' ? 'the worker script did not load' : event.message))));
  const { manifest, frames } = recording;
  const asked = wrap<ReplayApi>(worker).replay({ manifest, frames }, policy, proxy(onProgress)) as Promise<ReplaySummary>;
  return { summary: Promise.race([asked, broken]).finally(() => worker.terminate()), stop: () => worker.terminate() };
}
