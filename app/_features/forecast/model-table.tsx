/** Every model's backtest, best first; the one that is used and the trained one are marked. */
import { Badge } from '@/app/_ui/badge';
import { DataTable, type Column } from '@/app/_ui/data-table';
import { Panel } from '@/app/_ui/panel';
import type { ModelScore } from '@/engine/forecast';

const interval = (score: ModelScore, level: number) => score.intervals.find((each) => Math.abs(each.level - level) < 1e-9) ?? null;
const percent = (share: number | undefined) => (share === undefined || Number.isNaN(share) ? null : share * 100);

const MEASURES: readonly Column<ModelScore>[] = [
  { key: 'mase', header: 'MASE', value: (score) => score.mase, digits: 3 },
  { key: 'smape', header: 'sMAPE', unit: '%', value: (score) => score.sMape, digits: 1 },
  { key: 'owa', header: 'OWA', value: (score) => score.owa, digits: 3 },
  { key: 'c80', header: 'Inside 80 %', unit: '%', value: (score) => percent(interval(score, 0.8)?.coverage), digits: 0 },
  { key: 'c95', header: 'Inside 95 %', unit: '%', value: (score) => percent(interval(score, 0.95)?.coverage), digits: 0 },
  { key: 'p80', header: 'Pinball 80 %', value: (score) => interval(score, 0.8)?.pinball ?? null },
  { key: 'p95', header: 'Pinball 95 %', value: (score) => interval(score, 0.95)?.pinball ?? null },
  { key: 'folds', header: 'Origins', value: (score) => score.folds },
];

export function ModelTable({ scores, chosen }: { readonly scores: readonly ModelScore[]; readonly chosen: string }) {
  const columns: readonly Column<ModelScore>[] = [
    {
      key: 'title',
      header: 'Model',
      value: (score) => score.title,
      render: (score) => (
        <span className="flex flex-wrap items-center gap-2">
          {score.title}
          {score.model === chosen ? <Badge tone="accent">used</Badge> : null}
          {score.model === 'neural' ? <Badge>trained</Badge> : null}
        </span>
      ),
    },
    ...MEASURES,
  ];
  return (
    <Panel title="Backtest" note="rolling origins on this very history; every interval was calibrated on earlier origins only; smaller is better, except inside">
      <DataTable caption="Backtest of every model" columns={columns} rows={scores} rowKey={(score) => score.model} chosenKey={chosen} />
    </Panel>
  );
}
