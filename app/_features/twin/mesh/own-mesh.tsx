/** The way in for somebody's own mesh, and the way out of this one: files read in this browser, recordings made in it. */
'use client';

import { useState } from 'react';
import { meshSentence, readMeshFiles } from '@/app/_lib/mesh-world/read-mesh-files';
import { worldOfMesh } from '@/app/_lib/mesh-world/world-of-mesh';
import { openWorld } from '@/app/_lib/live-world/use-live-world';
import type { LiveWorld } from '@/app/_lib/live-world/live-world';
import { Button } from '@/app/_ui/button';
import { CopyCommand } from '@/app/_ui/copy-command';
import { DropZone } from '@/app/_ui/drop-zone';
import { download } from '@/app/_ui/export/download';
import { IssueList } from '@/app/_ui/notice';
import { Panel } from '@/app/_ui/panel';
import type { ImportedMesh, MeshSpec, Span, SpecIssue } from '@/engine/twin';

const RECORD_SECONDS = 300;
const RUN_ROUTERS_MAX = 2_000;

type State = { readonly kind: 'empty' } | { readonly kind: 'understood'; readonly name: string; readonly found: ImportedMesh } | { readonly kind: 'refused'; readonly issues: readonly SpecIssue[] };

type OwnMeshProps = { /** Null: there is none to take along. */ readonly mesh: MeshSpec | null; readonly look: LiveWorld['look']; /** The stretch of the running world that can be recorded. */ readonly span: Span | null };

export function OwnMesh({ mesh, look, span }: OwnMeshProps) {
  const [state, setState] = useState<State>({ kind: 'empty' });
  const read = async (files: readonly File[]) => {
    const imported = await readMeshFiles(files);
    setState(imported.ok ? { kind: 'understood', name: files[0]!.name.replace(/\.[a-z]+$/, ''), found: imported.value } : { kind: 'refused', issues: imported.error });
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
      {mesh === null ? null : <TakeAlong mesh={mesh} look={look} span={span} />}
    </div>
  );
}

function Understood({ name, found }: { readonly name: string; readonly found: ImportedMesh }) {
  const { world, chosenGateway } = worldOfMesh(name, found.spec);
  return (
    <section aria-label="What I understood" className="grid gap-1 border-l-2 border-accent pl-3">
      <p className="font-medium text-ink">What I understood</p>
      <p className="text-ink-2">
        {meshSentence(found)}
        {chosenGateway === null ? '' : ` No gateway is named in it; ${chosenGateway}, which has the most links, is taken for one.`}
      </p>
      {found.spec.routers.length > RUN_ROUTERS_MAX ? (
        <p className="text-ink-2">More than {RUN_ROUTERS_MAX} routers are not run here. What their failures would do: npm run orrery -- sweep mesh FILE.</p>
      ) : (
        <p>
          <Button kind="primary" small onClick={() => void openWorld(world)}>Run this mesh</Button>
        </p>
      )}
    </section>
  );
}

function TakeAlong({ mesh, look, span }: OwnMeshProps & { readonly mesh: MeshSpec }) {
  const [recording, setRecording] = useState<'seen' | 'fresh' | null>(null);
  const save = async (which: 'seen' | 'fresh') => {
    setRecording(which);
    const text = await look((looks) => (which === 'fresh' ? looks.recordMesh?.(mesh, RECORD_SECONDS, 1) : span === null ? undefined : looks.recordSpan?.(mesh, span)));
    if (text !== null) download(which === 'fresh' || span === null ? 'mesh-recording.jsonl' : `mesh-${span.fromSeconds}-${span.toSeconds}.jsonl`, new Blob([text], { type: 'application/x-ndjson' }));
    setRecording(null);
  };
  const saveNetJson = async () => {
    const graph = await look((looks) => looks.netJson?.());
    if (graph !== null) download('mesh-netjson.json', new Blob([JSON.stringify(graph, null, 1)], { type: 'application/json' }));
  };
  return (
    <Panel title="Take it along">
      <div className="flex flex-wrap gap-2">
        <Button small onClick={() => download('mesh.json', new Blob([JSON.stringify(mesh, null, 1)], { type: 'application/json' }))}>Mesh as JSON</Button>
        <Button small onClick={() => void saveNetJson()}>NetJSON, as it is now</Button>
        {span === null ? null : <Button small busy={recording === 'seen' ? 'Living it again' : null} onClick={() => void save('seen')}>Recording of the seconds seen</Button>}
        <Button small busy={recording === 'fresh' ? `Playing ${RECORD_SECONDS} s` : null} onClick={() => void save('fresh')}>Recording of {RECORD_SECONDS} s from a fresh start</Button>
      </div>
      <p className="mt-2 text-sm text-ink-2">Recordings are JSON lines as the laboratory for real batman-adv kernels writes them: every router’s tables each second, counters, and what was done.</p>
      <p className="mt-2 text-sm text-ink-2">The command line has the rest: tables as batctl prints them, counters as Prometheus text.</p>
      <CopyCommand command="npm run orrery -- show mesh mesh.json --router NAME" />
    </Panel>
  );
}
