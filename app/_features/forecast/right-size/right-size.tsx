/** Right-size: requests by a method of one's choice, or fewer machines, played beside the system of today; saving minus the risk it adds, over paired seeds. */
'use client';

import { useState } from 'react';
import type { LoadedSource } from '@/app/_lib/sql/load-source';
import { Button } from '@/app/_ui/button';
import { CheckGroup } from '@/app/_ui/check-group';
import { SelectField, TextField } from '@/app/_ui/field';
import { formatNumber } from '@/app/_ui/number-format';
import { Panel } from '@/app/_ui/panel';
import { bestRow, rightSizeRows, rightSizeVerdicts, type RightSizeMethod, type RightSizeRow, type RiskPrices } from '@/engine/scenario';
import { BatchProgress } from '../batch-progress';
import { ConsequenceTable } from './consequence-table';
import { METHODS } from './method-choice';
import { SizesTable } from './sizes-table';
import { useRightSize, type RightSizeMeasured } from './use-right-size';
import { VerdictList } from './verdict-list';

const SEED_COUNTS = [3, 5, 10] as const;
const amount = (text: string) => (text.trim() !== '' && Number.isFinite(Number(text)) && Number(text) >= 0 ? Number(text) : null);
const amountError = (value: number | null) => (value === null ? 'an amount of 0 or more is needed' : null);

export function RightSize({ loaded }: { readonly loaded: LoadedSource }) {
  const { batch, measure, stop } = useRightSize();
  const [methods, setMethods] = useState<readonly RightSizeMethod[]>(['p95', 'vpa', 'krr']);
  const [seeds, setSeeds] = useState<number>(3);
  const [missed, setMissed] = useState('5');
  const [effort, setEffort] = useState('50');
  const [missedUsd, effortUsd] = [amount(missed), amount(effort)];
  const isRunning = batch.kind === 'running';
  return (
    <Panel title="Right-size" note="requests by a method of your choice, played: the same seeds and load as today, and what becomes of it">
      <div className="grid gap-3">
        <CheckGroup<RightSizeMethod> label="Size by" values={methods} checks={METHODS} disabled={isRunning} onChange={setMethods} />
        <div className="grid items-start gap-3 sm:grid-cols-2 lg:grid-cols-4">
          <TextField label="An hour outside the objectives costs" unit="$" inputMode="decimal" value={missed} error={amountError(missedUsd)} onChange={(event) => setMissed(event.target.value)} />
          <TextField label="Effort, once" unit="$" inputMode="decimal" value={effort} error={amountError(effortUsd)} onChange={(event) => setEffort(event.target.value)} />
          <SelectField label="Paired runs" value={String(seeds)} disabled={isRunning} onChange={(event) => setSeeds(Number(event.target.value))}>
            {SEED_COUNTS.map((count) => (
              <option key={count} value={count}>
                {count} seeds
              </option>
            ))}
          </SelectField>
          <Button kind="primary" className="mt-5" disabled={methods.length === 0} busy={isRunning ? 'Simulating' : null} onClick={() => measure(loaded, methods, seeds)}>
            Play it and compare
          </Button>
        </div>
        <BatchProgress batch={batch} planning="Working out requests and machines" onStop={stop} />
        {batch.kind === 'done' ? <Outcome measured={batch.value} prices={{ usdPerMissedHour: missedUsd ?? 0, effortUsd: effortUsd ?? 0 }} podByPod={loaded.usage.services.every(({ podByPod }) => podByPod)} /> : null}
      </div>
    </Panel>
  );
}

function Outcome({ measured, prices, podByPod }: { readonly measured: RightSizeMeasured; readonly prices: RiskPrices; readonly podByPod: boolean }) {
  const rows = rightSizeRows(measured.runs, prices);
  const best = bestRow(rows);
  return (
    <>
      <p className="max-w-4xl text-lg" data-testid="right-size-answer">
        {answer(rows, best)}
      </p>
      <VerdictList verdicts={rightSizeVerdicts(rows)} />
      <ConsequenceTable rows={rows} chosen={best?.variant ?? null} />
      <SizesTable variants={measured.variants} />
      {podByPod ? null : <p className="max-w-4xl text-sm text-ink-3">This history knows services as a whole: each method sees their mean pod, and the busiest one needed more than it recommends.</p>}
    </>
  );
}

/** A tenth of a cent an hour tells nobody anything. */
const ALIKE_USD = 0.001;

/** Also says when the money speaks for leaving everything as it is, and names all that are as good as the best. */
function answer([today, ...others]: readonly RightSizeRow[], best: RightSizeRow | null): string {
  if (today === undefined) return 'Nothing was played, so nothing can be said about savings.';
  if (best === null) return `Leave it as it is: none of these is surely worth more than the $${formatNumber(today.spendPerHour, 3)} an hour it costs now, once its risk is priced.`;
  const alike = others.filter((row) => row === best || (best.netPerHour.mean - row.netPerHour.mean < ALIKE_USD && bestRow([today, row]) !== null)).map((row) => `“${row.variant}”`);
  return `Best is ${alike.join(' or ')}: it saves $${formatNumber(best.savedPerHour, 3)} of $${formatNumber(today.spendPerHour, 3)} an hour; risk takes $${formatNumber(Math.max(0, best.riskPerHour), 3)} of it back, $${formatNumber(best.netPerYear, 0)} remain in twelve months.`;
}
