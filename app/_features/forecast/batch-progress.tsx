/** How far a batch is, what it asked for, and what went wrong. */
import { useDatabase } from '@/app/_lib/sql/sql-client';
import { Notice } from '@/app/_ui/notice';
import { Progress } from '@/app/_ui/progress';
import type { Batch } from './use-batch';

type BatchProgressProps<T> = { readonly batch: Batch<T>; /** What comes before the first run. */ readonly planning?: string; readonly onStop: () => void };

export function BatchProgress<T>({ batch, planning = 'Starting', onStop }: BatchProgressProps<T>) {
  const database = useDatabase();
  if (batch.kind === 'failed') return <Notice tone="error" what="The runs were not finished" why={batch.what} next={batch.next} />;
  if (batch.kind !== 'running') return null;
  const { run, runs, doneSeconds, totalSeconds } = batch.progress;
  return (
    <div className="grid gap-2">
      <Progress label={run === 0 ? planning : `Run ${run} of ${runs}`} done={doneSeconds} total={Math.max(1, totalSeconds)} unit="simulated seconds" onStop={onStop} />
      {database.kind === 'opening' ? <Progress label="Loading DuckDB" done={Math.round(database.bytesLoaded / 1e6)} total={Math.round(database.bytesTotal / 1e6)} unit="MB" /> : null}
    </div>
  );
}
