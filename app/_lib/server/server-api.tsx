/**
 * The server, typed by its router, for pages that need it: wrap the page in `ServerApi`, then use `server`.
 * One stream per tab (browsers allow six connections to an origin) carries everything live.
 * Kept out of the shell, so that Now loads without it.
 */
'use client';

import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { httpBatchLink, httpSubscriptionLink, splitLink } from '@trpc/client';
import { createTRPCReact } from '@trpc/react-query';
import { useState, type ReactNode } from 'react';
import type { AppRouter } from '@/app/_server/routers/app-router';

export const server = createTRPCReact<AppRouter>();

const URL_PATH = '/api/trpc';
const STALE_MS = 5_000;

export function ServerApi({ children }: { readonly children: ReactNode }) {
  const [queries] = useState(() => new QueryClient({ defaultOptions: { queries: { retry: 1, staleTime: STALE_MS, refetchOnWindowFocus: false } } }));
  const [client] = useState(() =>
    server.createClient({
      links: [splitLink({ condition: ({ type }) => type === 'subscription', true: httpSubscriptionLink({ url: URL_PATH }), false: httpBatchLink({ url: URL_PATH }) })],
    }),
  );
  return (
    <server.Provider client={client} queryClient={queries}>
      <QueryClientProvider client={queries}>{children}</QueryClientProvider>
    </server.Provider>
  );
}
