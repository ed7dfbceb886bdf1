/** The reader's theme: light, dark or as the system says; kept in this browser, shared by its tabs. */
'use client';

import { useCallback, useEffect, useSyncExternalStore } from 'react';
import { THEME_KEY } from './theme-script';

export type Theme = 'light' | 'dark' | 'system';

const CHANGED = 'orrery:theme';

function readTheme(): Theme {
  try {
    const stored = localStorage.getItem(THEME_KEY);
    return stored === 'light' || stored === 'dark' ? stored : 'system';
  } catch {
    return 'system';
  }
}

function subscribe(notify: () => void) {
  const system = matchMedia('(prefers-color-scheme: dark)');
  system.addEventListener('change', notify);
  window.addEventListener('storage', notify);
  window.addEventListener(CHANGED, notify);
  return () => {
    system.removeEventListener('change', notify);
    window.removeEventListener('storage', notify);
    window.removeEventListener(CHANGED, notify);
  };
}

const isDark = () => readTheme() === 'dark' || (readTheme() === 'system' && matchMedia('(prefers-color-scheme: dark)').matches);

export function useTheme(): { readonly theme: Theme; readonly dark: boolean; readonly choose: (theme: Theme) => void } {
  const theme = useSyncExternalStore(subscribe, readTheme, () => 'system' as const);
  const dark = useSyncExternalStore(subscribe, isDark, () => false);
  useEffect(() => {
    document.documentElement.classList.toggle('dark', dark);
  }, [dark]);
  const choose = useCallback((next: Theme) => {
    try {
      localStorage.setItem(THEME_KEY, next);
    } catch {
      // Storage is closed to us (private window, policy): the choice then lasts as long as the page.
      document.documentElement.classList.toggle('dark', next === 'dark');
    }
    window.dispatchEvent(new Event(CHANGED));
  }, []);
  return { theme, dark, choose };
}
