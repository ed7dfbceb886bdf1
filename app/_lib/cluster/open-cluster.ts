/** Starts a cluster worker of the page's own. */
'use client';

import { wrap } from 'comlink';
import type { ClusterApi } from '@/workers/cluster-api';

export type OpenedCluster = ClusterApi & { readonly close: () => void };

/** Calls reject with words when the worker cannot run; `close` ends it, also in the middle of a run. */
export function openCluster(): OpenedCluster {
  const worker = new Worker(new URL('../../../workers/cluster.worker.ts', import.meta.url), { type: 'module', name: 'cluster' });
  const broken = new Promise<never>((_, reject) => worker.addEventListener('error', (event) => reject(new Error(event.message === '' ? 'the worker script did not load' : event.message))));
  broken.catch(() => undefined);
  const api = wrap<ClusterApi>(worker);
  const orBroken = <T,>(answer: Promise<T>) => Promise.race([answer, broken]);
  return {
    open: (size, seed) => orBroken(api.open(size, seed)),
    openFiles: (files) => orBroken(api.openFiles(files)),
    advance: (seconds) => orBroken(api.advance(seconds)),
    drain: (node) => orBroken(api.drain(node)),
    explainPending: (pod) => orBroken(api.explainPending(pod)),
    close: () => worker.terminate(),
  };
}
