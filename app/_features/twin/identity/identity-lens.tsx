/** Workload identity of the running world: who holds a valid SVID and for how long, who signs, what mutual TLS cost and refused. */
'use client';

import type { LiveWorld } from '@/app/_lib/live-world/live-world';
import { TimeSeriesChart, type LineSeries } from '@/app/_ui/chart/time-series-chart';
import { Badge } from '@/app/_ui/badge';
import { Button } from '@/app/_ui/button';
import { DataTable, type Column } from '@/app/_ui/data-table';
import { Notice } from '@/app/_ui/notice';
import { Panel } from '@/app/_ui/panel';
import { describeChange } from '@/app/_lib/what-if/describe-change';
import { momentOf } from '@/app/_lib/live-world/use-look';
import { openWorld } from '@/app/_lib/live-world/use-live-world';
import type { LiveWorldState } from '@/app/_lib/live-world/live-world-state';
import type { Change } from '@/engine/scenario';
import type { EdgeSample, Frame } from '@/engine/telemetry';
import type { Command, FaultKind, IdentityInspection, SystemSpec } from '@/engine/twin';
import { findScenario } from '@/scenarios';
import { FindingList, IDENTITY_FINDINGS } from '../finding-list';
import { HandshakeCosts } from './handshake-costs';
import { OutageChart } from './outage-chart';
import { SigningWave } from './signing-wave';
import { SvidTimeline } from './svid-timeline';
import { useIdentity } from './use-identity';

type IdentityLensProps = { readonly system: SystemSpec; readonly frames: readonly Frame[]; readonly frame: Frame; readonly from: number; readonly now: number; readonly at: number; readonly onCursor: (at: number | null) => void; readonly world: LiveWorld; readonly state: LiveWorldState };

const EXAMPLE = 'identity-outage';

export function IdentityLens(props: IdentityLensProps) {
  const seen = useIdentity(props.world.look, momentOf(props.at, props.now), props.now);
  const example = findScenario(EXAMPLE);
  if ((props.frame.identity ?? null) === null)
    return (
      <div className="grid max-w-2xl gap-2">
        <p>The services of this system call each other without certificates, so nothing can expire.</p>
        <p className="text-ink-2">Add an <code>identity</code> section to a scenario’s system (a trust domain and a server are enough), or look at a system that has one.</p>
        {example === undefined ? null : <p><Button small onClick={() => void openWorld({ spec: { ...example, id: 'kiosks', title: 'Two kiosks behind a mesh, with mutual TLS', faults: [] }, name: 'kiosks', warmSeconds: 150, fit: null })}>Run two kiosks with mutual TLS</Button></p>}
      </div>
    );
  if (seen === null) return <p className="text-ink-2">Reading the SVIDs.</p>;
  return seen.value === null ? <p className="text-ink-2">The SVIDs of second {seen.at ?? Math.round(props.now)} were not kept.</p> : <IdentityOf {...props} seen={seen.value} />;
}

function IdentityOf({ system, frames, frame, from, now, at, onCursor, world, state, seen }: IdentityLensProps & { readonly seen: IdentityInspection }) {
  const identity = frame.identity!;
  const line = (key: string, label: string, colour: number, of: (frame: Frame) => number | null): LineSeries => ({ key, label, colour: `var(--series-${colour})`, provenance: 'simulated', points: frames.map((each) => [each.atUs / 1e6, of(each)] as const) });
  const shared = { domain: [from, now] as const, cursor: at, onCursor };
  return (
    <div className="grid gap-4">
      <p>
        {identity.withoutSvid === 0 ? `All ${identity.workloads} workloads hold a valid SVID` : `${identity.withoutSvid} of ${identity.workloads} workloads hold no valid SVID`}
        {identity.overdueCount === 0 ? '' : `, ${identity.overdueCount} should have been renewed`}; {identity.serversUp} of {identity.servers} identity servers answer.
      </p>
      <FindingList system={system} frames={frames} at={at} kinds={IDENTITY_FINDINGS} />
      <Asks seen={seen} busy={state.asking !== null} onAsk={(change) => void world.ask(change)} />
      {state.asking !== null ? <p role="status">Working out “{state.asking}” on a fork of this world.</p> : state.answer === null ? null : <Notice tone="info" what={state.answer.whatIf.sentence} next="It is done in the running world now; watch the SVIDs run out, or take it back on the Now page." />}
      <SvidTimeline seen={seen} from={from} cursor={at} onCursor={onCursor} />
      <TimeSeriesChart {...shared} title="Workloads without a valid SVID" unit="workloads" counts fileName="without-svid" height={140} lines={[line('without', 'without', 1, (each) => each.identity?.withoutSvid ?? null), line('overdue', 'overdue', 4, (each) => each.identity?.overdueCount ?? null)]} />
      <TimeSeriesChart {...shared} title="Calls refused by mutual TLS" unit="calls/s" fileName="mtls-refused" height={120} lines={[line('refused', 'refused', 5, (each) => each.identity?.refusedPerSecond.reduce((sum, { rps }) => sum + rps, 0) ?? null)]} />
      <OutageChart seen={seen} renewAt={system.identity?.renewAt} />
      <TimeSeriesChart {...shared} title="Waiting for a signature" unit="s" fileName="signing-queue" height={110} lines={[line('queue', 'signing queue', 2, (each) => each.identity?.signingQueueSeconds ?? null)]} />
      {system.identity === undefined ? null : <SigningWave identity={system.identity} workloads={identity.workloads} ttlSeconds={Math.max(0, ...seen.issued.map((svid) => svid.notAfter - svid.at))} />}
      <RunsOut seen={seen} />
      <CallCosts seen={seen} />
      <HandshakeCosts signature={system.identity?.signature ?? 'ecdsa-p256'} exchange={system.identity?.keyExchange ?? 'x25519'} />
      <Panel title="Workloads" note={`trust domain ${seen.trustDomain}, second ${Math.round(seen.atSeconds)}`}>
        <DataTable caption="Workloads" columns={COLUMNS} rows={seen.workloads} rowKey={({ workload }) => workload} rowsPerPage={12} />
      </Panel>
      {frame.edge === undefined || frame.edge === null ? null : <EdgeStores stores={frame.edge} />}
    </div>
  );
}

type Workload = IdentityInspection['workloads'][number];
const COLUMNS: readonly Column<Workload>[] = [
  { key: 'workload', header: 'Workload', value: ({ workload }) => workload, render: ({ workload }) => <span className="whitespace-nowrap">{workload}</span> },
  { key: 'state', header: 'SVID', value: ({ state }) => state, render: ({ state }) => <Badge tone={state === 'valid' ? 'good' : state === 'overdue' ? 'watch' : 'bad'}>{state}</Badge> },
  { key: 'until', header: 'Valid until', unit: 's', value: ({ notAfter }) => notAfter, digits: 0 },
  { key: 'tries', header: 'Failed tries', value: ({ failedTries }) => failedTries },
  { key: 'skew', header: 'Clock', unit: 's', value: ({ clockSkewSeconds }) => clockSkewSeconds, digits: 0 },
  { key: 'id', header: 'SPIFFE ID', value: ({ spiffeId }) => spiffeId },
];

const change = (faults: readonly FaultKind[], commands: readonly Command[]): Change => ({ title: describeChange({ faults, commands }), faults, commands });

function Asks({ seen, busy, onAsk }: { readonly seen: IdentityInspection; readonly busy: boolean; readonly onAsk: (change: Change) => void }) {
  const [service] = seen.workloads.map((workload) => workload.service);
  const asks = [
    ...seen.servers.filter((server) => server.up).map(({ server }) => change([{ kind: 'identity-server-down', server }], [])),
    change([{ kind: 'rotate-bundle', overlap: false }], []),
    change([], [{ kind: 'rotate-authority', trustDomain: seen.trustDomain }]),
    ...(service === undefined ? [] : [change([{ kind: 'revoke-svid', service, reissue: true }], []), change([], [{ kind: 'rotate-svid', service }])]),
  ];
  return (
    <div role="group" aria-label="Ask of the identities" className="flex flex-wrap gap-2" data-no-print>
      {asks.map((each) => (
        <Button key={each.title} small disabled={busy} onClick={() => onAsk(each)}>{each.title}</Button>
      ))}
    </div>
  );
}

/** What is in hand says exactly when it is gone. */
function RunsOut({ seen: { workloads, atSeconds } }: { readonly seen: IdentityInspection }) {
  const left = workloads.flatMap(({ notAfter }) => (notAfter === null || notAfter <= atSeconds ? [] : [notAfter - atSeconds])).sort((a, b) => a - b);
  if (left.length === 0) return null;
  const minutes = (seconds: number) => `${(seconds / 60).toFixed(1)} min`;
  return (
    <p>
      If nobody signs from now on, the first SVID is gone in {minutes(left[0]!)}, half of them in {minutes(left[Math.floor((left.length - 1) / 2)]!)}, the last in {minutes(left.at(-1)!)}.
    </p>
  );
}

function CallCosts({ seen: { calls, authorities } }: { readonly seen: IdentityInspection }) {
  const per = (total: number) => (calls.handshakes === 0 ? 0 : total / calls.handshakes);
  const refused = Object.entries(calls.refused).filter(([, count]) => count > 0);
  return (
    <p className="text-ink-2">
      Since the start: {calls.handshakes} handshakes of {(per(calls.handshakeBytes) / 1_000).toFixed(1)} kB and {(per(calls.handshakeCpuUs) / 1_000).toFixed(2)} ms of CPU each; {calls.crossed} calls crossed the mesh, {calls.cutOff} found no way, {calls.resent} segments were sent again
      {refused.length === 0 ? '; none was refused' : `; refused: ${refused.map(([reason, count]) => `${count} ${reason}`).join(', ')}`}. {authorities.filter((authority) => authority.published).length} signing {authorities.length === 1 ? 'key is' : 'keys are'} in the trust bundle.
    </p>
  );
}

const STORE_COLUMNS: readonly Column<EdgeSample>[] = [
  { key: 'store', header: 'Store', value: ({ store }) => store },
  { key: 'cut', header: 'Cut off', unit: 's', value: ({ cutSeconds }) => cutSeconds, digits: 0 },
  { key: 'pending', header: 'Writes waiting', value: ({ pendingWrites }) => pendingWrites },
  { key: 'conflicts', header: 'Conflicts', value: ({ conflicts }) => conflicts },
  { key: 'lost', header: 'Writes lost', value: ({ lostWrites }) => lostWrites },
  { key: 'refused', header: 'Refused, buffer full', value: ({ refused }) => refused },
];

function EdgeStores({ stores }: { readonly stores: readonly EdgeSample[] }) {
  return (
    <Panel title="Edge stores" note="copies that sites keep while they are cut off">
      <DataTable caption="Edge stores" columns={STORE_COLUMNS} rows={stores} rowKey={({ store }) => store} />
    </Panel>
  );
}
