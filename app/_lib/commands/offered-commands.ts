/** Commands the open page offers to the ⌘K palette, for as long as it is open. */
'use client';

import { useEffect } from 'react';
import { createStore, useStore } from '../store/create-store';

export type OfferedCommand = { readonly name: string; readonly about: string; readonly run: () => void };

const NONE: readonly OfferedCommand[] = [];
const offered = createStore<readonly OfferedCommand[]>(NONE);

export const useOfferedCommands = () => useStore(offered);

/** Give a memoised list: a new one replaces the old. */
export function useOfferCommands(commands: readonly OfferedCommand[]): void {
  useEffect(() => {
    offered.set(commands);
    return () => offered.set(NONE);
  }, [commands]);
}
