/** The server as the pages call it: queries and mutations in batches, the live stream on a connection of its own. */
'use client';

import { httpBatchLink, httpSubscriptionLink, splitLink, TRPCClientError } from '@trpc/client';
import { createTRPCReact } from '@trpc/react-query';
import type { inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '@/app/_server/routers/app-router';

export const trpc = createTRPCReact<AppRouter>();
export type ServerAnswers = inferRouterOutputs<AppRouter>;

const url = '/api/trpc';

export const trpcLinks = () => [splitLink({ condition: (operation) => operation.type === 'subscription', true: httpSubscriptionLink({ url }), false: httpBatchLink({ url }) })];

/** What went wrong, in the server's own words where it had any. */
export function serverWords(error: unknown): string {
  if (error instanceof TRPCClientError) return error.message === 'Failed to fetch' ? 'The workbench server does not answer. Is it still running?' : error.message;
  return error instanceof Error ? error.message : String(error);
}
