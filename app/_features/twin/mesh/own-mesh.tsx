/** The way in for somebody's own mesh, and the way out of this one: files read in this browser, recordings made in it. */
'use client';

import { useState } from 'react';
import { worldOfMesh } from '@/app/_lib/mesh-world/world-of-mesh';
import { openWorld } from '@/app/_lib/live-world/use-live-world';
import type { LiveWorld } from '@/app/_lib/live-world/live-world';
import { Button } from '@/app/_ui/button';
import { CopyCommand } from '@/app/_ui/copy-command';
import { DropZone } from '@/app/_ui/drop-zone';
import { download } from '@/app/_ui/export/download';
import { IssueList } from '@/app/_ui/notice';
import { Panel } from '@/app/_ui/panel';
import { importMesh, type ImportedMesh, type MeshSpec, type SpecIssue } from '@/engine/twin';

const BYTES_MAX = 30e6;
const RECORD_SECONDS = 300;

type State = { readonly kind: 'empty' } | { readonly kind: 'understood'; readonly name: string; readonly found: ImportedMesh } | { readonly kind: 'refused'; readonly issues: readonly SpecIssue[] };

export function OwnMesh({ mesh, look }: { readonly mesh: MeshSpec; readonly look: LiveWorld['look'] }) {
  const [state, setState] = useState<State>({ kind: 'empty' });
  const [recording, setRecording] = useState(false);
  const read = async (files: readonly File[]) => {
    const bytes = files.reduce((sum, file) => sum + file.size, 0);
    if (bytes > BYTES_MAX) return setState({ kind: 'refused', issues: [{ path: files[0]!.name, code: 'out-of-range', message: `${Math.round(bytes / 1e6)} MB are over the limit of ${BYTES_MAX / 1e6} MB here.`, suggestion: 'Use the command line: npm run orrery -- import mesh FILE.' }] });
    const texts = await Promise.all(files.map(async (file) => ({ name: file.name, content: await file.text() })));
    const imported = importMesh(texts);
    setState(imported.ok ? { kind: 'understood', name: files[0]!.name.replace(/\.[a-z]+$/, ''), found: imported.value } : { kind: 'refused', issues: imported.error });
  };
  const record = async () => {
    setRecording(true);
    const text = await look((looks) => looks.recordMesh?.(mesh, RECORD_SECONDS, 1));
    if (text !== null) download('mesh-recording.jsonl', new Blob([text], { type: 'application/x-ndjson' }));
    setRecording(false);
  };
  return (
    <div className="grid gap-4 md:grid-cols-2">
      <Panel title="Your mesh" note="the files stay in this browser">
        <div className="grid gap-2">
          <CopyCommand command="batctl originators_json > $(hostname).o.json" />
          <DropZone label="Drop a map or batctl tables here, or choose files" accept=".json,.txt,.log" onFiles={(files) => void read(files)}>
            <span className="block text-sm text-ink-3">meshviewer.json, NetJSON, a list of links, laboratory scenarios, batctl o, n, gwl, tl, tg as text or JSON</span>
          </DropZone>
          {state.kind === 'refused' ? <IssueList issues={state.issues} label="Why this was not opened" /> : null}
          {state.kind === 'understood' ? <Understood name={state.name} found={state.found} /> : null}
        </div>
      </Panel>
      <Panel title="Take it along">
        <div className="flex flex-wrap gap-2">
          <Button small onClick={() => download('mesh.json', new Blob([JSON.stringify(mesh, null, 1)], { type: 'application/json' }))}>Mesh as JSON</Button>
          <Button small busy={recording ? `Playing ${RECORD_SECONDS} s` : null} onClick={() => void record()}>Recording of {RECORD_SECONDS} s, as the laboratory writes it</Button>
        </div>
        <p className="mt-2 text-sm text-ink-2">The command line has the rest: tables as batctl prints them, NetJSON, counters as Prometheus text.</p>
        <CopyCommand command="npm run orrery -- show mesh mesh.json --router NAME" />
      </Panel>
    </div>
  );
}

function Understood({ name, found }: { readonly name: string; readonly found: ImportedMesh }) {
  const { spec, dropped, format, clients } = found;
  const { world, chosenGateway } = worldOfMesh(name, spec);
  return (
    <section aria-label="What I understood" className="grid gap-1 border-l-2 border-accent pl-3">
      <p className="font-medium text-ink">What I understood</p>
      <p className="text-ink-2">
        {format}: {spec.routers.length} routers, {spec.links.length} links, {spec.routers.filter((router) => router.gateway === true).length} gateways{clients > 0 ? `, ${clients} clients` : ''}.
        {chosenGateway === null ? '' : ` No gateway is named in it; ${chosenGateway}, which has the most links, is taken for one.`}
        {dropped.length === 0 ? '' : ` Left out: ${dropped.map(({ what, count }) => `${count} ${what}`).join(', ')}.`}
      </p>
      <p>
        <Button kind="primary" small onClick={() => void openWorld(world)}>Run this mesh</Button>
      </p>
    </section>
  );
}
