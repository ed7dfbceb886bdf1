/** The shipped price books: every price with its unit, region, day and source, found by its name. */
'use client';

import { useMemo, useState } from 'react';
import { DataTable, type Column } from '@/app/_ui/data-table';
import { SelectField, TextField } from '@/app/_ui/field';
import { Panel } from '@/app/_ui/panel';
import { bookDay, bookNamed, type PriceEntry } from '@/engine/cost';
import { PRICE_BOOK_NAMES, type PriceBookName } from '@/engine/twin';

const oneLine = (text: string) => <span className="whitespace-nowrap">{text}</span>;

const COLUMNS: readonly Column<PriceEntry>[] = [
  { key: 'item', header: 'Price of', value: (row) => row.item, render: (row) => oneLine(row.item) },
  { key: 'usd', header: 'Dollars', unit: '$', value: (row) => row.microUsd / 1e6, digits: 6 },
  { key: 'unit', header: 'Per', value: (row) => row.unit, render: (row) => oneLine(row.unit) },
  { key: 'above', header: 'Above', unit: 'a month', value: (row) => row.above ?? null, digits: 0 },
  { key: 'region', header: 'Region', value: (row) => row.region ?? 'everywhere', render: (row) => oneLine(row.region ?? 'everywhere') },
  { key: 'from', header: 'From', value: (row) => row.from, render: (row) => oneLine(row.from) },
  { key: 'source', header: 'Source', value: (row) => row.source, render: (row) => oneLine(row.source) },
];

const NAMES: Readonly<Record<PriceBookName, string>> = { opencost: 'OpenCost defaults', aws: 'AWS', gcp: 'Google Cloud' };

export function PriceBookPanel() {
  const [name, setName] = useState<PriceBookName>('aws');
  const [sought, setSought] = useState('');
  const book = useMemo(() => bookNamed(name), [name]);
  const words = sought.trim().toLowerCase();
  const entries = book.entries.filter(({ item, region = '' }) => item.toLowerCase().includes(words) || region.includes(words));
  return (
    <Panel title="Price book" note={`prices of ${bookDay(book)}; a system names its book in prices.book, or brings its own`}>
      <div className="grid gap-3">
        <div className="grid max-w-2xl items-start gap-3 sm:grid-cols-2">
          <SelectField label="Book" value={name} onChange={(event) => setName(PRICE_BOOK_NAMES.find((each) => each === event.target.value) ?? 'aws')}>
            {PRICE_BOOK_NAMES.map((each) => (
              <option key={each} value={each}>
                {NAMES[each]}
              </option>
            ))}
          </SelectField>
          <TextField label="Machine, item or region" value={sought} placeholder="m7i, gp3, europe-west4" onChange={(event) => setSought(event.target.value)} />
        </div>
        <DataTable caption="Prices" columns={COLUMNS} rows={entries} rowKey={({ item, region = '', above = 0 }) => `${item} ${region} ${above}`} rowsPerPage={10} empty={<p className="text-ink-2">No price of this book has that in its name.</p>} />
      </div>
    </Panel>
  );
}
