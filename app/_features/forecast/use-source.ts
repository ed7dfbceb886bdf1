/** The chosen source, loaded into DuckDB; says what it is doing and what went wrong. */
'use client';

import { useEffect, useMemo, useState } from 'react';
import type { OpenedRecording } from '@/app/_lib/recording/open-recording';
import { useOpenedRecording } from '@/app/_lib/recording/opened-recording';
import { DEMO_SOURCE, loadSource, SHIPPED_SOURCES, type LoadedSource, type Source } from '@/app/_lib/sql/load-source';
import { useUrlParam } from '@/app/_lib/url-state/url-params';

export type SourceState = { readonly sources: readonly Source[]; readonly chosen: Source; readonly loaded: LoadedSource | null; readonly problem: string | null; readonly choose: (id: string) => void };

export function useSource(initial = 'calm-day'): SourceState {
  const opened = useOpenedRecording();
  const [id, setId] = useUrlParam('source');
  const sources = useMemo(() => sourcesWith(opened), [opened]);
  const chosen = sources.find((source) => source.id === (id ?? initial)) ?? sources[0]!;
  const [state, setState] = useState<{ readonly for: string; readonly loaded: LoadedSource | null; readonly problem: string | null } | null>(null);
  useEffect(() => {
    let current = true;
    loadSource(chosen, opened)
      .then((loaded) => current && setState({ for: chosen.id, loaded, problem: null }))
      .catch((error: unknown) => current && setState({ for: chosen.id, loaded: null, problem: error instanceof Error ? error.message : String(error) }));
    return () => {
      current = false;
    };
  }, [chosen, opened]);
  const fresh = state?.for === chosen.id ? state : null;
  return { sources, chosen, loaded: fresh?.loaded ?? null, problem: fresh?.problem ?? null, choose: setId };
}

/** Shipped recordings, the tab's own one, the demo world. */
function sourcesWith(opened: OpenedRecording | null): readonly Source[] {
  const shipped = SHIPPED_SOURCES.some((source) => source.id === opened?.recording.manifest.id);
  const own: readonly Source[] = opened === null || shipped ? [] : [{ id: opened.recording.manifest.id, title: opened.recording.manifest.title, kind: 'recorded' }];
  return [...SHIPPED_SOURCES, ...own, DEMO_SOURCE];
}
