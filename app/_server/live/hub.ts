/**
 * One stream for everything live. Events are numbered and the newest are kept, so that a tab that lost its
 * connection goes on where it stopped, or learns that it missed something. A reader that does not read is
 * dropped at a limit instead of filling the memory; it reconnects and catches up like any other.
 */
import type { LiveEvent, StreamEvent } from './live-event';

export const EVENTS_KEPT = 600;
export const READER_BACKLOG_MAX = 1_000;

export type Hub = {
  publish(event: LiveEvent): void;
  /** From after `lastEventId` (what is kept of it) on, until the signal. Without an id: from now on. */
  subscribe(lastEventId: string | null, signal: AbortSignal): AsyncGenerator<{ readonly id: string; readonly event: StreamEvent }>;
  readers(): number;
};

type Numbered = { readonly number: number; readonly event: LiveEvent };
type Reader = { backlog: Numbered[]; wake: () => void; dropped: boolean };

/** `epoch` names this start of the server: numbers of an earlier one mean nothing here. */
export function createHub(epoch: string): Hub {
  const kept: Numbered[] = [];
  const readers = new Set<Reader>();
  let last = 0;

  function publish(event: LiveEvent) {
    const numbered = { number: (last += 1), event };
    kept.push(numbered);
    if (kept.length > EVENTS_KEPT) kept.shift();
    for (const reader of readers) {
      reader.dropped ||= reader.backlog.length >= READER_BACKLOG_MAX;
      if (!reader.dropped) reader.backlog.push(numbered);
      reader.wake();
    }
  }

  /** How many events the reader cannot be given any more; null when its id is of another epoch. */
  function missedSince(lastEventId: string): { readonly missed: number | null; readonly from: number } {
    const [of, text] = [lastEventId.slice(0, lastEventId.lastIndexOf('-')), lastEventId.slice(lastEventId.lastIndexOf('-') + 1)];
    const number = Number(text);
    if (of !== epoch || !Number.isInteger(number) || number < 0 || number > last) return { missed: null, from: last };
    return { missed: Math.max(0, (kept[0]?.number ?? last + 1) - number - 1), from: number };
  }

  async function* subscribe(lastEventId: string | null, signal: AbortSignal) {
    const { missed, from } = lastEventId === null ? { missed: 0, from: last } : missedSince(lastEventId);
    const reader: Reader = { backlog: kept.filter(({ number }) => number > from), wake: () => {}, dropped: false };
    const wake = () => reader.wake();
    readers.add(reader);
    signal.addEventListener('abort', wake);
    try {
      if (missed !== 0) yield { id: `${epoch}-${(reader.backlog[0]?.number ?? last + 1) - 1}`, event: { kind: 'gap' as const, missed } };
      while (!signal.aborted && !reader.dropped) {
        const next = reader.backlog.shift();
        if (next !== undefined) yield { id: `${epoch}-${next.number}`, event: next.event };
        else await new Promise<void>((resolve) => (reader.wake = resolve));
      }
    } finally {
      readers.delete(reader);
      signal.removeEventListener('abort', wake);
    }
  }

  return { publish, subscribe, readers: () => readers.size };
}
