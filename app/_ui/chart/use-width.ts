/** Width in CSS pixels of an element, followed as it changes. 0 until it has been laid out. */
'use client';

import { useCallback, useState } from 'react';

export function useWidth<T extends Element>(): readonly [ref: (element: T | null) => (() => void) | undefined, width: number] {
  const [width, setWidth] = useState(0);
  const ref = useCallback((element: T | null) => {
    if (element === null) return undefined;
    const observer = new ResizeObserver(([entry]) => setWidth(Math.round(entry!.contentRect.width)));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [ref, width];
}
