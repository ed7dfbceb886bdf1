/** Storage by age: a bucket under lifecycle rules beside none, with what moving, reading and leaving a class early costs. */
'use client';

import { useState } from 'react';
import { StackedBars, type BarPart } from '@/app/_ui/chart/stacked-bars';
import { DataTable, type Column } from '@/app/_ui/data-table';
import { SelectField, TextField } from '@/app/_ui/field';
import { formatNumber } from '@/app/_ui/number-format';
import { Panel } from '@/app/_ui/panel';
import { classesOf, STORAGE_PROVIDERS, storageRows, type StorageProvider, type StorageRow } from './storage-rows';

const PROVIDERS: Readonly<Record<StorageProvider, string>> = { s3: 'S3 in us-east-1', gcs: 'Cloud Storage in us-central1' };

const PARTS: readonly BarPart[] = [
  { key: 'kept', label: 'Kept', colour: 'var(--series-1)' },
  { key: 'transitions', label: 'Moved', colour: 'var(--series-3)' },
  { key: 'retrievals', label: 'Read', colour: 'var(--series-6)' },
  { key: 'earlyDeletes', label: 'Left too early', colour: 'var(--series-1)', hatched: true },
];

const COLUMNS: readonly Column<StorageRow>[] = [
  { key: 'name', header: 'Bucket', value: (row) => row.name, render: (row) => <span className="whitespace-nowrap">{row.name}</span> },
  { key: 'usd', header: 'Costs', unit: '$', value: (row) => row.usd, digits: 0 },
  { key: 'saved', header: 'Saves', unit: '$', value: (row) => row.savedUsd, digits: 0 },
  ...PARTS.map(({ key, label }): Column<StorageRow> => ({ key, header: label, unit: '$', value: (row) => row.parts[key as keyof StorageRow['parts']], digits: 0 })),
  { key: 'gib', header: 'Holds in the end', unit: 'GiB', value: (row) => row.gib, digits: 0 },
];

const FIELDS = [
  { key: 'gibPerDay', label: 'Written', unit: 'GiB a day', initial: '20', max: 1e6 },
  { key: 'objectsPerGib', label: 'Objects', unit: 'per GiB', initial: '50', max: 1e7 },
  { key: 'read', label: 'Read in a day', unit: '% of what lies there', initial: '0.1', max: 100 },
  { key: 'deleted', label: 'Deleted after', unit: 'days, empty: never', initial: '', max: 36_500 },
] as const;
const FIRST_MOVES: Readonly<Record<string, string>> = { 's3-standard-ia': '30', 's3-glacier-ir': '90', 's3-glacier': '', 's3-deep-archive': '365', 'gcs-nearline': '30', 'gcs-coldline': '90', 'gcs-archive': '365' };
const YEARS = [1, 3, 5] as const;

/** Null for an empty text, undefined for one that is no amount. */
function amount(text: string, max: number): number | null | undefined {
  const value = Number(text);
  return text.trim() === '' ? null : Number.isFinite(value) && value >= 0 && value <= max ? value : undefined;
}

export function StoragePanel() {
  const [provider, setProvider] = useState<StorageProvider>('s3');
  const [years, setYears] = useState<number>(3);
  const [texts, setTexts] = useState<Readonly<Record<string, string>>>(() => ({ ...Object.fromEntries(FIELDS.map(({ key, initial }) => [key, initial])), ...FIRST_MOVES }));
  const write = (key: string) => (event: { readonly target: { readonly value: string } }) => setTexts({ ...texts, [key]: event.target.value });
  const read = (key: string, max: number) => amount(texts[key] ?? '', max);
  const whole = (key: string) => (typeof read(key, 36_500) === 'number' ? Math.round(read(key, 36_500) as number) : null);
  const colder = classesOf(provider).slice(1);
  const rows = storageRows({ provider, years, gibPerDay: read('gibPerDay', 1e6) ?? 0, objectsPerGib: read('objectsPerGib', 1e7) ?? 0, readShare: (read('read', 100) ?? 0) / 100, deletedAfterDays: whole('deleted'), moves: Object.fromEntries(colder.map(({ name }) => [name, whole(name)])) });
  const [without, moved] = rows;
  const error = (key: string, max: number) => (read(key, max) === undefined ? `a number from 0 to ${formatNumber(max)} is needed` : null);
  return (
    <Panel title="Storage by age" note="a bucket that is written to every day; list prices of object storage, and what a class costs that is left too early">
      <div className="grid gap-4">
        <div className="grid grid-cols-2 items-start gap-3 sm:grid-cols-3 xl:grid-cols-6">
          <SelectField label="Where" value={provider} onChange={(event) => setProvider(STORAGE_PROVIDERS.find((each) => each === event.target.value) ?? 's3')}>
            {STORAGE_PROVIDERS.map((each) => (
              <option key={each} value={each}>
                {PROVIDERS[each]}
              </option>
            ))}
          </SelectField>
          <SelectField label="Over" value={String(years)} onChange={(event) => setYears(Number(event.target.value))}>
            {YEARS.map((each) => (
              <option key={each} value={each}>
                {each === 1 ? 'one year' : `${each} years`}
              </option>
            ))}
          </SelectField>
          {FIELDS.map(({ key, label, unit, max }) => (
            <TextField key={key} label={label} unit={unit} inputMode="decimal" value={texts[key]} error={error(key, max)} onChange={write(key)} />
          ))}
          {colder.map(({ name }) => (
            <TextField key={name} label={`To ${name} after`} unit="days" inputMode="numeric" value={texts[name]} error={error(name, 36_500)} onChange={write(name)} />
          ))}
        </div>
        {without === undefined || moved === undefined ? null : (
          <p className="max-w-4xl text-lg" data-testid="storage-answer">
            {moved.savedUsd > 0 ? `These moves save $${formatNumber(moved.savedUsd, 0)} of $${formatNumber(without.usd, 0)} in ${years === 1 ? 'the first year' : `the first ${years} years`}.` : moved.savedUsd < 0 ? `These moves cost $${formatNumber(-moved.savedUsd, 0)} more than leaving everything where it is written.` : 'Nothing moves: everything stays where it is written.'}
          </p>
        )}
        <StackedBars title="What the bucket costs" unit="$" digits={0} parts={PARTS} rows={rows.map(({ name, parts }) => ({ key: name, label: name, values: parts }))} />
        <DataTable caption="The bucket with and without moves" columns={COLUMNS} rows={rows} rowKey={(row) => row.name} />
      </div>
    </Panel>
  );
}
