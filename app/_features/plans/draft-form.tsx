/** A plan of one's own: a value to set on the fleet, rehearsed like the loop's plans before anybody may approve it. */
'use client';

import { useState } from 'react';
import { serverWords, trpc } from '@/app/_lib/server/trpc';
import { Button } from '@/app/_ui/button';
import { SelectField, TextField } from '@/app/_ui/field';
import { Notice } from '@/app/_ui/notice';
import { Panel } from '@/app/_ui/panel';
import type { Command } from '@/engine/twin';

type Kind = 'set-replicas' | 'set-cpu-quota';

export function DraftForm({ onMade }: { readonly onMade: (id: string) => void }) {
  const fleet = trpc.fleet.state.useQuery();
  const create = trpc.plans.create.useMutation();
  const propose = trpc.plans.propose.useMutation();
  const rehearse = trpc.plans.rehearse.useMutation();
  const services = Object.keys(fleet.data?.state?.services ?? {});
  const [service, setService] = useState('backend');
  const [kind, setKind] = useState<Kind>('set-replicas');
  const [value, setValue] = useState('3');
  const number = Number(value);
  const valid = value.trim() !== '' && Number.isInteger(number) && number >= (kind === 'set-replicas' ? 0 : 1);
  const busy = create.isPending ? 'Writing' : propose.isPending ? 'Proposing' : rehearse.isPending ? 'Rehearsing' : null;
  const problem = create.error ?? propose.error;
  if (services.length === 0) return null;
  const make = async () => {
    const command: Command = kind === 'set-replicas' ? { kind, service, replicas: number } : { kind, service, quotaMillicores: number };
    const title = kind === 'set-replicas' ? `Scale ${service} to ${number} replicas` : `Set the CPU quota of ${service} to ${number} mCPU`;
    const draft = await create.mutateAsync({ title, why: 'asked for by the operator', commands: [command] }).catch(() => null);
    if (draft === null) return;
    await propose.mutateAsync({ id: draft.id }).catch(() => null);
    await rehearse.mutateAsync({ id: draft.id }).catch(() => null); // the plan page says why when it cannot be rehearsed yet
    onMade(draft.id);
  };
  return (
    <Panel title="Write a plan" note="it is rehearsed on the twin first">
      <form
        className="grid grid-cols-2 items-start gap-3 md:grid-cols-[1fr_1fr_1fr_auto]"
        onSubmit={(event) => {
          event.preventDefault();
          void make();
        }}
      >
        <SelectField label="Service" value={service} onChange={(event) => setService(event.target.value)}>
          {services.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </SelectField>
        <SelectField label="Set" value={kind} onChange={(event) => setKind(event.target.value as Kind)}>
          <option value="set-replicas">replicas</option>
          <option value="set-cpu-quota">CPU quota (mCPU)</option>
        </SelectField>
        <TextField label="To" inputMode="numeric" value={value} error={valid ? null : 'a whole number is needed'} onChange={(event) => setValue(event.target.value)} />
        <Button type="submit" className="mt-5" disabled={!valid} busy={busy}>
          Propose
        </Button>
      </form>
      {problem === null ? null : <Notice tone="error" what="The plan was not made" why={serverWords(problem)} />}
    </Panel>
  );
}
