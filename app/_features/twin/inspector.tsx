/** One body in figures over the last seconds, and what hangs on it. Without one chosen: the list of all, as a way in. */
import { formatCores, formatCount, formatMib, formatMs, formatRps, formatShare } from '@/app/_lib/format/quantity';
import type { LiveWorld } from '@/app/_lib/live-world/live-world';
import { Button } from '@/app/_ui/button';
import { Sparkline } from '@/app/_ui/chart/sparkline';
import { Panel } from '@/app/_ui/panel';
import type { Frame } from '@/engine/telemetry';
import type { SystemSpec } from '@/engine/twin';
import { PlacementPanel } from './placement/placement-panel';

type InspectorProps = { readonly system: SystemSpec; readonly frames: readonly Frame[]; readonly frame: Frame; readonly look: LiveWorld['look']; /** The second under the cursor, null for now. */ readonly at: number | null; readonly now: number; readonly chosen: string | null; readonly onChoose: (id: string | null) => void };
type Reading = { readonly term: string; readonly value: string; readonly trend?: readonly (number | null)[] };

const TREND_FRAMES = 60;
const REPLICAS_SHOWN = 40;

export function Inspector({ system, frames, frame, look, at, now, chosen, onChoose }: InspectorProps) {
  const [kind, name] = chosen?.split(/:(.*)/s) ?? [];
  if (kind === 'replica' && name !== undefined) return <PlacementPanel replica={name} look={look} at={at} now={now} onChoose={onChoose} />;
  const recent = frames.slice(-TREND_FRAMES);
  const readings = kind === 'service' ? serviceReadings(name!, frame, recent) : kind === 'node' ? nodeReadings(name!, frame, recent) : kind === 'router' ? routerReadings(name!, frame, recent) : [];
  if (readings.length === 0) return <BodyList system={system} onChoose={onChoose} />;
  return (
    <Panel title={name!} note={kind} actions={<Button small kind="quiet" onClick={() => onChoose(null)}>Close</Button>}>
      <dl className="grid gap-2">
        {readings.map(({ term, value, trend }) => (
          <div key={term} className="flex items-center gap-2 border-b border-line pb-1">
            <dt className="text-ink-2">{term}</dt>
            <dd className="ml-auto font-medium">{value}</dd>
            {trend === undefined ? null : <Sparkline values={trend} />}
          </div>
        ))}
      </dl>
      {kind === 'service' || kind === 'node' ? <ReplicaList kind={kind} name={name!} frame={frame} onChoose={onChoose} /> : null}
      <p className="mt-2 text-xs text-ink-3">Simulated, at the second under the cursor; the lines are the last {recent.length} s.</p>
    </Panel>
  );
}

/** Each replica opens the scheduler's reasons. */
function ReplicaList({ kind, name, frame, onChoose }: Pick<InspectorProps, 'frame' | 'onChoose'> & { readonly kind: 'service' | 'node'; readonly name: string }) {
  const placed = frame.nodes.flatMap(({ node, replicas }) => replicas.map((replica) => ({ node, replica })));
  const own = placed.filter(({ node, replica }) => (kind === 'node' ? node === name : replica.slice(0, replica.lastIndexOf('-')) === name));
  if (own.length === 0) return null;
  return (
    <div className="mt-3">
      <p className="text-sm text-ink-3">{kind === 'node' ? 'Why are these here?' : 'Its replicas, and why they are there'}</p>
      <div className="flex flex-wrap gap-1">
        {own.slice(0, REPLICAS_SHOWN).map(({ node, replica }) => (
          <Button key={replica} small kind="quiet" onClick={() => onChoose(`replica:${replica}`)}>{kind === 'node' ? replica : `${replica} on ${node}`}</Button>
        ))}
      </div>
    </div>
  );
}

function BodyList({ system, onChoose }: Pick<InspectorProps, 'system' | 'onChoose'>) {
  const groups = [
    { kind: 'service', names: system.services.map((s) => s.name) },
    { kind: 'node', names: system.nodes.map((n) => n.name) },
    { kind: 'router', names: system.mesh?.routers.map((r) => r.name) ?? [] },
  ];
  return (
    <Panel title="Inspect" note="choose a body in the picture or here">
      {groups.filter((group) => group.names.length > 0).map((group) => (
        <div key={group.kind} className="mb-2">
          <p className="text-sm text-ink-3">{group.kind}s</p>
          <div className="flex flex-wrap gap-1">
            {group.names.map((name) => (
              <Button key={name} small kind="quiet" onClick={() => onChoose(`${group.kind}:${name}`)}>{name}</Button>
            ))}
          </div>
        </div>
      ))}
    </Panel>
  );
}

function serviceReadings(name: string, frame: Frame, recent: readonly Frame[]): Reading[] {
  const find = (at: Frame) => at.services.find((s) => s.service === name);
  const sample = find(frame);
  if (sample === undefined) return [];
  return [
    { term: 'Served', value: formatRps(sample.servedRps), trend: recent.map((f) => find(f)?.servedRps ?? null) },
    { term: 'Errors', value: formatRps(sample.errorRps), trend: recent.map((f) => find(f)?.errorRps ?? null) },
    { term: 'p95 latency', value: formatMs(sample.latencyP95Us), trend: recent.map((f) => find(f)?.latencyP95Us ?? null) },
    { term: 'CPU', value: formatCores(sample.cpuCores), trend: recent.map((f) => find(f)?.cpuCores ?? null) },
    { term: 'Throttled periods', value: formatShare(sample.throttledShare) },
    { term: 'Replicas ready', value: `${formatCount(sample.replicasReady)} of ${formatCount(sample.replicas)}` },
    { term: 'In flight', value: formatCount(sample.inFlight), trend: recent.map((f) => find(f)?.inFlight ?? null) },
    { term: 'Memory', value: formatMib(sample.memoryBytes) },
  ];
}

function nodeReadings(name: string, frame: Frame, recent: readonly Frame[]): Reading[] {
  const find = (at: Frame) => at.nodes.find((n) => n.node === name);
  const sample = find(frame);
  if (sample === undefined) return [];
  return [
    { term: 'State', value: sample.up ? 'up' : 'down' },
    { term: 'CPU', value: `${formatCores(sample.cpuCores)} of ${sample.cpuCapacityCores}`, trend: recent.map((f) => find(f)?.cpuCores ?? null) },
    { term: 'CPU pressure', value: formatShare(sample.cpuPressure), trend: recent.map((f) => find(f)?.cpuPressure ?? null) },
    { term: 'Memory', value: formatMib(sample.memoryBytes) },
    { term: 'Replicas', value: formatCount(sample.replicas.length) },
  ];
}

function routerReadings(name: string, frame: Frame, recent: readonly Frame[]): Reading[] {
  const find = (at: Frame) => at.mesh?.routes.find((route) => route.router === name);
  const route = find(frame);
  const heard = frame.mesh?.links.filter((link) => link.to === name) ?? [];
  if (route === undefined && heard.length === 0) return [];
  return [
    ...(route === undefined ? [{ term: 'Role', value: 'gateway' }] : [
      { term: 'Gateway', value: route.gateway ?? 'none' },
      { term: 'Next hop', value: route.nextHop ?? 'none' },
      { term: 'TQ to the gateway', value: `${route.tq} of 255`, trend: recent.map((f) => find(f)?.tq ?? null) },
    ]),
    ...heard.map((link) => ({ term: `Hears ${link.from}`, value: link.up ? `TQ ${link.tq}` : 'cut' })),
  ];
}
