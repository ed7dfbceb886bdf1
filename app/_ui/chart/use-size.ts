/** Size in CSS pixels of an element, followed as it changes. Zero until it has been laid out. */
'use client';

import { useCallback, useState } from 'react';

export type Size = { readonly width: number; readonly height: number };

export function useSize<T extends Element>(): readonly [ref: (element: T | null) => (() => void) | undefined, size: Size] {
  const [size, setSize] = useState<Size>({ width: 0, height: 0 });
  const ref = useCallback((element: T | null) => {
    if (element === null) return undefined;
    const observer = new ResizeObserver(([entry]) => setSize({ width: Math.round(entry!.contentRect.width), height: Math.round(entry!.contentRect.height) }));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [ref, size];
}
