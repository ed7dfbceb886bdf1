/** Energy and carbon by hour, or by minute of a compressed day: what the machines drew, on a grid one chooses. */
'use client';

import { useState } from 'react';
import { TimeSeriesChart } from '@/app/_ui/chart/time-series-chart';
import { DataTable, type Column } from '@/app/_ui/data-table';
import { SelectField, TextField } from '@/app/_ui/field';
import { formatNumber } from '@/app/_ui/number-format';
import { Panel } from '@/app/_ui/panel';
import type { Provenance } from '@/app/_ui/provenance';
import { formatClock } from '@/app/_ui/time-format';
import { GRID_INTENSITIES } from '@/engine/cost';
import type { CarbonSpec } from '@/engine/twin';
import { carbonRows, type CarbonRow, type EnergyBucket } from './carbon-rows';

const COLUMNS: readonly Column<CarbonRow>[] = [
  { key: 'from', header: 'From', value: (row) => formatClock(row.fromSeconds) },
  { key: 'kwh', header: 'Energy', unit: 'kWh', value: (row) => row.kwh, digits: 4 },
  { key: 'grid', header: 'Grid', unit: 'g/kWh', value: (row) => row.gramsPerKwh, digits: 0 },
  { key: 'grams', header: 'Carbon', unit: 'g CO2e', value: (row) => row.grams, digits: 2 },
];

const OWN = 'as the system says';
const PLACES = [...new Set(GRID_INTENSITIES.map(({ place }) => place))];

type CarbonPanelProps = { readonly buckets: readonly EnergyBucket[]; readonly bucketSeconds: number; readonly carbon: CarbonSpec; readonly zone: string; readonly provenance: Provenance };

export function CarbonPanel({ buckets, bucketSeconds, carbon, zone, provenance }: CarbonPanelProps) {
  const [place, setPlace] = useState(OWN);
  const [pueText, setPue] = useState(String(carbon.pue ?? 1));
  const pue = Number(pueText);
  const pueHolds = pueText.trim() !== '' && pue >= 1 && pue <= 10;
  const asked: CarbonSpec = { ...(place === OWN ? carbon : { region: place }), pue: pueHolds ? pue : (carbon.pue ?? 1) };
  const { rows, basis } = carbonRows(buckets, bucketSeconds, asked, zone);
  const sum = (of: (row: CarbonRow) => number | null) => rows.reduce((total, row) => total + (of(row) ?? 0), 0);
  const known = rows.some(({ kwh }) => kwh !== null);
  const hours = (rows.filter(({ kwh }) => kwh !== null).length * bucketSeconds) / 3_600;
  return (
    <Panel title="Energy and carbon" note={`grid: ${basis}`}>
      <div className="grid gap-3">
        <div className="grid max-w-2xl items-start gap-3 sm:grid-cols-2">
          <SelectField label="Grid" value={place} onChange={(event) => setPlace(event.target.value)}>
            {[OWN, ...PLACES].map((each) => (
              <option key={each} value={each}>
                {each}
              </option>
            ))}
          </SelectField>
          <TextField label="Power usage effectiveness" inputMode="decimal" value={pueText} error={pueHolds ? null : 'a number from 1 to 10 is needed'} onChange={(event) => setPue(event.target.value)} />
        </div>
        {!known ? <p className="text-ink-2">No power was measured, and the system states no power model: give its nodes <code>idleWatts</code> and <code>maxWatts</code>.</p> : (
          <>
            <p className="max-w-4xl text-lg" data-testid="carbon-answer">
              {formatNumber((sum((row) => row.kwh) / hours) * 1_000, 0)} W and {formatNumber(sum((row) => row.grams) / hours, 0)} g CO2e an hour; {formatNumber(sum((row) => row.kwh), 3)} kWh and {formatNumber(sum((row) => row.grams) / 1_000, 3)} kg over the history.
            </p>
            {rows.length < 3 ? null : (
              <TimeSeriesChart title="Carbon" unit="g/h" fileName="carbon" domain={[rows[0]!.fromSeconds, rows.at(-1)!.fromSeconds + bucketSeconds]} height={150} lines={[{ key: 'grams', label: 'CO2e', colour: 'var(--series-2)', provenance, points: rows.map((row) => [row.fromSeconds + bucketSeconds / 2, row.grams === null ? null : (row.grams * 3_600) / bucketSeconds] as const) }]} />
            )}
            <DataTable caption="Energy and carbon over time" columns={COLUMNS} rows={rows} rowKey={(row) => String(row.fromSeconds).padStart(9, '0')} rowsPerPage={8} />
          </>
        )}
      </div>
    </Panel>
  );
}
