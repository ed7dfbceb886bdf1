/** tRPC's root: the context every procedure gets, and errors that keep the code and facts of a refusal. */
import { initTRPC } from '@trpc/server';
import type { Server } from '../boot/server';
import type { Actor } from '../gateway/actor';
import { refusalIn } from './refusal-errors';

export type Context = { readonly server: Server; readonly actor: Actor };

const PING_MS = 15_000;

export const trpc = initTRPC.context<Context>().create({
  sse: { ping: { enabled: true, intervalMs: PING_MS }, client: { reconnectAfterInactivityMs: 3 * PING_MS } },
  errorFormatter: ({ shape, error }) => ({ ...shape, data: { ...shape.data, stack: undefined, refusal: refusalIn(error) } }),
});

export const { router, procedure } = trpc;
