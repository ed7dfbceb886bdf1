/** Somebody's own mesh: files read in this browser, what was understood said, and the mesh run as a world. */
'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { openWorld } from '@/app/_lib/live-world/use-live-world';
import { meshSentence, readMeshFiles } from '@/app/_lib/mesh-world/read-mesh-files';
import { worldOfMesh } from '@/app/_lib/mesh-world/world-of-mesh';
import { Button } from '@/app/_ui/button';
import { DropZone } from '@/app/_ui/drop-zone';
import { IssueList } from '@/app/_ui/notice';
import { Panel } from '@/app/_ui/panel';
import type { ImportedMesh, SpecIssue } from '@/engine/twin';

type State = { readonly kind: 'empty' } | { readonly kind: 'understood'; readonly name: string; readonly found: ImportedMesh } | { readonly kind: 'refused'; readonly issues: readonly SpecIssue[] };

export function MeshImport() {
  const [state, setState] = useState<State>({ kind: 'empty' });
  const { push } = useRouter();
  const read = async (files: readonly File[]) => {
    const imported = await readMeshFiles(files);
    setState(imported.ok ? { kind: 'understood', name: files[0]!.name.replace(/\.[a-z]+$/, ''), found: imported.value } : { kind: 'refused', issues: imported.error });
  };
  const run = async (name: string, found: ImportedMesh) => {
    push('/twin?lens=mesh');
    await openWorld(worldOfMesh(name, found.spec).world);
  };
  return (
    <Panel title="Your mesh" note="the files stay in this browser">
      <div className="grid gap-2">
        <DropZone label="Drop a map or batctl tables here, or choose files" accept=".json,.txt,.log" onFiles={(files) => void read(files)}>
          <span className="block text-sm text-ink-3">meshviewer.json, NetJSON, a list of links, laboratory scenarios, batctl o, n, gwl, tl, tg as text or JSON</span>
        </DropZone>
        {state.kind === 'refused' ? <IssueList issues={state.issues} label="Why this mesh was not opened" /> : null}
        {state.kind === 'understood' ? (
          <section aria-label="The mesh I understood" className="grid gap-1 border-l-2 border-accent pl-3">
            <p className="text-ink-2">{meshSentence(state.found)}</p>
            <p>
              <Button kind="primary" small onClick={() => void run(state.name, state.found)}>Run this mesh</Button>
            </p>
          </section>
        ) : null}
      </div>
    </Panel>
  );
}
