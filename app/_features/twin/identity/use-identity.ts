/** Everybody's SVIDs at the moment under the cursor, from the worker. */
'use client';

import type { LiveWorld } from '@/app/_lib/live-world/live-world';
import { useLook, type Seen } from '@/app/_lib/live-world/use-look';
import type { IdentityInspection } from '@/engine/twin';

export const useIdentity = (look: LiveWorld['look'], at: number | null, now: number): Seen<IdentityInspection | null> | null => useLook(look, 'identity', at, now, (looks, _, second) => looks.inspectIdentity?.(second));
