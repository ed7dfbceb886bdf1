/** Data: what is in this browser's database, a console over it, and the way out. Nothing here leaves the browser. */
'use client';

import { useEffect, useState } from 'react';
import { loadOf, loadSource, useSourceLoads } from '@/app/_lib/sql/load-source';
import { useSources } from '@/app/_lib/sql/sources';
import { askReport, askSql, sqlWords } from '@/app/_lib/sql/sql-client';
import { useWorkMode } from '@/app/_lib/work-mode/work-mode';
import { Notice } from '@/app/_ui/notice';
import { Panel } from '@/app/_ui/panel';
import { ClusterImport } from './cluster-import';
import { MeshImport } from './mesh-import';
import { SourceList, type StoredRun } from './source-list';
import { SqlConsole } from './sql-console';

type Opened = { readonly duckdbVersion: string; readonly tables: readonly { readonly name: string; readonly about: string }[] };

export function DataPage() {
  useWorkMode('sim', 'data in this browser');
  const sources = useSources();
  const loads = useSourceLoads();
  const [database, setDatabase] = useState<Opened | null>(null);
  const [runs, setRuns] = useState<readonly StoredRun[]>([]);
  const [problem, setProblem] = useState<{ readonly what: string; readonly next: string } | null>(null);
  const loaded = sources.filter((source) => loadOf(loads, source).kind === 'ready').length;

  useEffect(() => {
    let current = true;
    const read = async () => {
      const answer = await askSql((api) => api.open());
      const { rows } = await askReport('run-list', {});
      if (!current) return;
      setDatabase(answer);
      setRuns(rows);
    };
    read().catch((error: unknown) => current && setProblem(sqlWords(error)));
    return () => {
      current = false;
    };
  }, [loaded]);

  return (
    <div className="grid gap-4 px-3 py-3 md:px-6">
      <header className="grid gap-1">
        <h1 className="text-xl font-medium">Data</h1>
        <p className="text-ink-2">{database === null ? 'Opening DuckDB in this browser (a few megabytes, once).' : `DuckDB ${database.duckdbVersion} runs in this browser. What is loaded here stays here.`}</p>
      </header>
      {problem === null ? null : <Notice tone="error" what="That did not work" why={problem.what} next={problem.next} />}
      <SourceList sources={sources} loadOf={(source) => loadOf(loads, source)} runs={runs} onLoad={loadSource} />
      <ClusterImport />
      <MeshImport />
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
