/**
 * The URL is state: a parameter read anywhere, written without a navigation. Writes are applied at once in
 * memory and reach the address bar in batches (browsers refuse more than about 100 in 30 s), so a cursor may
 * be dragged. `push` adds a step that Back undoes; otherwise the current entry is replaced.
 */
'use client';

import { useCallback, useSyncExternalStore } from 'react';

const FLUSH_MS = 250;
const listeners = new Set<() => void>();
let pending: Map<string, string | null> | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;

const notifyAll = () => {
  for (const notify of listeners) notify();
};

function currentParams(): URLSearchParams {
  const params = new URLSearchParams(location.search);
  for (const [name, value] of pending ?? []) {
    if (value === null) params.delete(name);
    else params.set(name, value);
  }
  return params;
}

function addressWith(params: URLSearchParams): string {
  const query = params.toString();
  return `${location.pathname}${query === '' ? '' : `?${query}`}${location.hash}`;
}

function flush(): void {
  clearTimeout(timer);
  if (pending === null) return;
  const address = addressWith(currentParams());
  pending = null;
  history.replaceState(history.state, '', address);
}

/** Changes parameters of the current address; null removes one. */
export function setUrlParams(changes: Readonly<Record<string, string | null>>, options: { readonly push?: boolean } = {}): void {
  pending = new Map([...(pending ?? []), ...Object.entries(changes)]);
  if (options.push === true) {
    const address = addressWith(currentParams());
    pending = null;
    clearTimeout(timer);
    history.pushState(history.state, '', address);
  } else {
    clearTimeout(timer);
    timer = setTimeout(flush, FLUSH_MS);
  }
  notifyAll();
}

function dropPending(): void {
  pending = null;
  clearTimeout(timer);
  notifyAll();
}

function subscribe(notify: () => void) {
  if (listeners.size === 0) addEventListener('popstate', dropPending);
  listeners.add(notify);
  return () => {
    listeners.delete(notify);
    if (listeners.size === 0) {
      flush();
      removeEventListener('popstate', dropPending);
    }
  };
}

/** One parameter of the address; null when absent, and while rendering on the server. */
export function useUrlParam(name: string): readonly [value: string | null, set: (value: string | null) => void] {
  const read = useCallback(() => currentParams().get(name), [name]);
  const value = useSyncExternalStore(subscribe, read, () => null);
  const set = useCallback((next: string | null) => setUrlParams({ [name]: next }), [name]);
  return [value, set];
}

/** The address to share: this page with everything written so far. */
export const shareAddress = () => `${location.origin}${addressWith(currentParams())}`;
