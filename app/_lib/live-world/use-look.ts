/**
 * Something seen in the running world by its worker, for the moment a page asks about. One question is under way at a
 * time; while it is, later ones replace each other, so playback shows as many moments as the worker can answer.
 */
'use client';

import { useEffect, useRef, useState } from 'react';
import type { LiveWorld, WorldLooks } from './live-world';

/** `null` as the moment is now: seen anew every so many seconds. */
const EVERY_SECONDS = 4;

/** The moment under a cursor, as whole seconds; null at the end of what was seen, which is now. */
export const momentOf = (at: number, now: number) => (at >= now - 0.5 ? null : Math.floor(at));

export type Seen<T> = { readonly subject: string; readonly at: number | null; /** Null: there is none, or that moment is not kept. */ readonly value: T | null };

/** `subject` null: nobody asks. What was seen last stays until the next answer. */
export function useLook<T>(look: LiveWorld['look'], subject: string | null, at: number | null, now: number, ask: (looks: Partial<WorldLooks>, subject: string, at: number | null) => Promise<T> | undefined): Seen<T> | null {
  const [seen, setSeen] = useState<Seen<T> | null>(null);
  const wanted = useRef<{ subject: string; at: number | null; turn: number } | null>(null);
  const busy = useRef(false);
  const asking = useRef(ask);
  const turn = at ?? Math.floor(now / EVERY_SECONDS);
  useEffect(() => {
    asking.current = ask;
  });
  useEffect(() => {
    wanted.current = subject === null ? null : { subject, at, turn };
    const answer = async () => {
      if (busy.current) return;
      busy.current = true;
      for (let next = wanted.current; next !== null; next = wanted.current === next ? null : wanted.current) {
        const question = next;
        const value = await look((looks) => asking.current(looks, question.subject, question.at));
        setSeen({ subject: question.subject, at: question.at, value });
      }
      busy.current = false;
    };
    void answer();
  }, [look, subject, at, turn]);
  return subject === null || seen?.subject !== subject ? null : seen;
}
