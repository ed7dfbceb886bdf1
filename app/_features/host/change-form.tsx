/** What is changed, in the kernel's own units. Every edit is asked at once: there is nothing to submit. */
'use client';

import { SelectField, TextField } from '@/app/_ui/field';
import type { os } from '@/engine/twin';
import { changesOf, withAmount, type OfferedChange } from './offered-changes';

type ChangeFormProps = { readonly host: os.HostSpec; readonly command: os.HostCommand; readonly onCommand: (command: os.HostCommand) => void };

export function ChangeForm({ host, command, onCommand }: ChangeFormProps) {
  const offered = changesOf(host);
  const chosen: OfferedChange | undefined = offered.find(({ key }) => key === keyOf(command));
  return (
    <div className="flex flex-wrap items-end gap-3">
      <SelectField label="Change" className="w-64 max-w-full" value={keyOf(command)} onChange={(event) => onCommand(offered.find(({ key }) => key === event.target.value)?.command ?? command)}>
        {offered.map(({ key, label }) => (
          <option key={key} value={key}>
            {label}
          </option>
        ))}
      </SelectField>
      {chosen?.amount === undefined ? null : (
        <TextField
          label={chosen.amount.label}
          unit={chosen.amount.unit}
          type="number"
          className="w-36"
          min={chosen.amount.min}
          max={chosen.amount.max}
          step={chosen.amount.step}
          value={String(chosen.amount.of(command))}
          onChange={(event) => {
            const value = event.target.valueAsNumber;
            const { min, max } = chosen.amount!;
            if (value >= min && value <= max) onCommand(withAmount(command, value));
          }}
        />
      )}
    </div>
  );
}

export const keyOf = (command: os.HostCommand) => `${command.kind} ${'group' in command && command.kind !== 'move-program' ? command.group : 'program' in command ? command.program : 'certificate' in command ? command.certificate : ''}${command.kind === 'set-quota' && command.quotaMs === null ? ' none' : command.kind === 'rotate-log' && command.tellsWriter ? ' told' : ''}`;
