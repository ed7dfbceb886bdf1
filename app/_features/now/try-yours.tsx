/** The way from the demo to one's own system: one command to copy, one place to drop the file. It stays in this browser. */
'use client';

import Link from 'next/link';
import { useState } from 'react';
import type { OpenedWorld } from '@/app/_lib/live-world/live-world-state';
import { openDemo, openWorld } from '@/app/_lib/live-world/use-live-world';
import type { OpeningStage } from '@/app/_lib/recording/open-recording';
import { useUrlParam } from '@/app/_lib/url-state/url-params';
import { Button } from '@/app/_ui/button';
import { CopyCommand } from '@/app/_ui/copy-command';
import { DropZone } from '@/app/_ui/drop-zone';
import { IssueList, Notice } from '@/app/_ui/notice';
import { Panel } from '@/app/_ui/panel';
import { Progress } from '@/app/_ui/progress';
import type { FoundInFiles, FoundSystem } from './open-files';
import { WhatIUnderstood } from './what-i-understood';

const COMMAND = 'npm run record -- --seconds 60';

type State = { readonly kind: 'empty' } | { readonly kind: 'opening'; readonly stage: OpeningStage } | FoundInFiles;

const STAGE_WORDS: Record<OpeningStage['stage'], string> = { reading: 'Reading', building: 'Building the series', fitting: 'Fitting a twin on the first two thirds' };

export function TryYours({ opened }: { readonly opened: OpenedWorld }) {
  const [state, setState] = useState<State>({ kind: 'empty' });
  const [awaited] = useUrlParam('world');
  const open = async (files: readonly File[]) => {
    setState({ kind: 'opening', stage: { stage: 'reading', file: files[0]?.name ?? '', done: 0, total: files.length } });
    try {
      const { openFiles } = await import('./open-files');
      setState(await openFiles(files, (stage) => setState({ kind: 'opening', stage })));
    } catch (error) {
      setState({ kind: 'refused', issues: [{ path: files[0]?.name ?? '', message: error instanceof Error ? error.message : String(error), suggestion: 'Try the file again after a reload; the command line reads the same files.' }] });
    }
  };
  if (opened.fit !== null) return <OwnWorld opened={opened} />;
  return (
    <Panel title="Try yours" note="the file stays in this browser">
      <div className="grid gap-2">
        {awaited !== null && awaited !== opened.spec.id && state.kind === 'empty' ? <Notice what={`This link asks about the recording “${awaited}”.`} why="Recordings are not part of a link." next="Drop that recording here to see its answer." /> : null}
        {state.kind === 'understood' || state.kind === 'system' || state.kind === 'opening' ? null : <HowTo onFiles={(files) => void open(files)} />}
        {state.kind === 'opening' ? <Progress label={`${STAGE_WORDS[state.stage.stage]} ${state.stage.file}`} done={state.stage.done} total={state.stage.total} unit="files" /> : null}
        {state.kind === 'refused' ? <IssueList issues={state.issues} label="Why this was not opened" /> : null}
        {state.kind === 'system' ? <OwnSystem state={state} onRun={() => void openWorld(state.world)} onDrop={() => setState({ kind: 'empty' })} /> : null}
        {state.kind === 'understood' ? <WhatIUnderstood found={state.found} onRun={() => void openWorld(state.found.twin.opened)} onDrop={() => setState({ kind: 'empty' })} /> : null}
      </div>
    </Panel>
  );
}

function HowTo({ onFiles }: { readonly onFiles: (files: readonly File[]) => void }) {
  return (
    <>
      <CopyCommand command={COMMAND} />
      <p className="text-sm text-ink-2">
        records the small real system of this repository; add <code>--targets http://HOST:PORT/metrics</code> for your own.
      </p>
      <DropZone label="Drop the recording here, or choose its files" accept=".json,.ndjson,.yaml,.yml,.parquet,.csv,.txt,.prom,.gz" onFiles={onFiles}>
        <span className="block text-sm text-ink-3">also Prometheus query_range JSON, OpenMetrics text, CSV; a host’s /proc and cgroup files, docker stats, vmstat; kubectl exports, manifests, Terraform plans, Compose files; maps of meshes and batctl tables</span>
      </DropZone>
    </>
  );
}

function OwnSystem({ state: { sentence, what }, onRun, onDrop }: { readonly state: FoundSystem; readonly onRun: () => void; readonly onDrop: () => void }) {
  return (
    <section aria-label="What I understood" className="grid gap-1 border-l-2 border-accent pl-3">
      <p className="font-medium text-ink">What I understood</p>
      <p className="text-ink-2">{sentence}</p>
      {what === 'mesh' ? null : <p className="text-sm text-ink-2"><Link className="underline" href="/data">Data</Link> says field by field what is modelled, assumed and dropped.</p>}
      <div className="flex gap-2">
        <Button kind="primary" small onClick={onRun}>Run this {what}</Button>
        <Button kind="quiet" small onClick={onDrop}>Another file</Button>
      </div>
    </section>
  );
}

function OwnWorld({ opened: { spec, fit } }: { readonly opened: OpenedWorld }) {
  const error = fit?.medianError === null || fit === null ? 'not known' : `${(fit.medianError * 100).toFixed(1)} %`;
  return (
    <Panel title={spec.title} note="your recording, in this browser only">
      <p className="text-ink-2">
        Median error of this twin: <span className="text-ink">{error}</span> over {fit?.heldOutSeconds ?? 0} s that it was not fitted on. Ask it one of the questions above, or open a body on the map.
      </p>
      <Button small className="mt-2" onClick={() => void openDemo()}>
        Back to the demo world
      </Button>
    </Panel>
  );
}
