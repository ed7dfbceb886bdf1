/** Connects a page to the server: the query cache, and the tab's one live stream while such a page is open. */
'use client';

import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useEffect, useState, type ReactNode } from 'react';
import { addLiveFrames, changeFeed } from './live-feed';
import { trpc, trpcLinks } from './trpc';

export function ServerProvider({ children }: { readonly children: ReactNode }) {
  const [queries] = useState(() => new QueryClient({ defaultOptions: { queries: { retry: 1, refetchOnWindowFocus: true, staleTime: 1_000 } } }));
  const [client] = useState(() => trpc.createClient({ links: trpcLinks() }));
  return (
    <trpc.Provider client={client} queryClient={queries}>
      <QueryClientProvider client={queries}>
        <LiveStream />
        {children}
      </QueryClientProvider>
    </trpc.Provider>
  );
}

function LiveStream() {
  const queries = trpc.useUtils();
  const recent = trpc.live.frames.useQuery({ seconds: 600 }, { staleTime: Infinity });
  useEffect(() => {
    if (recent.data !== undefined) addLiveFrames(recent.data);
  }, [recent.data]);
  trpc.live.stream.useSubscription(undefined, {
    onStarted: () => changeFeed({ connected: true }),
    onError: () => changeFeed({ connected: false }),
    onData: ({ data: event }) => {
      switch (event.kind) {
        case 'frame':
          return addLiveFrames([event.frame]);
        case 'fleet':
          changeFeed({ fleet: event.fleet });
          return void queries.fleet.invalidate();
        case 'decision':
          return changeFeed({ decision: event.decision });
        case 'kill-switch':
          changeFeed({ stopped: event.stopped });
          return void queries.invalidate();
        case 'plan':
        case 'step':
        case 'promise':
          void queries.promises.invalidate();
          void queries.audit.invalidate();
          return void queries.plans.invalidate();
        case 'gap':
          return void queries.invalidate();
        case 'health':
          return void queries.health.invalidate();
      }
    },
  });
  return null;
}
