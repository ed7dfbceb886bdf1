/** One thing on the map: its state in figures, what it hangs on, and what can be asked of it. */
import { formatCores, formatCount, formatMib, formatMs, formatRps, formatShare } from '@/app/_lib/format/quantity';
import { thingId, type Thing } from '@/app/_lib/world-map/world-ids';
import { Button } from '@/app/_ui/button';
import { Panel } from '@/app/_ui/panel';
import type { Change } from '@/engine/scenario';
import type { Frame } from '@/engine/telemetry';
import type { SystemSpec } from '@/engine/twin';
import { changesFor } from './body-changes';
import { hangsOn } from './hangs-on';

type BodyInspectorProps = {
  readonly thing: Thing;
  readonly system: SystemSpec;
  readonly frame: Frame;
  readonly busy: boolean;
  readonly onAsk: (change: Change) => void;
  readonly onOpen: (id: string | null) => void;
};

export function BodyInspector({ thing, system, frame, busy, onAsk, onOpen }: BodyInspectorProps) {
  return (
    <Panel
      title={thing.name}
      note={thing.kind}
      actions={
        <Button small kind="quiet" onClick={() => onOpen(null)}>
          Close
        </Button>
      }
    >
      <dl className="grid grid-cols-[auto_1fr] gap-x-4">
        {readingsOf(thing, frame).map(([term, reading]) => (
          <div key={term} className="contents">
            <dt className="text-ink-3">{term}</dt>
            <dd className="text-right text-ink">{reading}</dd>
          </div>
        ))}
      </dl>
      <p className="mt-2 text-sm text-ink-3">Hangs on</p>
      <ul className="flex flex-wrap gap-1">
        {hangsOn(thing, system, frame).map((other) => (
          <li key={thingId(other.kind, other.name)}>
            <Button small kind="quiet" className="underline decoration-dotted underline-offset-2" onClick={() => onOpen(thingId(other.kind, other.name))}>
              {other.name}
            </Button>
          </li>
        ))}
      </ul>
      <p className="mt-2 text-sm text-ink-3">Simulate</p>
      <div className="flex flex-wrap gap-1">
        {changesFor(thing, system, frame).map((change) => (
          <Button key={change.title} small disabled={busy} onClick={() => onAsk(change)}>
            {change.title}
          </Button>
        ))}
      </div>
    </Panel>
  );
}

function readingsOf({ kind, name }: Thing, frame: Frame): readonly (readonly [string, string])[] {
  if (kind === 'service') {
    const sample = frame.services.find((candidate) => candidate.service === name);
    if (sample === undefined) return [['State', 'not measured in this second']];
    return [
      ['Served', formatRps(sample.servedRps)],
      ['Failed', formatRps(sample.errorRps)],
      ['p50 · p99', `${formatMs(sample.latencyP50Us)} · ${formatMs(sample.latencyP99Us)}`],
      ['Replicas ready', `${formatCount(sample.replicasReady)} of ${formatCount(sample.replicas)}`],
      ['CPU used', formatCores(sample.cpuCores)],
      ['Throttled', formatShare(sample.throttledShare)],
      ['In flight', formatCount(sample.inFlight)],
      ['Memory', formatMib(sample.memoryBytes)],
    ];
  }
  if (kind === 'node') {
    const sample = frame.nodes.find((candidate) => candidate.node === name);
    if (sample === undefined) return [['State', 'not measured in this second']];
    return [
      ['State', sample.up ? 'up' : 'down'],
      ['CPU used', `${formatCores(sample.cpuCores)} of ${sample.cpuCapacityCores}`],
      ['CPU pressure (some)', formatShare(sample.cpuPressure)],
      ['Memory', formatMib(sample.memoryBytes)],
      ['Replicas', sample.replicas.join(', ') || 'none'],
    ];
  }
  const route = frame.mesh?.routes.find((candidate) => candidate.router === name);
  const links = frame.mesh?.links.filter((link) => link.to === name) ?? [];
  return [
    ['Gateway', route?.gateway ?? 'none'],
    ['Next hop', route?.nextHop ?? 'none'],
    ['Route TQ', `${route?.tq ?? 0} of 255`],
    ['Hears', links.map((link) => `${link.from} ${link.up ? link.tq : 'down'}`).join(', ') || 'nobody'],
  ];
}
