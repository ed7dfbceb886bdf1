/** `bench events` inside a Chromium worker. */
import { benchEvents } from '@/workers/bench/events';

export type EventsBenchRun = { readonly customers: number; readonly pending: number };

export const run = ({ customers, pending }: EventsBenchRun) => benchEvents(customers, pending, () => performance.now() / 1_000);
