/** A router's tables from the worker, read anew every few seconds while somebody looks. */
'use client';

import { useEffect, useState } from 'react';
import type { LiveWorld } from '@/app/_lib/live-world/live-world';
import type { RouterInspection } from '@/engine/twin';

/** `now` is the second of the newest frame: tables are read again when it has moved on by `EVERY_SECONDS`. */
const EVERY_SECONDS = 4;

export function useRouterTables(look: LiveWorld['look'], router: string | null, now: number): RouterInspection | null {
  const [seen, setSeen] = useState<RouterInspection | null>(null);
  const turn = Math.floor(now / EVERY_SECONDS);
  useEffect(() => {
    let current = true;
    if (router !== null) void look((looks) => looks.inspectRouter?.(router)).then((answer) => current && setSeen(answer));
    return () => {
      current = false;
    };
  }, [look, router, turn]);
  return seen?.router === router ? seen : null;
}
