/** The way in for somebody's own cluster: drop what the tools print, read the fit card, run it. */
'use client';

import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useEffect, useRef, useState } from 'react';
import { openCluster, worldOfCluster, type ClusterHandle } from '@/app/_lib/cluster-import/open-cluster';
import { openWorld } from '@/app/_lib/live-world/use-live-world';
import { scenarioToText } from '@/app/_lib/scenario-text/scenario-text';
import { Button } from '@/app/_ui/button';
import { CopyCommand } from '@/app/_ui/copy-command';
import { DropZone } from '@/app/_ui/drop-zone';
import { download } from '@/app/_ui/export/download';
import { Notice } from '@/app/_ui/notice';
import { Panel } from '@/app/_ui/panel';
import { needsCommandLine, type ScenarioSpec } from '@/engine/scenario';
import { FitCardView } from './fit-card';
import { PodPlacement } from './pod-placement';

const COMMAND = 'kubectl get nodes,pods,deploy,sts,ds,rs,hpa,pdb,pvc,pv,svc,ing -A -o json > cluster.json';
const METRICS = 'kubectl get --raw /apis/metrics.k8s.io/v1beta1/pods > usage.json';

type State = { readonly kind: 'empty' } | { readonly kind: 'reading'; readonly names: string } | { readonly kind: 'read'; readonly handle: ClusterHandle } | { readonly kind: 'failed'; readonly why: string };

export function ClusterImport() {
  const [state, setState] = useState<State>({ kind: 'empty' });
  const handle = useRef<ClusterHandle | null>(null);
  useEffect(() => () => handle.current?.close(), []);
  const read = async (files: readonly File[]) => {
    handle.current?.close();
    handle.current = null;
    setState({ kind: 'reading', names: files.map(({ name }) => name).join(', ') });
    try {
      handle.current = await openCluster(files);
      setState({ kind: 'read', handle: handle.current });
    } catch (error) {
      setState({ kind: 'failed', why: error instanceof Error ? error.message : String(error) });
    }
  };
  return (
    <Panel title="Your cluster" note="the files stay in this browser; secrets are dropped as they are read">
      <div className="grid gap-3">
        {state.kind === 'failed' ? <Notice tone="error" what="The files were not read" why={state.why} /> : null}
        {state.kind === 'reading' ? <p role="status" className="text-ink-2">Reading {state.names}</p> : null}
        {state.kind === 'read' ? <ReadCluster handle={state.handle} onAnother={() => setState({ kind: 'empty' })} /> : <HowTo onFiles={(files) => void read(files)} />}
      </div>
    </Panel>
  );
}

function HowTo({ onFiles }: { readonly onFiles: (files: readonly File[]) => void }) {
  return (
    <div className="grid gap-2">
      <CopyCommand command={COMMAND} />
      <p className="text-sm text-ink-2">With what the pods use, less has to be assumed:</p>
      <CopyCommand command={METRICS} />
      <DropZone label="Drop what describes your cluster here, or choose files" accept=".json,.yaml,.yml,.ndjson,.jsonl,.gz" onFiles={onFiles}>
        <span className="block text-sm text-ink-3">kubectl exports, manifests, rendered charts, terraform show -json, Compose files; several at once</span>
      </DropZone>
    </div>
  );
}

function ReadCluster({ handle, onAnother }: { readonly handle: ClusterHandle; readonly onAnother: () => void }) {
  const { twin, pods, waiting } = handle.opened;
  return (
    <section aria-label="What I understood" className="grid gap-4">
      <FitCardView card={twin.card} actions={<Actions scenario={twin.scenario} onAnother={onAnother} />} />
      {twin.scenario === null ? <Notice tone="warning" what="There is nothing to run" why={twin.refusals.map(({ message }) => message).join('; ')} next={twin.refusals[0]?.suggestion} /> : null}
      {pods.length === 0 ? null : <PodPlacement pods={pods} waiting={waiting} explain={handle.explain} />}
    </section>
  );
}

function Actions({ scenario, onAnother }: { readonly scenario: ScenarioSpec | null; readonly onAnother: () => void }) {
  const router = useRouter();
  const run = (spec: ScenarioSpec) => {
    void openWorld(worldOfCluster(spec));
    router.push(`/?world=${spec.id}`);
  };
  const save = async (spec: ScenarioSpec) => download(`${spec.id}.yaml`, new Blob([await scenarioToText(spec)], { type: 'application/yaml' }));
  return (
    <div className="flex flex-wrap items-center gap-2">
      {scenario === null ? null : (
        <>
          <Button kind="primary" disabled={needsCommandLine(scenario)} onClick={() => run(scenario)}>
            Open as a scenario
          </Button>
          <Button onClick={() => void save(scenario)}>Save as YAML</Button>
        </>
      )}
      <Button kind="quiet" onClick={onAnother}>
        Other files
      </Button>
      {scenario === null ? null : needsCommandLine(scenario) ? (
        <span className="text-sm text-ink-2">Too large to follow live in a tab: save it, then npm run orrery -- simulate {scenario.id}.yaml.</span>
      ) : (
        <span className="text-sm text-ink-3">
          It runs on <Link href="/" className="underline underline-offset-2">Now</Link>; ask it anything there.
        </span>
      )}
    </div>
  );
}
