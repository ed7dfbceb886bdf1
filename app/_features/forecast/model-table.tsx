/** Every model's backtest, best first. */
import { DataTable, type Column } from '@/app/_ui/data-table';
import { Panel } from '@/app/_ui/panel';
import type { ModelScore } from '@/engine/forecast';

const coverage = (score: ModelScore, level: number) => score.intervals.find((interval) => Math.abs(interval.level - level) < 1e-9)?.coverage ?? null;

const COLUMNS: readonly Column<ModelScore>[] = [
  { key: 'title', header: 'Model', value: (score) => score.title },
  { key: 'mase', header: 'MASE', value: (score) => score.mase, digits: 3 },
  { key: 'smape', header: 'sMAPE', unit: '%', value: (score) => score.sMape, digits: 1 },
  { key: 'owa', header: 'OWA', value: (score) => score.owa, digits: 3 },
  { key: 'c80', header: 'In the 80 % interval', unit: 'share', value: (score) => coverage(score, 0.8), digits: 2 },
  { key: 'c95', header: 'In the 95 % interval', unit: 'share', value: (score) => coverage(score, 0.95), digits: 2 },
  { key: 'pinball', header: 'Pinball (95 %)', value: (score) => score.intervals.find((interval) => interval.level > 0.9)?.pinball ?? null },
  { key: 'folds', header: 'Origins', value: (score) => score.folds },
];

export function ModelTable({ scores, chosen }: { readonly scores: readonly ModelScore[]; readonly chosen: string }) {
  return (
    <Panel title="Backtest" note="rolling origin on this very history; intervals were calibrated on earlier origins only">
      <DataTable caption="Backtest of every model" columns={COLUMNS} rows={scores} rowKey={(score) => score.model} chosenKey={chosen} />
    </Panel>
  );
}
