/** The palette of a lens in the theme that is on; a new one when the theme or the mode's accent changes. */
'use client';

import { useMemo, useSyncExternalStore } from 'react';
import type { Lens } from '../paint/lens';
import { paletteOf, type Palette } from '../paint/palette';

function subscribe(notify: () => void) {
  const observer = new MutationObserver(notify);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['class', 'data-mode'] });
  return () => observer.disconnect();
}
const look = () => `${document.documentElement.className}/${document.documentElement.dataset.mode ?? ''}`;

/** Null while rendering on the server. */
export function usePalette(lens: Lens): Palette | null {
  const now = useSyncExternalStore(subscribe, look, () => null);
  return useMemo(() => {
    if (now === null) return null;
    const style = getComputedStyle(document.documentElement);
    return paletteOf(lens, (name) => style.getPropertyValue(name));
  }, [now, lens]);
}
