/** A router's tables at the moment under the cursor: every candidate next hop of every originator, its gateways, the way of its frames. And what can be done to it. */
'use client';

import { Button } from '@/app/_ui/button';
import { DataTable, type Column } from '@/app/_ui/data-table';
import { Panel } from '@/app/_ui/panel';
import { describeChange } from '@/app/_lib/what-if/describe-change';
import type { Change } from '@/engine/scenario';
import type { Command, FaultKind, RouterInspection } from '@/engine/twin';
import { compareTables, type TableRow } from './compare-tables';

const columns = (metric: string, marked: number | null): readonly Column<TableRow>[] => [
  { key: 'best', header: 'Used', value: ({ best }) => (best ? '*' : '') },
  { key: 'originator', header: 'Originator', value: ({ originator }) => originator },
  { key: 'nextHop', header: 'Next hop', value: ({ nextHop }) => nextHop },
  { key: 'metric', header: metric, value: (row) => row.metric },
  { key: 'seen', header: 'Last seen', unit: 'ms', value: ({ lastSeenMs }) => lastSeenMs, digits: 0 },
  ...(marked === null
    ? []
    : [
        { key: 'then', header: `${metric} at ${marked} s`, value: ({ metricThen }: TableRow) => metricThen },
        { key: 'change', header: 'Change', value: ({ change }: TableRow) => change },
      ]),
];

type OriginatorPanelProps = { readonly seen: RouterInspection; readonly isNow: boolean; /** The same router at a marked moment. */ readonly then: RouterInspection | null };

export function OriginatorPanel({ seen, isNow, then }: OriginatorPanelProps) {
  const { path } = seen;
  const marked = then === null ? null : Math.round(then.atSeconds);
  return (
    <Panel title={`Originators of ${seen.router}`} note={`batctl o, ${isNow ? 'now' : 'as it was'} (second ${Math.round(seen.atSeconds)}); every candidate next hop${marked === null ? '' : `, against second ${marked}`}`}>
      <p className="mb-2 text-ink-2">
        {!seen.up ? 'The router is off: its tables are gone.' : seen.isGateway ? 'It is a gateway itself.' : path.hops.length < 2 ? 'It has no gateway.' : `${path.reachable ? 'Frames go' : 'Frames would go, and are lost,'} ${path.hops.join(' → ')}; ${(path.deliveryPpm / 1e4).toFixed(1)} % arrive, ${(path.delayUs / 1_000).toFixed(1)} ms one way.`}{' '}
        Hop penalty {seen.hopPenalty}; {seen.counters.routeSwitches} changes of a best next hop, {seen.counters.managementTx} OGM packets sent, {seen.counters.tx} packets of its own, {seen.counters.forward} passed on, {seen.counters.drops} dropped; OGMs fill {(100 * seen.ogmAirTimeShare).toFixed(1)} % of its air at 1 Mbit/s.
        {seen.gateways.length > 1 ? ` Gateways: ${seen.gateways.map((gateway) => `${gateway.gateway} ${gateway.metric}${gateway.selected ? ' (selected)' : ''}`).join(', ')}.` : ''}
      </p>
      <DataTable caption={`Originators of ${seen.router}`} columns={columns(seen.metric, marked)} rows={compareTables(seen.originators, then?.originators ?? null)} rowKey={({ originator, nextHop }) => `${originator} ${nextHop}`} rowsPerPage={14} empty={<p className="text-ink-2">The table is empty.</p>} />
    </Panel>
  );
}

type MeshActionsProps = { readonly chosen: string; readonly isGateway: boolean; readonly isPlanned: boolean; readonly isUp: boolean; readonly hopPenalty: number; readonly busy: boolean; readonly onAsk: (change: Change) => void };

const change = (faults: readonly FaultKind[], commands: readonly Command[]): Change => ({ title: describeChange({ faults, commands }), faults, commands });

/** What can be asked of the chosen router or link; the answer is worked out on a fork first. */
export function MeshActions({ chosen, isGateway, isPlanned, isUp, hopPenalty, busy, onAsk }: MeshActionsProps) {
  const [kind, name = ''] = chosen.split(/:(.*)/s);
  const [a = '', b = ''] = name.split('|');
  const changes =
    kind === 'link'
      ? [change([{ kind: 'link-down', a, b }], []), change([{ kind: 'link-loss', a, b, lossPercent: 40, burstPackets: 0 }], [])]
      : isPlanned && !isUp
        ? [change([], [{ kind: 'add-mesh-router', router: name }])]
        : [
            ...(isUp ? [change([{ kind: 'router-down', router: name }], []), change([{ kind: 'router-silent', router: name }], [])] : []),
            change([], [{ kind: 'restart-mesh-router', router: name }]),
            ...(isPlanned ? [change([], [{ kind: 'remove-mesh-router', router: name }])] : []),
            ...(isGateway ? [] : [change([], [{ kind: 'set-hop-penalty', router: name, hopPenalty: Math.min(255, hopPenalty + 60) }]), change([], [{ kind: 'reselect-gateway', router: name }])]),
          ];
  return (
    <div role="group" aria-label={`Ask of ${name}`} className="flex flex-wrap gap-2" data-no-print>
      {changes.map((each) => (
        <Button key={each.title} small disabled={busy} onClick={() => onAsk(each)}>{each.title}</Button>
      ))}
    </div>
  );
}
