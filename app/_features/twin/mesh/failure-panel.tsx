/** N−1: every single failure, the worst first; choosing one shades the map. And where one more router would help most. */
'use client';

import { Button } from '@/app/_ui/button';
import { DataTable, type Column } from '@/app/_ui/data-table';
import { formatShare } from '@/app/_lib/format/quantity';
import { Panel } from '@/app/_ui/panel';
import type { FailureImpact, FailureSweep, Site } from '@/engine/twin';

export const impactId = ({ what }: FailureImpact) => (what.kind === 'router' ? `router:${what.router}` : `link:${what.a < what.b ? `${what.a}|${what.b}` : `${what.b}|${what.a}`}`);
const impactName = ({ what }: FailureImpact) => (what.kind === 'router' ? what.router : `${what.a} – ${what.b}`);

const whoOf = (lost: readonly string[]) => lost.slice(0, 4).join(', ') + (lost.length > 4 ? ` and ${lost.length - 4} more` : '');

const COLUMNS: readonly Column<FailureImpact>[] = [
  { key: 'what', header: 'Fails', value: impactName, render: (impact) => <span className="whitespace-nowrap">{impactName(impact)}</span> },
  { key: 'kind', header: 'Kind', value: ({ what }) => what.kind },
  { key: 'lost', header: 'Cut off', unit: 'routers', value: ({ lost }) => lost.length },
  { key: 'who', header: 'Who', value: ({ lost }) => whoOf(lost), render: ({ lost }) => <span className="block min-w-40">{whoOf(lost)}</span> },
  { key: 'moved', header: 'Another way', unit: 'routers', value: ({ rerouted }) => rerouted.length },
  { key: 'outage', header: 'Longest outage', unit: 's', value: ({ rerouted }) => rerouted[0]?.outageSeconds ?? null, digits: 1 },
];

type Pair = { readonly routers: readonly [string, string]; readonly lost: number };

const PAIR_COLUMNS: readonly Column<Pair>[] = [
  { key: 'first', header: 'Fails', value: ({ routers }) => routers[0] },
  { key: 'second', header: 'And', value: ({ routers }) => routers[1] },
  { key: 'lost', header: 'Cut off', unit: 'routers', value: ({ lost }) => lost },
];

type FailurePanelProps = {
  readonly sweep: FailureSweep;
  /** Null where the mesh is too large to try them all. */
  readonly pairs: readonly Pair[] | null;
  readonly sites: readonly Site[];
  readonly busy: boolean;
  readonly onBuild: (site: Site) => void;
  readonly chosen: string | null;
  readonly onChoose: (id: string | null) => void;
};

export function FailurePanel({ sweep, pairs, sites, busy, onBuild, chosen, onChoose }: FailurePanelProps) {
  const critical = sweep.impacts.filter((impact) => impact.lost.length > 0 && impact.what.kind === 'router');
  return (
    <Panel title="If one thing fails" note={`redundancy ${formatShare(sweep.redundancy)}: routers that keep a gateway whatever single router fails between them and the gateways`}>
      <p className="mb-2">{critical.length === 0 ? 'No single router cuts another one off.' : `Critical: ${critical.slice(0, 5).map((impact) => `${impactName(impact)} (cuts off ${impact.lost.length})`).join(', ')}${critical.length > 5 ? ` and ${critical.length - 5} more` : ''}.`}</p>
      <DataTable caption="Single failures" columns={COLUMNS} rows={sweep.impacts} rowKey={impactId} chosenKey={chosen} onOpen={(impact) => onChoose(impactId(impact))} rowsPerPage={12} />
      <div className="mt-4 grid gap-x-6 gap-y-4 md:grid-cols-2">
        <section aria-label="If two routers fail at once">
          <h3 className="font-semibold">If two routers fail at once</h3>
          <p className="mb-1 text-ink-2">
            {pairs === null ? 'Too many pairs to try here: npm run orrery -- sweep mesh FILE --pairs.' : pairs.length === 0 ? 'No two routers cut off more together than one by one: this mesh stands any second failure as well as the first.' : 'Pairs that together cut off routers which neither of the two cuts off alone, the worst first.'}
          </p>
          {pairs === null || pairs.length === 0 ? null : <DataTable caption="Pairs of failures" columns={PAIR_COLUMNS} rows={pairs} rowKey={({ routers }) => routers.join('|')} rowsPerPage={6} />}
        </section>
        <BestPlaces sites={sites} busy={busy} onBuild={onBuild} />
      </div>
    </Panel>
  );
}

function BestPlaces({ sites, busy, onBuild }: Pick<FailurePanelProps, 'sites' | 'busy' | 'onBuild'>) {
  const [best] = sites;
  return (
    <section aria-label="Where one more router helps most">
      <h3 className="font-semibold">Where one more router helps most</h3>
      {best === undefined ? (
        <p className="text-ink-2">Nothing to gain: no single failure cuts a router off that a new one could catch, or no positions are known.</p>
      ) : (
        <>
          <p className="mb-1 text-ink-2">Over all single failures together {best.cutOffNow} routers are cut off now. Each place with links of {best.lossPercent} % loss to whoever is within the reach that existing links show.</p>
          <ul className="grid gap-1">
            {sites.map((site) => (
              <li key={`${site.x} ${site.y}`} className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line pb-1">
                <span>({site.x.toFixed(4)}, {site.y.toFixed(4)}), heard by {site.hears.slice(0, 4).join(', ')}{site.hears.length > 4 ? ` and ${site.hears.length - 4} more` : ''}: {site.cutOffThen} instead of {site.cutOffNow} cut off</span>
                <Button small disabled={busy} onClick={() => onBuild(site)}>Build it there</Button>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
