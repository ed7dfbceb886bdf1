/** What the approval is bound to: each figure with its band, what doing nothing was predicted to bring, and what was measured. */
import { Badge } from '@/app/_ui/badge';
import { DataTable, type Column } from '@/app/_ui/data-table';
import { formatNumber } from '@/app/_ui/number-format';
import { Panel } from '@/app/_ui/panel';
import type { Prediction } from '@/engine/loop';
import { metricWords, type PlanDetail, type PromiseRow } from './plan-words';

type Row = { readonly prediction: Prediction; readonly doNothing: Prediction | null; readonly promise: PromiseRow | null };

const band = (p: Prediction) => `${formatNumber(p.lower)} – ${formatNumber(p.upper)}`;

const COLUMNS: readonly Column<Row>[] = [
  { key: 'what', header: 'Figure', value: ({ prediction }) => `${metricWords(prediction.metric)} of ${prediction.subject}`, render: ({ prediction }) => <span className="whitespace-nowrap">{`${metricWords(prediction.metric)} of ${prediction.subject}`}</span> },
  { key: 'mean', header: 'Predicted', value: ({ prediction }) => prediction.mean },
  { key: 'band', header: 'Promised band', value: ({ prediction }) => prediction.lower, render: ({ prediction }) => band(prediction) },
  { key: 'unit', header: 'Unit', value: ({ prediction }) => prediction.unit },
  { key: 'nothing', header: 'Doing nothing', value: ({ doNothing }) => doNothing?.mean ?? null },
  { key: 'measured', header: 'Measured', value: ({ promise }) => promise?.measured ?? null },
  {
    key: 'kept',
    header: 'Kept',
    value: ({ promise }) => promise?.verdict ?? '',
    render: ({ promise }) =>
      promise === null || promise.verdict === null ? '–' : promise.inside === null ? <Badge>{promise.verdict}</Badge> : <Badge tone={promise.inside ? 'good' : 'bad'}>{`${promise.inside ? 'inside' : 'outside'}, ${promise.verdict}`}</Badge>,
  },
];

export function PromiseTable({ detail }: { readonly detail: PlanDetail }) {
  const { body } = detail;
  if (!('predicted' in body)) return <Panel title="The promise"><p className="text-ink-2">Not rehearsed yet: nothing is promised, so nothing can be approved.</p></Panel>;
  const rows = body.predicted.map((prediction): Row => ({
    prediction,
    doNothing: body.doNothing.find((p) => p.metric === prediction.metric && p.subject === prediction.subject) ?? null,
    promise: detail.promises.findLast((p) => p.planId === detail.planId && p.prediction.metric === prediction.metric && p.prediction.subject === prediction.subject) ?? null,
  }));
  const error = body.evidence.calibrationError;
  return (
    <Panel title="The promise" note={`over ${body.verifySeconds} s, ${body.settleSeconds} s after the last step`}>
      <DataTable caption="Predicted and measured" columns={COLUMNS} rows={rows} rowKey={({ prediction }) => `${prediction.metric} ${prediction.subject}`} />
      <p className="mt-2 text-sm text-ink-3">
        {rows[0] === undefined ? '' : `${Math.round(rows[0].prediction.level * 100)} % bands from ${rows[0].prediction.runs} paired rehearsals (seeds ${body.evidence.seeds.join(', ')}), `}
        twin {error === null ? 'not calibrated' : `${formatNumber(error * 100)} % off on what it did not see`}, engine {body.evidence.engineVersion}, observation <code>{body.evidence.observationHash}</code>.
      </p>
    </Panel>
  );
}
