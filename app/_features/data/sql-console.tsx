/** A console for reading: one statement, a row limit that is said, a way to stop, and the answer as a file. */
'use client';

import { useId, useState } from 'react';
import { askQuery, askSql, sqlWords, stopQuery, type SqlProgress, type SqlTable } from '@/app/_lib/sql/sql-client';
import { useUrlParam } from '@/app/_lib/url-state/url-params';
import { Button } from '@/app/_ui/button';
import { Field, FIELD_LOOK } from '@/app/_ui/field';
import { Notice } from '@/app/_ui/notice';
import { formatNumber } from '@/app/_ui/number-format';
import { Panel } from '@/app/_ui/panel';
import { Progress } from '@/app/_ui/progress';
import { downloadBytes } from './download-bytes';
import { ResultTable } from './result-table';

const EXAMPLES = [
  { name: 'p95 by service', sql: "SELECT run_id, service, round(median(latency_p95_us) / 1000, 1) AS p95_ms, round(max(latency_p95_us) / 1000, 1) AS worst_ms\nFROM frame_service\nGROUP BY ALL\nORDER BY run_id, service" },
  { name: 'Busiest minute', sql: "SELECT run_id, service, at_us // 60000000 AS minute, round(avg(cpu_cores), 3) AS cores\nFROM frame_service\nWHERE cpu_cores IS NOT NULL\nGROUP BY ALL\nQUALIFY row_number() OVER (PARTITION BY run_id, service ORDER BY cores DESC) = 1\nORDER BY cores DESC" },
  { name: 'Alarms', sql: 'SELECT * FROM alarm ORDER BY run_id, at_us' },
] as const;
const ROW_LIMIT = 5_000;

type Answer = { readonly kind: 'table'; readonly table: SqlTable } | { readonly kind: 'refused'; readonly what: string; readonly next: string };

export function SqlConsole({ ready }: { readonly ready: boolean }) {
  const queryId = useId();
  const [asked] = useUrlParam('q');
  const [sql, setSql] = useState<string>(asked ?? EXAMPLES[0].sql);
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [progress, setProgress] = useState<SqlProgress | null>(null);
  const [exporting, setExporting] = useState(false);
  const run = async () => {
    let over = false; // progress comes through a port of its own and may arrive after the answer
    setProgress({ rows: 0, wallMs: 0 });
    try {
      setAnswer({ kind: 'table', table: await askQuery(sql, { queryId, rowLimit: ROW_LIMIT }, (now) => !over && setProgress(now)) });
    } catch (error) {
      setAnswer({ kind: 'refused', ...sqlWords(error) });
    }
    over = true;
    setProgress(null);
  };
  const save = async (format: 'csv' | 'parquet' | 'json') => {
    setExporting(true);
    try {
      downloadBytes(await askSql((api) => api.exportRows(sql, format, 'orrery-query')));
    } catch (error) {
      setAnswer({ kind: 'refused', ...sqlWords(error) });
    }
    setExporting(false);
  };
  return (
    <Panel title="SQL console" note={`reads only, at most ${formatNumber(ROW_LIMIT)} rows are shown`}>
      <div className="grid gap-3">
        <div className="flex flex-wrap gap-2">
          {EXAMPLES.map((example) => (
            <Button key={example.name} small onClick={() => setSql(example.sql)}>
              {example.name}
            </Button>
          ))}
        </div>
        <Field label="Query">
          {(ids) => (
            <textarea
              {...ids}
              spellCheck={false}
              value={sql}
              onChange={(event) => setSql(event.target.value)}
              onKeyDown={(event) => {
                if (event.key === 'Enter' && (event.metaKey || event.ctrlKey) && ready && progress === null) void run();
              }}
              className={`${FIELD_LOOK} h-36 resize-y py-2 font-code text-sm leading-5`}
            />
          )}
        </Field>
        <div className="flex flex-wrap items-center gap-2">
          <Button kind="primary" disabled={!ready || sql.trim() === ''} busy={progress === null ? null : 'Running'} onClick={() => void run()}>
            Run
          </Button>
          {progress === null ? null : <Button onClick={() => void stopQuery(queryId)}>Cancel</Button>}
          <span className="ml-auto flex gap-2">
            {(['csv', 'parquet', 'json'] as const).map((format) => (
              <Button key={format} small disabled={!ready || exporting} onClick={() => void save(format)}>
                Export {format === 'parquet' ? 'Parquet' : format.toUpperCase()}
              </Button>
            ))}
          </span>
        </div>
        {progress === null ? null : <Progress label="Rows read" done={progress.rows} unit="rows" />}
        {answer?.kind === 'refused' ? <Notice tone="error" what={answer.what} next={answer.next} /> : null}
        {answer?.kind === 'table' ? <ResultTable table={answer.table} /> : null}
      </div>
    </Panel>
  );
}
