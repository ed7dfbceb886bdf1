/** Twin: what the running system is made of, seen through one lens at a time, at the second under the cursor. */
'use client';

import Link from 'next/link';
import { lazy, Suspense, useMemo } from 'react';
import { frameAt, secondsOf } from '@/app/_lib/live-world/live-world-state';
import { openDemo, openWorld, useLiveWorld } from '@/app/_lib/live-world/use-live-world';
import { momentOf } from '@/app/_lib/live-world/use-look';
import { useOpenedRecording } from '@/app/_lib/recording/opened-recording';
import { useTimeCursor, useTimeLine } from '@/app/_lib/time-line/time-line';
import { useUrlParam } from '@/app/_lib/url-state/url-params';
import { useWorkMode } from '@/app/_lib/work-mode/work-mode';
import { Button } from '@/app/_ui/button';
import { SegmentedControl } from '@/app/_ui/segmented-control';
import { TrustStrip } from '@/app/_ui/trust-strip';
import { CostLens } from './cost-lens';
import { HostLens } from './host-lens';
import { Inspector } from './inspector';

const InfraLens = lazy(() => import('./infra-lens').then((module) => ({ default: module.InfraLens })));
const IdentityLens = lazy(() => import('./identity/identity-lens').then((module) => ({ default: module.IdentityLens })));
const MeshLens = lazy(() => import('./mesh-lens').then((module) => ({ default: module.MeshLens })));

const LENSES = [
  { value: 'infra', label: 'Infra' },
  { value: 'mesh', label: 'Mesh' },
  { value: 'identity', label: 'Identity' },
  { value: 'os', label: 'OS' },
  { value: 'cost', label: 'Cost' },
] as const;
type Lens = (typeof LENSES)[number]['value'];

const SHOWN_SECONDS = 300;

export function TwinPage() {
  const { world, state } = useLiveWorld();
  const recording = useOpenedRecording();
  const [asked, setLens] = useUrlParam('lens');
  const [chosen, setChosen] = useUrlParam('in');
  const [cursor, setCursor] = useTimeCursor();
  const { frames, opened } = state;
  const lens: Lens = LENSES.find((each) => each.value === asked)?.value ?? 'infra';
  const now = frames.length === 0 ? 0 : secondsOf(frames.at(-1)!);
  const from = Math.max(0, now - SHOWN_SECONDS);
  const at = Math.max(from, Math.min(now, cursor ?? now));
  const frame = frameAt(frames, at) ?? frames[0] ?? null;
  const { system } = opened.spec;
  const recordedTwin = recording?.twin ?? null;
  const fitted = opened.fit !== null && recordedTwin?.opened.spec.id === opened.spec.id ? recordedTwin.calibration : null;
  useWorkMode('sim', opened.name);
  useTimeLine(useMemo(() => (frames.length === 0 ? null : { from, to: now, now, events: [] }), [frames.length, from, now]));
  return (
    <div className="grid gap-3 px-3 py-3 md:px-6">
      <header className="flex flex-wrap items-center gap-3">
        <h1 className="text-xl font-medium">{opened.spec.title}</h1>
        <SegmentedControl<Lens> label="Lens" value={lens} segments={LENSES} onChange={setLens} className="ml-auto" />
      </header>
      {fitted !== null ? (
        <TrustStrip errors={fitted.errors} medianError={fitted.medianError} fittedSeconds={fitted.fittedSeconds} heldOutSeconds={fitted.heldOutSeconds} excludedSeconds={fitted.excludedSeconds} />
      ) : opened.fit === null ? (
        <p className="text-ink-2">
          This world is simulated, not fitted to measurements: its numbers teach, they prove nothing. A twin fitted on a real recording is on{' '}
          {recordedTwin === null ? <Link href="/replay" className="underline underline-offset-2">Replay</Link> : <Button small onClick={() => void openWorld(recordedTwin.opened)}>Run the {recordedTwin.opened.name}</Button>}
        </p>
      ) : null}
      {opened.fit === null ? null : (
        <p>
          <Button small onClick={() => void openDemo()}>Back to the demo world</Button>
        </p>
      )}
      {frame === null ? <p className="text-ink-2">Starting the world.</p> : (
        <div className="grid gap-4 lg:grid-cols-[minmax(0,1fr)_300px]">
          <div className="min-w-0">
            <Suspense fallback={<p className="text-ink-2">Loading the picture.</p>}>
              {lens === 'infra' ? <InfraLens system={system} frame={frame} chosen={chosen} onChoose={setChosen} /> : null}
              {lens === 'mesh' ? <MeshLens system={system} frames={frames} frame={frame} from={from} now={now} onCursor={setCursor} chosen={chosen} onChoose={setChosen} world={world} state={state} /> : null}
              {lens === 'identity' ? <IdentityLens system={system} frames={frames} frame={frame} from={from} now={now} at={at} onCursor={setCursor} world={world} state={state} /> : null}
            </Suspense>
            {lens === 'os' ? <HostLens frames={frames} domain={[from, now]} cursor={at} onCursor={setCursor} /> : null}
            {lens === 'cost' ? <CostLens system={system} frames={frames} frame={frame} /> : null}
          </div>
          <Inspector system={system} frames={frames} frame={frame} look={world.look} at={momentOf(at, now)} now={now} chosen={chosen} onChoose={setChosen} />
        </div>
      )}
    </div>
  );
}
