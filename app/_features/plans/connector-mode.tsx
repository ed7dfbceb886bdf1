/** What a connector may do now. Going live is the one thing that asks twice: the target's name must be typed. */
'use client';

import { useState } from 'react';
import { serverWords, trpc } from '@/app/_lib/server/trpc';
import { Button } from '@/app/_ui/button';
import { Dialog } from '@/app/_ui/dialog';
import { TextField } from '@/app/_ui/field';
import { Notice } from '@/app/_ui/notice';
import { SegmentedControl } from '@/app/_ui/segmented-control';

type Mode = 'off' | 'read' | 'dry-run' | 'live';

const SEGMENTS = [
  { value: 'off', label: 'Off', title: 'Not even read' },
  { value: 'read', label: 'Read', title: 'Reads, never writes' },
  { value: 'dry-run', label: 'Dry-run', title: 'Records what would be sent' },
  { value: 'live', label: 'Live', title: 'Approved plans change it' },
] as const satisfies readonly { readonly value: Mode; readonly label: string; readonly title: string }[];

export function ConnectorMode({ connector }: { readonly connector: string }) {
  const queries = trpc.useUtils();
  const connectors = trpc.connectors.list.useQuery();
  const setMode = trpc.connectors.setMode.useMutation({ onSuccess: () => queries.connectors.invalidate() });
  const [arming, setArming] = useState(false);
  const [typed, setTyped] = useState('');
  const mode = connectors.data?.find((each) => each.connector === connector)?.mode ?? 'read';
  const choose = (next: Mode) => {
    if (next !== 'live') return setMode.mutate({ connector, mode: next });
    setTyped('');
    setArming(true);
  };
  return (
    <div className="grid gap-2">
      <SegmentedControl<Mode> label={`Mode of ${connector}`} value={mode} segments={SEGMENTS} onChange={choose} className="justify-self-start" />
      {setMode.error === null ? null : <Notice tone="error" what="The mode was not changed" why={serverWords(setMode.error)} />}
      <Dialog open={arming} onOpenChange={setArming} title={`Let approved plans change “${connector}”`} description="In live mode the steps of an approved plan are sent to the running system. Each plan still needs its own approval, and STOP in the bar above ends everything at once.">
        <form
          className="grid gap-3"
          onSubmit={(event) => {
            event.preventDefault();
            setMode.mutate({ connector, mode: 'live', typedName: typed }, { onSuccess: () => setArming(false) });
          }}
        >
          <TextField label={`Type ${connector} to go live`} value={typed} onChange={(event) => setTyped(event.target.value)} autoComplete="off" autoFocus />
          <div className="flex gap-2">
            <Button kind="danger" type="submit" disabled={typed !== connector} busy={setMode.isPending ? 'Going live' : null}>
              Go live
            </Button>
            <Button onClick={() => setArming(false)}>Stay as it is</Button>
          </div>
        </form>
      </Dialog>
    </div>
  );
}
