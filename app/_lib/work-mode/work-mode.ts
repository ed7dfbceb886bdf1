/**
 * Which of the four modes the open page works in, and on what. Shown by the mode bar and carried by the
 * accent colour. A page announces it; without an announcement it is a simulation.
 */
'use client';

import { useEffect } from 'react';
import { createStore, useStore } from '../store/create-store';

export type WorkMode = 'sim' | 'replay' | 'dry-run' | 'live';
export type WorkTarget = { readonly mode: WorkMode; readonly target: string };

const current = createStore<WorkTarget>({ mode: 'sim', target: 'demo world' });

export const useShownWorkMode = () => useStore(current);

export function useWorkMode(mode: WorkMode, target: string): void {
  useEffect(() => {
    current.set({ mode, target });
    document.documentElement.dataset.mode = mode;
    return () => {
      current.set(current.initial);
      document.documentElement.dataset.mode = current.initial.mode;
    };
  }, [mode, target]);
}
