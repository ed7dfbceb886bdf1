/** Something new for the mesh: a router heard by those named, or a link between two that have none. Asked like any change: first on a fork, then done. */
'use client';

import { useState, type FormEvent } from 'react';
import { describeChange } from '@/app/_lib/what-if/describe-change';
import { Button } from '@/app/_ui/button';
import { SelectField, TextField } from '@/app/_ui/field';
import { Panel } from '@/app/_ui/panel';
import type { Change } from '@/engine/scenario';
import type { Command, MeshSpec, Site } from '@/engine/twin';
import { freeName } from './with-added';

type BuildPanelProps = { readonly mesh: MeshSpec; readonly busy: boolean; readonly onAsk: (change: Change) => void };

/** What a planner assumes of a link that nobody has measured. */
const LOSS_PERCENT = '10';
const asChange = (command: Command): Change => ({ title: describeChange({ faults: [], commands: [command] }), faults: [], commands: [command] });

/** A router where a site was found, heard by those that the search assumed to hear it, with the loss that it assumed. */
export const buildAt = (mesh: MeshSpec, { x, y, hears, lossPercent }: Site): Change => asChange({ kind: 'add-mesh-router', router: freeName(mesh), x, y, neighbours: hears.map((router) => ({ router, lossPercent })) });

export function BuildPanel({ mesh, busy, onAsk }: BuildPanelProps) {
  return (
    <Panel title="Build something new" note="a router or a link that is in no plan; the answer first, and the Now page takes it back">
      <div className="grid gap-6 md:grid-cols-2">
        <NewRouter key={freeName(mesh)} mesh={mesh} busy={busy} onAsk={onAsk} />
        <NewLink mesh={mesh} busy={busy} onAsk={onAsk} />
      </div>
    </Panel>
  );
}

function NewRouter({ mesh, busy, onAsk }: BuildPanelProps) {
  const [name, setName] = useState(freeName(mesh));
  const [heardBy, setHeardBy] = useState<readonly string[]>([]);
  const [loss, setLoss] = useState(LOSS_PERCENT);
  const names = mesh.routers.map((router) => router.name);
  const taken = names.includes(name.trim());
  const left = names.filter((other) => !heardBy.includes(other));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onAsk(asChange({ kind: 'add-mesh-router', router: name.trim(), neighbours: heardBy.map((router) => ({ router, lossPercent: Number(loss) })) }));
  };
  return (
    <form onSubmit={submit} className="grid content-start gap-2" aria-label="A new router">
      <div className="grid grid-cols-2 gap-2">
        <TextField label="New router" value={name} onChange={(event) => setName(event.target.value)} error={taken ? 'this name is taken: choose another' : null} maxLength={100} required />
        <TextField label="Loss of its links" unit="%" type="number" min={0} max={100} step="any" value={loss} onChange={(event) => setLoss(event.target.value)} required />
      </div>
      <SelectField label="Heard by" value="" onChange={(event) => setHeardBy([...heardBy, event.target.value])} hint={heardBy.length === 0 ? 'name at least one router' : undefined}>
        <option value="">{heardBy.length === 0 ? 'choose a router' : 'another one'}</option>
        {left.map((other) => <option key={other} value={other}>{other}</option>)}
      </SelectField>
      {heardBy.length === 0 ? null : (
        <div className="flex flex-wrap gap-1">
          {heardBy.map((other) => (
            <Button key={other} small kind="quiet" aria-label={`Not heard by ${other}`} onClick={() => setHeardBy(heardBy.filter((each) => each !== other))}>{other} ×</Button>
          ))}
        </div>
      )}
      <p><Button type="submit" small disabled={busy || taken || name.trim() === '' || heardBy.length === 0}>Add this router</Button></p>
    </form>
  );
}

function NewLink({ mesh, busy, onAsk }: BuildPanelProps) {
  const [a, setA] = useState('');
  const [b, setB] = useState('');
  const [loss, setLoss] = useState(LOSS_PERCENT);
  const names = mesh.routers.map((router) => router.name);
  const joined = new Set(mesh.links.flatMap((link) => (link.a === a ? [link.b] : link.b === a ? [link.a] : [])));
  const free = names.filter((other) => other !== a && !joined.has(other));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onAsk(asChange({ kind: 'add-mesh-link', router: a, towards: b, lossPercent: Number(loss) }));
    setB('');
  };
  return (
    <form onSubmit={submit} className="grid content-start gap-2" aria-label="A new link">
      <div className="grid grid-cols-2 gap-2">
        <SelectField label="New link from" value={a} onChange={(event) => { setA(event.target.value); setB(''); }}>
          <option value="">choose a router</option>
          {names.map((name) => <option key={name} value={name}>{name}</option>)}
        </SelectField>
        <TextField label="Loss" unit="%" type="number" min={0} max={100} step="any" value={loss} onChange={(event) => setLoss(event.target.value)} required />
      </div>
      <SelectField label="To" value={b} disabled={a === ''} onChange={(event) => setB(event.target.value)} hint={a === '' ? 'those that it has no link to yet' : undefined}>
        <option value="">choose a router</option>
        {free.map((name) => <option key={name} value={name}>{name}</option>)}
      </SelectField>
      <p><Button type="submit" small disabled={busy || a === '' || b === ''}>Add this link</Button></p>
    </form>
  );
}
