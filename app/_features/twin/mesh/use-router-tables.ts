/** A router's tables at the moment under the cursor, from the worker. */
'use client';

import type { LiveWorld } from '@/app/_lib/live-world/live-world';
import { useLook, type Seen } from '@/app/_lib/live-world/use-look';
import type { RouterInspection } from '@/engine/twin';

export const useRouterTables = (look: LiveWorld['look'], router: string | null, at: number | null, now: number): Seen<RouterInspection | null> | null =>
  useLook(look, router, at, now, (looks, name, second) => looks.inspectRouter?.(name, second));
