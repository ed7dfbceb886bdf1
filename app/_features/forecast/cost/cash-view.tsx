/** When the money of a promise leaves: what it costs amortised, quarter by quarter, beside what is paid when a share of it is due on the first day. */
'use client';

import { useState } from 'react';
import { DataTable, type Column } from '@/app/_ui/data-table';
import { SelectField, TextField } from '@/app/_ui/field';
import { formatNumber } from '@/app/_ui/number-format';
import { cashRows, type CashRow } from './cash-rows';

const COLUMNS: readonly Column<CashRow>[] = [
  { key: 'name', header: 'Quarter', value: (row) => row.name, render: (row) => <span className="whitespace-nowrap">{row.name}</span> },
  { key: 'amortised', header: 'Amortised', unit: '$', value: (row) => row.amortisedUsd, digits: 0 },
  { key: 'paid', header: 'Paid', unit: '$', value: (row) => row.cashUsd, digits: 0 },
  { key: 'ahead', header: 'Paid ahead', unit: '$ at its end', value: (row) => row.aheadUsd, digits: 0 },
];

const TERMS = [1, 3] as const;

/** `promised`: $/h of the best plan of each term. */
export function CashView({ promised }: { readonly promised: Readonly<Record<(typeof TERMS)[number], number>> }) {
  const [term, setTerm] = useState<(typeof TERMS)[number]>(3);
  const [text, setText] = useState('50');
  const share = Number(text);
  const wrong = text.trim() === '' || !(share >= 0 && share <= 100);
  const rows = cashRows(promised[term], wrong ? 0 : share / 100, term);
  const total = rows.reduce((sum, row) => sum + row.cashUsd, 0);
  if (promised[1] === 0 && promised[3] === 0) return null;
  return (
    <div className="grid gap-3">
      <h3 className="text-base font-semibold">When the money leaves</h3>
      <div className="grid max-w-2xl grid-cols-2 items-start gap-3">
        <SelectField label="Plan" value={String(term)} onChange={(event) => setTerm(event.target.value === '1' ? 1 : 3)}>
          {TERMS.map((each) => (
            <option key={each} value={each}>
              {each === 1 ? 'one year' : 'three years'}
            </option>
          ))}
        </SelectField>
        <TextField label="Paid on the first day" unit="%" inputMode="decimal" value={text} error={wrong ? 'a number from 0 to 100 is needed' : null} onChange={(event) => setText(event.target.value)} />
      </div>
      <p className="max-w-4xl" data-testid="cash-answer">
        ${formatNumber(total * (wrong ? 0 : share / 100), 0)} leave on the first day of ${formatNumber(total, 0)} in all; amortised over its hours it is the same amount by the end of the term.
      </p>
      <DataTable caption="A promise in cash and amortised" columns={COLUMNS} rows={rows} rowKey={(row) => row.name} />
    </div>
  );
}
