/** Who was without a gateway in the seconds that were seen, and what differs from a marked moment. */
'use client';

import { DataTable, type Column } from '@/app/_ui/data-table';
import { Panel } from '@/app/_ui/panel';
import type { LinkChange, Outage, RouteChange } from './outages';

const OUTAGE_COLUMNS: readonly Column<Outage>[] = [
  { key: 'router', header: 'Router', value: ({ router }) => router },
  { key: 'from', header: 'From second', value: ({ from }) => from },
  { key: 'lasted', header: 'Without a gateway', unit: 's', value: ({ from, until }) => (until === null ? null : until - from), render: ({ from, until }) => (until === null ? 'still' : String(until - from)) },
  { key: 'before', header: 'Way before', value: ({ before }) => before },
  { key: 'after', header: 'Way after', value: ({ after }) => after },
];

export function OutagePanel({ outages, onChoose, onCursor }: { readonly outages: readonly Outage[]; readonly onChoose: (id: string | null) => void; readonly onCursor: (at: number | null) => void }) {
  return (
    <Panel title="Outages seen" note="frames that did not get through, whatever the routers believed">
      <DataTable
        caption="Outages"
        columns={OUTAGE_COLUMNS}
        rows={outages}
        rowKey={({ router, from }) => `${router}@${from}`}
        onOpen={({ router, from }) => {
          onChoose(`router:${router}`);
          onCursor(from);
        }}
        rowsPerPage={12}
        empty={<p className="text-ink-2">Every router kept its way to a gateway. Kill a router or cut a link in the inspector, then come back.</p>}
      />
    </Panel>
  );
}

const CHANGE_COLUMNS: readonly Column<RouteChange>[] = [
  { key: 'router', header: 'Router', value: ({ router }) => router },
  { key: 'hopThen', header: 'Next hop then', value: ({ hopThen }) => hopThen },
  { key: 'hopNow', header: 'At the cursor', value: ({ hopNow }) => hopNow },
  { key: 'tqThen', header: 'TQ then', value: ({ tqThen }) => tqThen },
  { key: 'tqNow', header: 'TQ at the cursor', value: ({ tqNow }) => tqNow },
];

const LINK_COLUMNS: readonly Column<LinkChange>[] = [
  { key: 'from', header: 'Link from', value: ({ from }) => from },
  { key: 'to', header: 'To', value: ({ to }) => to },
  { key: 'tqThen', header: 'TQ then', value: ({ tqThen, upThen }) => (upThen ? tqThen : null), render: ({ tqThen, upThen }) => (upThen ? String(tqThen) : tqThen === null ? 'not there' : 'cut') },
  { key: 'tqNow', header: 'TQ at the cursor', value: ({ tqNow, upNow }) => (upNow ? tqNow : null), render: ({ tqNow, upNow }) => (upNow ? String(tqNow) : 'cut') },
];

type DifferencePanelProps = { readonly changes: readonly RouteChange[]; readonly links: readonly LinkChange[]; readonly marked: number; readonly at: number };

export function DifferencePanel({ changes, links, marked, at }: DifferencePanelProps) {
  return (
    <Panel title={`Second ${Math.round(marked)} against ${Math.round(at)}`} note="routes with another next hop, and routes and links whose TQ is at least 10 points away">
      <div className="grid gap-4 xl:grid-cols-2">
        <DataTable caption="Changed routes" columns={CHANGE_COLUMNS} rows={changes} rowKey={({ router }) => router} rowsPerPage={12} empty={<p className="text-ink-2">No route differs. Move the time cursor.</p>} />
        <DataTable caption="Changed links" columns={LINK_COLUMNS} rows={links} rowKey={({ from, to }) => `${from}|${to}`} rowsPerPage={12} empty={<p className="text-ink-2">No link differs.</p>} />
      </div>
    </Panel>
  );
}
