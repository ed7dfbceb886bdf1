/** N−1: every single failure, the worst first; choosing one shades the map. And where one more router would help most. */
'use client';

import { DataTable, type Column } from '@/app/_ui/data-table';
import { formatShare } from '@/app/_lib/format/quantity';
import { Panel } from '@/app/_ui/panel';
import type { FailureImpact, FailureSweep, Site } from '@/engine/twin';

export const impactId = ({ what }: FailureImpact) => (what.kind === 'router' ? `router:${what.router}` : `link:${what.a < what.b ? `${what.a}|${what.b}` : `${what.b}|${what.a}`}`);
const impactName = ({ what }: FailureImpact) => (what.kind === 'router' ? what.router : `${what.a} – ${what.b}`);

const COLUMNS: readonly Column<FailureImpact>[] = [
  { key: 'what', header: 'Fails', value: impactName },
  { key: 'kind', header: 'Kind', value: ({ what }) => what.kind },
  { key: 'lost', header: 'Cut off', unit: 'routers', value: ({ lost }) => lost.length },
  { key: 'who', header: 'Who', value: ({ lost }) => lost.slice(0, 4).join(', ') + (lost.length > 4 ? ` and ${lost.length - 4} more` : '') },
  { key: 'moved', header: 'Another way', unit: 'routers', value: ({ rerouted }) => rerouted.length },
  { key: 'outage', header: 'Longest outage', unit: 's', value: ({ rerouted }) => rerouted[0]?.outageSeconds ?? null, digits: 1 },
];

type Pair = { readonly routers: readonly [string, string]; readonly lost: number };

type FailurePanelProps = { readonly sweep: FailureSweep; /** Null where the mesh is too large to try them all. */ readonly pairs: readonly Pair[] | null; readonly sites: readonly Site[]; readonly chosen: string | null; readonly onChoose: (id: string | null) => void };

export function FailurePanel({ sweep, pairs, sites, chosen, onChoose }: FailurePanelProps) {
  const critical = sweep.impacts.filter((impact) => impact.lost.length > 0 && impact.what.kind === 'router');
  return (
    <Panel title="If one thing fails" note={`redundancy ${formatShare(sweep.redundancy)}: routers that keep a gateway whatever single router fails between them and the gateways`}>
      <p className="mb-2">{critical.length === 0 ? 'No single router cuts another one off.' : `Critical: ${critical.slice(0, 5).map((impact) => `${impactName(impact)} (cuts off ${impact.lost.length})`).join(', ')}${critical.length > 5 ? ` and ${critical.length - 5} more` : ''}.`}</p>
      <DataTable caption="Single failures" columns={COLUMNS} rows={sweep.impacts} rowKey={impactId} chosenKey={chosen} onOpen={(impact) => onChoose(impactId(impact))} rowsPerPage={12} />
      <p className="mt-2 text-ink-2">
        {pairs === null ? 'Pairs of failures: on the command line, sweep mesh FILE --pairs.' : pairs.length === 0 ? 'No two routers cut off more together than one by one.' : `Two at once: ${pairs.slice(0, 3).map(({ routers, lost }) => `${routers.join(' and ')} cut off ${lost}`).join('; ')}${pairs.length > 3 ? ` and ${pairs.length - 3} more pairs` : ''}.`}
      </p>
      {sites[0] === undefined ? null : (
        <p className="mt-2 text-ink-2">
          One more router helps most at ({sites[0].x.toFixed(2)}, {sites[0].y.toFixed(2)}), where it would hear {sites[0].hears.join(', ')}: summed over single router failures, {sites[0].cutOffThen} instead of {sites[0].cutOffNow} routers would be cut off.
        </p>
      )}
    </Panel>
  );
}
