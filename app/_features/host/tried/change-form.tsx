/** What is changed, in the kernel's own units, or what goes wrong. Every edit is asked at once: there is nothing to submit. */
'use client';

import { SelectField, TextField } from '@/app/_ui/field';
import type { os } from '@/engine/twin';
import { isMoment } from '@/engine/twin';
import { changesOf, type OfferedChange } from './offered-changes';
import { faultsOf } from './offered-faults';
import { amountOf, keyOf, withAmount, type Tried } from './tried-change';

type ChangeFormProps = { readonly host: os.HostSpec; /** Left after the change, s. */ readonly leftSeconds: number; readonly tried: Tried; readonly onTried: (tried: Tried) => void };

export function ChangeForm({ host, leftSeconds, tried, onTried }: ChangeFormProps) {
  const [changes, faults] = [changesOf(host), faultsOf(host)];
  const offered = [...changes, ...faults];
  const chosen: OfferedChange | undefined = offered.find(({ key }) => key === keyOf(tried));
  const options = (list: readonly OfferedChange[]) =>
    list.map(({ key, label }) => (
      <option key={key} value={key}>
        {label}
      </option>
    ));
  return (
    <div className="flex flex-wrap items-end gap-3">
      <SelectField label="Change" className="w-64 max-w-full" value={keyOf(tried)} onChange={(event) => onTried(offered.find(({ key }) => key === event.target.value)?.tried ?? tried)}>
        <optgroup label="Somebody changes">{options(changes)}</optgroup>
        <optgroup label="It goes wrong">{options(faults)}</optgroup>
      </SelectField>
      {chosen?.amount === undefined ? null : <NumberField {...chosen.amount} value={amountOf(tried) ?? 0} onValue={(value) => onTried(withAmount(tried, value))} />}
      {'fault' in tried && !isMoment(tried.fault) ? <NumberField label="for" unit="s" min={1} max={leftSeconds} step={5} value={tried.lastsSeconds ?? leftSeconds} onValue={(lastsSeconds) => onTried({ ...tried, lastsSeconds })} /> : null}
    </div>
  );
}

type NumberFieldProps = NonNullable<OfferedChange['amount']> & { readonly value: number; readonly onValue: (value: number) => void };

function NumberField({ label, unit, min, max, step, value, onValue }: NumberFieldProps) {
  return (
    <TextField
      label={label}
      unit={unit}
      type="number"
      className="w-36"
      min={min}
      max={max}
      step={step}
      value={String(value)}
      onChange={(event) => {
        const next = event.target.valueAsNumber;
        if (next >= min && next <= max) onValue(next);
      }}
    />
  );
}
