/** The history this page asks about, loaded into DuckDB when it is chosen. The choice is in the address. */
'use client';

import { useEffect } from 'react';
import { isOutdated, loadOf, loadSource, useSourceLoads, type LoadedSource, type SourceLoad } from '@/app/_lib/sql/load-source';
import { useSources, type Source } from '@/app/_lib/sql/sources';
import { useUrlParam } from '@/app/_lib/url-state/url-params';

export type SourceState = {
  readonly sources: readonly Source[];
  readonly chosen: Source;
  readonly load: SourceLoad;
  readonly loaded: LoadedSource | null;
  /** The source went on since it was read. */
  readonly outdated: boolean;
  readonly choose: (id: string) => void;
  readonly read: () => void;
};

export function useSource(): SourceState {
  const sources = useSources();
  const [id, choose] = useUrlParam('source');
  const loads = useSourceLoads();
  const chosen = sources.find((source) => source.id === id) ?? sources[0]!;
  const load = loadOf(loads, chosen);
  const isNew = load.kind === 'none';
  useEffect(() => {
    if (isNew) loadSource(chosen);
  }, [chosen, isNew]);
  return { sources, chosen, load, loaded: load.kind === 'ready' ? load.loaded : null, outdated: isOutdated(loads, chosen), choose, read: () => loadSource(chosen) };
}
