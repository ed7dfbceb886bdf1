/** Starts a host worker of the page's own. */
'use client';

import { wrap } from 'comlink';
import type { HostApi } from '@/workers/host-api';

export type OpenedHost = { readonly play: HostApi['play']; readonly close: () => void };

/** `play` rejects with words when the worker cannot run; `close` ends it, also in the middle of a run. */
export function openHost(): OpenedHost {
  const worker = new Worker(new URL('../../../workers/host.worker.ts', import.meta.url), { type: 'module', name: 'host' });
  const broken = new Promise<never>((_, reject) => worker.addEventListener('error', (event) => reject(new Error(event.message === '' ? 'the worker script did not load' : event.message))));
  broken.catch(() => undefined);
  const api = wrap<HostApi>(worker);
  return { play: (host, options) => Promise.race([api.play(host, options), broken]), close: () => worker.terminate() };
}
