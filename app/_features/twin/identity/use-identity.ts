/** Everybody's SVIDs from the worker, read anew every few seconds while somebody looks. */
'use client';

import { useEffect, useState } from 'react';
import type { LiveWorld } from '@/app/_lib/live-world/live-world';
import type { IdentityInspection } from '@/engine/twin';

const EVERY_SECONDS = 4;

export function useIdentity(look: LiveWorld['look'], now: number): IdentityInspection | null {
  const [seen, setSeen] = useState<IdentityInspection | null>(null);
  const turn = Math.floor(now / EVERY_SECONDS);
  useEffect(() => {
    let current = true;
    void look((looks) => looks.inspectIdentity?.()).then((answer) => current && setSeen(answer));
    return () => {
      current = false;
    };
  }, [look, turn]);
  return seen;
}
