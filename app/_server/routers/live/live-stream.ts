/**
 * The one live stream of a tab: frames, plans, steps, promises, decisions, health (`StreamEvent`). A tab that
 * was cut off comes back with the last id it saw; what is no longer kept is said by a `gap`.
 */
import { tracked } from '@trpc/server';
import { z } from 'zod';
import { procedure } from '../../trpc/trpc';

export const liveStreamInput = z.object({ lastEventId: z.string().max(100).nullish() }).optional();

export const liveStreamProcedure = procedure.input(liveStreamInput).subscription(async function* ({ ctx, input, signal }) {
  const until = signal ?? new AbortController().signal;
  for await (const { id, event } of ctx.server.hub.subscribe(input?.lastEventId ?? null, until)) yield tracked(id, event);
});
