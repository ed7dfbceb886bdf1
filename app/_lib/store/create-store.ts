/** A small observable value outside React: many readers, no provider, and only readers of it re-render. */
'use client';

import { useSyncExternalStore } from 'react';

export type Store<T> = { readonly get: () => T; readonly set: (value: T) => void; readonly subscribe: (notify: () => void) => () => void; readonly initial: T };

export function createStore<T>(initial: T): Store<T> {
  let value = initial;
  const listeners = new Set<() => void>();
  return {
    initial,
    get: () => value,
    set: (next) => {
      if (Object.is(next, value)) return;
      value = next;
      for (const notify of listeners) notify();
    },
    subscribe: (notify) => {
      listeners.add(notify);
      return () => listeners.delete(notify);
    },
  };
}

export const useStore = <T>(store: Store<T>): T => useSyncExternalStore(store.subscribe, store.get, () => store.initial);
