/** Which history: recorded or simulated, how much of it is in the database, and how far it is on its way there. */
'use client';

import { useDatabase } from '@/app/_lib/sql/sql-client';
import { Button } from '@/app/_ui/button';
import { SelectField } from '@/app/_ui/field';
import { Notice } from '@/app/_ui/notice';
import { formatNumber } from '@/app/_ui/number-format';
import { Progress } from '@/app/_ui/progress';
import { formatDuration } from '@/app/_ui/time-format';
import type { SourceState } from './use-source';

export function SourceField({ source: { sources, chosen, load, outdated, choose, read } }: { readonly source: SourceState }) {
  const hint = load.kind === 'ready' ? `${formatDuration(load.loaded.seconds)}, ${formatNumber(load.loaded.rows)} rows in DuckDB, in this browser.` : chosen.about;
  return (
    <div className="grid content-start gap-2">
      <SelectField label="History" value={chosen.id} onChange={(event) => choose(event.target.value)} hint={hint}>
        {sources.map((source) => (
          <option key={source.id} value={source.id}>
            {source.title} ({source.made})
          </option>
        ))}
      </SelectField>
      {outdated ? (
        <Button small className="justify-self-start" onClick={read}>
          It went on since: read it again
        </Button>
      ) : null}
      {load.kind === 'loading' ? <LoadingHistory {...load.stage} onStop={load.stop} /> : null}
      {load.kind === 'failed' ? <Notice tone="error" what="This history could not be read" why={load.what} next={load.next} action={<Button small onClick={read}>Try again</Button>} /> : null}
    </div>
  );
}

type LoadingHistoryProps = { readonly label: string; readonly done: number; readonly total?: number; readonly unit: string; readonly onStop: () => void };

/** The database itself comes first: its bytes are counted while they do. */
function LoadingHistory({ label, done, total, unit, onStop }: LoadingHistoryProps) {
  const database = useDatabase();
  if (database.kind === 'opening' && done === 0) return <Progress label="Loading DuckDB" done={Math.round(database.bytesLoaded / 1e6)} total={Math.round(database.bytesTotal / 1e6)} unit="MB" />;
  return <Progress label={label} done={done} total={total} unit={unit} onStop={onStop} />;
}
