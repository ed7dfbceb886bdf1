/** What is changed, in the kernel's own units, or what goes wrong. Every edit is asked at once: there is nothing to submit. */
'use client';

import { SelectField } from '@/app/_ui/field';
import { NumberField } from '@/app/_ui/number-field';
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
      {chosen?.amount === undefined ? null : <NumberField key={chosen.key} {...chosen.amount} className="w-36" value={amountOf(tried) ?? 0} onValue={(value) => onTried(withAmount(tried, value))} />}
      {'fault' in tried && !isMoment(tried.fault) ? <NumberField label="for" unit="s" className="w-36" min={1} max={leftSeconds} value={tried.lastsSeconds ?? leftSeconds} onValue={(lastsSeconds) => onTried({ ...tried, lastsSeconds })} /> : null}
    </div>
  );
}
