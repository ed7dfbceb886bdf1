/** Right-size: give nodes back, measured. Saving minus the risk it adds, with intervals over paired seeds. */
'use client';

import { useState } from 'react';
import type { LoadedSource } from '@/app/_lib/sql/load-source';
import { Button } from '@/app/_ui/button';
import { DataTable, type Column } from '@/app/_ui/data-table';
import { SelectField, TextField } from '@/app/_ui/field';
import { formatDelta, formatNumber } from '@/app/_ui/number-format';
import { Panel } from '@/app/_ui/panel';
import { formatDuration } from '@/app/_ui/time-format';
import { BatchProgress } from './batch-progress';
import { bestRow, rightSizeRows, type Prices, type RightSizeRow } from './right-size-rows';
import { SqlNote } from './sql-note';
import { useRightSize } from './use-right-size';

const SEED_COUNTS = [3, 5, 10] as const;
const half = ({ lower, upper }: { readonly lower: number; readonly upper: number }) => (upper - lower) / 2;

const COLUMNS: readonly Column<RightSizeRow>[] = [
  { key: 'variant', header: 'Nodes', value: (row) => row.variant },
  { key: 'spend', header: 'Spend', unit: '$/h', value: (row) => row.spendPerHour, digits: 3 },
  { key: 'saved', header: 'Saved', unit: '$/h', value: (row) => row.savedPerHour, digits: 3 },
  { key: 'miss', header: 'Outside objectives', unit: '% of time', value: (row) => row.missShare * 100, digits: 2 },
  { key: 'added', header: 'Added', unit: '% ± (95 %)', value: (row) => row.addedMissShare.mean, render: (row) => `${formatDelta(row.addedMissShare.mean * 100, 2)} ± ${formatNumber(half(row.addedMissShare) * 100, 2)}` },
  { key: 'risk', header: 'Risk', unit: '$/h', value: (row) => row.riskPerHour, digits: 3 },
  { key: 'net', header: 'Net', unit: '$/h ± (95 %)', value: (row) => row.netPerHour.mean, render: (row) => <span className="font-medium">{`${formatDelta(row.netPerHour.mean, 3)} ± ${formatNumber(half(row.netPerHour), 3)}`}</span> },
  { key: 'year', header: 'Net of effort', unit: '$ in 12 months', value: (row) => row.netPerYear, digits: 0 },
  { key: 'payback', header: 'Paid back', value: (row) => row.paybackHours, render: (row) => (row.paybackHours === null ? 'never' : row.paybackHours === 0 ? 'at once' : `after ${formatDuration(row.paybackHours * 3_600)}`) },
];

const amount = (text: string) => (text.trim() !== '' && Number.isFinite(Number(text)) && Number(text) >= 0 ? Number(text) : null);

export function RightSize({ loaded }: { readonly loaded: LoadedSource }) {
  const { batch, measure, stop } = useRightSize();
  const [seeds, setSeeds] = useState<number>(3);
  const [missed, setMissed] = useState('5');
  const [effort, setEffort] = useState('50');
  const [missedUsd, effortUsd] = [amount(missed), amount(effort)];
  const prices: Prices = { usdPerMissedHour: missedUsd ?? 0, effortUsd: effortUsd ?? 0 };
  const rows = batch.kind === 'done' ? rightSizeRows(batch.value.runs, prices) : [];
  const nodes = loaded.spec.system.nodes.length;
  const error = (value: number | null) => (value === null ? 'an amount of 0 or more is needed' : null);
  if (nodes < 2) return <Panel title="Right-size"><p className="text-ink-2">This system stands on one node: there is none to give back. A node that stays is paid in full however empty it is, so nothing is saved here.</p></Panel>;
  return (
    <Panel title="Right-size" note={`what giving nodes back saves, minus the risk it adds; the same seeds live with ${nodes} nodes and with fewer`}>
      <div className="grid gap-3">
        <div className="grid items-start gap-3 sm:grid-cols-2 lg:grid-cols-4">
          <TextField label="An hour outside the objectives costs" unit="$" inputMode="decimal" value={missed} error={error(missedUsd)} onChange={(event) => setMissed(event.target.value)} />
          <TextField label="Effort, once" unit="$" inputMode="decimal" value={effort} error={error(effortUsd)} onChange={(event) => setEffort(event.target.value)} />
          <SelectField label="Paired runs" value={String(seeds)} disabled={batch.kind === 'running'} onChange={(event) => setSeeds(Number(event.target.value))}>
            {SEED_COUNTS.map((count) => (
              <option key={count} value={count}>
                {count} seeds
              </option>
            ))}
          </SelectField>
          <Button kind="primary" className="mt-5" busy={batch.kind === 'running' ? 'Simulating' : null} onClick={() => measure(loaded, seeds)}>
            Measure what it saves
          </Button>
        </div>
        <BatchProgress batch={batch} onStop={stop} />
        {batch.kind !== 'done' ? null : (
          <>
            <p className="max-w-4xl text-lg" data-testid="right-size-answer">
              {answer(rows)}
            </p>
            <DataTable caption="What giving nodes back is worth" columns={COLUMNS} rows={rows} rowKey={(row) => row.variant} chosenKey={bestRow(rows)?.variant ?? null} />
            <SqlNote sql={batch.value.sql} of="the SQL of the comparison" />
          </>
        )}
      </div>
    </Panel>
  );
}

/** Also says when the money speaks for keeping everything. */
function answer(rows: readonly RightSizeRow[]): string {
  const [base] = rows;
  const best = bestRow(rows);
  if (base === undefined) return 'Nothing was priced in these runs, so nothing can be said about savings.';
  if (best === null) return `Keep all nodes: no smaller system is surely worth more than the $${formatNumber(base.spendPerHour, 3)} an hour it costs now, once its risk is priced.`;
  return `Run it ${best.variant}: saves $${formatNumber(best.savedPerHour, 3)} of $${formatNumber(base.spendPerHour, 3)} an hour; risk takes $${formatNumber(Math.max(0, best.riskPerHour), 3)} of it back, $${formatNumber(best.netPerYear, 0)} remain in twelve months.`;
}
