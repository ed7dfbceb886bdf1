/** Data: what is in this browser's database, a console over it, and the way out. Nothing here leaves the browser. */
'use client';

import { useCallback, useEffect, useState } from 'react';
import { useOpenedRecording } from '@/app/_lib/recording/opened-recording';
import { DEMO_SOURCE, loadSource, SHIPPED_SOURCES, type Source } from '@/app/_lib/sql/load-source';
import { orThrow, sqlClient } from '@/app/_lib/sql/sql-client';
import { useWorkMode } from '@/app/_lib/work-mode/work-mode';
import { Notice } from '@/app/_ui/notice';
import { Panel } from '@/app/_ui/panel';
import { SourceList, type StoredRun } from './source-list';
import { SqlConsole } from './sql-console';

type Opened = { readonly duckdbVersion: string; readonly tables: readonly { readonly name: string; readonly about: string }[] };

export function DataPage() {
  useWorkMode('sim', 'data in this browser');
  const opened = useOpenedRecording();
  const [database, setDatabase] = useState<Opened | null>(null);
  const [runs, setRuns] = useState<readonly StoredRun[]>([]);
  const [loading, setLoading] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [version, setVersion] = useState(0);
  const own: readonly Source[] = opened === null ? [] : [{ id: opened.recording.manifest.id, title: opened.recording.manifest.title, kind: 'recorded' }];
  const sources = [...SHIPPED_SOURCES, ...own.filter((source) => !SHIPPED_SOURCES.some((shipped) => shipped.id === source.id)), DEMO_SOURCE];

  useEffect(() => {
    let current = true;
    const read = async () => {
      const answer = orThrow(await sqlClient().open());
      const list = orThrow(await sqlClient().report('run-list', {}) as Parameters<typeof orThrow<{ readonly rows: readonly StoredRun[] }>>[0]);
      if (!current) return;
      setDatabase(answer);
      setRuns(list.rows);
    };
    read().catch((error: unknown) => current && setProblem(error instanceof Error ? error.message : String(error)));
    return () => {
      current = false;
    };
  }, [version]);

  const load = useCallback(
    async (source: Source) => {
      setLoading(source.id);
      setProblem(null);
      try {
        await loadSource(source, opened);
      } catch (error) {
        setProblem(error instanceof Error ? error.message : String(error));
      }
      setLoading(null);
      setVersion((now) => now + 1);
    },
    [opened],
  );

  return (
    <div className="grid gap-4 px-3 py-3 md:px-6">
      <header className="grid gap-1">
        <h1 className="text-xl font-medium">Data</h1>
        <p className="text-ink-2">{database === null ? 'Opening DuckDB in this browser (a few megabytes, once).' : `DuckDB ${database.duckdbVersion} runs in this browser. What is loaded here stays here.`}</p>
      </header>
      {problem === null ? null : <Notice tone="error" what="That did not work" why={problem} next="Try again; a reload opens a fresh database." />}
      <SourceList sources={sources} runs={runs} loading={loading} onLoad={(source) => void load(source)} />
      <SqlConsole ready={database !== null} />
      <Panel title="Tables" note={database === null ? undefined : `${database.tables.length}`}>
        <dl className="grid gap-x-6 gap-y-1 md:grid-cols-2">
          {(database?.tables ?? []).map((table) => (
            <div key={table.name} className="flex gap-2">
              <dt>
                <code>{table.name}</code>
              </dt>
              <dd className="text-ink-2">{table.about}</dd>
            </div>
          ))}
        </dl>
      </Panel>
    </div>
  );
}
