/** What can be loaded, and what is. */
import type { SourceLoad } from '@/app/_lib/sql/load-source';
import type { Source } from '@/app/_lib/sql/sources';
import { Badge } from '@/app/_ui/badge';
import { Button } from '@/app/_ui/button';
import { DataTable, type Column } from '@/app/_ui/data-table';
import { Notice } from '@/app/_ui/notice';
import { Panel } from '@/app/_ui/panel';
import { Progress } from '@/app/_ui/progress';

export type StoredRun = { readonly run_id: string; readonly source: string; readonly frames: number; readonly seconds: number | null; readonly alarms: number; readonly objectives_missed: number };

type SourceListProps = { readonly sources: readonly Source[]; readonly loadOf: (source: Source) => SourceLoad; readonly runs: readonly StoredRun[]; readonly onLoad: (source: Source) => void };

const RUNS: readonly Column<StoredRun>[] = [
  { key: 'run', header: 'Run', value: (run) => run.run_id },
  { key: 'source', header: 'Made by', value: (run) => run.source, render: (run) => <Badge>{run.source}</Badge> },
  { key: 'frames', header: 'Frames', value: (run) => run.frames },
  { key: 'seconds', header: 'Seconds', value: (run) => run.seconds },
  { key: 'alarms', header: 'Alarms', value: (run) => run.alarms },
  { key: 'missed', header: 'Objectives missed', value: (run) => run.objectives_missed },
];

export function SourceList({ sources, loadOf, runs, onLoad }: SourceListProps) {
  return (
    <Panel title="Sources" note={runs.length === 0 ? 'nothing loaded yet' : `${runs.length} loaded`}>
      <div className="grid gap-3">
        <div className="flex flex-wrap gap-2">
          {sources.map((source) => {
            const there = loadOf(source).kind === 'ready';
            return (
              <Button key={source.id} disabled={there} busy={loadOf(source).kind === 'loading' ? 'Loading' : null} onClick={() => onLoad(source)}>
                {there ? `✓ ${source.title}` : `Load ${source.title}`}
              </Button>
            );
          })}
        </div>
        {sources.map((source) => {
          const load = loadOf(source);
          if (load.kind === 'loading') return <Progress key={source.id} label={`${source.title}: ${load.stage.label}`} done={load.stage.done} total={load.stage.total} unit={load.stage.unit} onStop={load.stop} />;
          return load.kind === 'failed' ? <Notice key={source.id} tone="error" what={`${source.title} could not be loaded`} why={load.what} next={load.next} /> : null;
        })}
        {runs.length === 0 ? <p className="text-ink-2">Load a source, or open your own recording on Replay; then ask it anything below.</p> : <DataTable caption="Runs in the database" columns={RUNS} rows={runs} rowKey={(run) => run.run_id} />}
      </div>
    </Panel>
  );
}
