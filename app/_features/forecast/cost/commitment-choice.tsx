/** Promise and spot: what the measured spend would cost under the best plan of one or three years, and with spot nodes. */
'use client';

import { useState } from 'react';
import { StackedBars, type BarPart } from '@/app/_ui/chart/stacked-bars';
import { DataTable, type Column } from '@/app/_ui/data-table';
import { TextField } from '@/app/_ui/field';
import { formatNumber } from '@/app/_ui/number-format';
import { Panel } from '@/app/_ui/panel';
import { CashView } from './cash-view';
import { commitmentRows, type CommitmentRow } from './commitment-rows';

const COLUMNS: readonly Column<CommitmentRow>[] = [
  { key: 'name', header: 'Bought as', value: (row) => row.name, render: (row) => <span className="whitespace-nowrap">{row.name}</span> },
  { key: 'promised', header: 'Promised', unit: '$/h', value: (row) => row.promised, digits: 3 },
  { key: 'rate', header: 'Costs', unit: '$/h', value: (row) => row.usdPerHour, digits: 3 },
  { key: 'saved', header: 'Saves', unit: '$/h', value: (row) => row.savedPerHour, digits: 3 },
  { key: 'coverage', header: 'Coverage', unit: '%', value: (row) => (row.coverage === null ? null : row.coverage * 100), digits: 0 },
  { key: 'utilization', header: 'Utilization', unit: '%', value: (row) => (row.utilization === null ? null : row.utilization * 100), digits: 0 },
  { key: 'worth', header: 'Worth it above', unit: '% of the time', value: (row) => (row.worthAbove === null ? null : row.worthAbove * 100), digits: 0 },
];

const PARTS: readonly BarPart[] = [
  { key: 'promised', label: 'Promised and used', colour: 'var(--series-1)' },
  { key: 'unused', label: 'Promised, not used', colour: 'var(--series-1)', hatched: true },
  { key: 'spot', label: 'Spot', colour: 'var(--series-3)' },
  { key: 'onDemand', label: 'On demand', colour: 'var(--series-6)' },
];

const FIELDS = [
  { key: 'oneYear', label: 'One year takes off', unit: '%', initial: '28', max: 99 },
  { key: 'threeYears', label: 'Three years take off', unit: '%', initial: '50', max: 99 },
  { key: 'spotShare', label: 'Nodes on spot', unit: '%', initial: '50', max: 100 },
  { key: 'spot', label: 'Spot takes off', unit: '%', initial: '65', max: 99 },
  { key: 'interruptions', label: 'Interruptions of a node', unit: 'a day', initial: '0.5', max: 1_000 },
  { key: 'rework', label: 'Work lost at each', unit: 'h', initial: '0.25', max: 100 },
] as const;
type FieldKey = (typeof FIELDS)[number]['key'];

export function CommitmentChoice({ usdPerHour }: { readonly usdPerHour: readonly number[] }) {
  const [texts, setTexts] = useState<Readonly<Record<FieldKey, string>>>(() => Object.fromEntries(FIELDS.map(({ key, initial }) => [key, initial])) as Record<FieldKey, string>);
  const read = (key: FieldKey): number | null => {
    const [text, max] = [texts[key].trim(), FIELDS.find((field) => field.key === key)!.max];
    const value = Number(text);
    return text !== '' && Number.isFinite(value) && value >= 0 && value <= max ? value : null;
  };
  const value = (key: FieldKey) => read(key) ?? 0;
  const rows = commitmentRows({ usdPerHour, oneYearDiscount: value('oneYear') / 100, threeYearDiscount: value('threeYears') / 100, spotShare: value('spotShare') / 100, spotDiscount: value('spot') / 100, interruptionsPerDay: value('interruptions'), reworkHours: value('rework') });
  const best = rows.reduce<CommitmentRow | null>((found, row) => (found === null || row.usdPerHour < found.usdPerHour ? row : found), null);
  return (
    <Panel title="Promise and spot" note="the spend that was measured, bought otherwise; what is promised is paid, used or not">
      <div className="grid gap-4">
        <div className="grid grid-cols-2 items-start gap-3 sm:grid-cols-3 xl:grid-cols-6">
          {FIELDS.map(({ key, label, unit, max }) => (
            <TextField key={key} label={label} unit={unit} inputMode="decimal" value={texts[key]} error={read(key) === null ? `a number from 0 to ${max} is needed` : null} onChange={(event) => setTexts({ ...texts, [key]: event.target.value })} />
          ))}
        </div>
        {best === null || rows[0] === undefined ? null : (
          <p className="max-w-4xl text-lg" data-testid="commitment-answer">
            {best.savedPerHour <= 0 ? 'On demand is the cheapest way to buy this spend.' : `Cheapest as ${best.name}: $${formatNumber(best.usdPerHour, 3)} instead of $${formatNumber(rows[0].usdPerHour, 3)} an hour${best.promised === null ? '' : `, with $${formatNumber(best.promised, 3)} an hour promised`}.`}
          </p>
        )}
        <StackedBars title="The same spend, bought otherwise" unit="$/h" digits={3} parts={PARTS} rows={rows.map(({ name, parts }) => ({ key: name, label: name, values: parts }))} />
        <DataTable caption="What promises and spot would do" columns={COLUMNS} rows={rows} rowKey={(row) => row.name} chosenKey={best?.name ?? null} />
        <CashView promised={{ 1: rows[1]?.promised ?? 0, 3: rows[2]?.promised ?? 0 }} />
      </div>
    </Panel>
  );
}
