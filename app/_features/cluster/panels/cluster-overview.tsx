/** Nothing chosen: the pools in figures, the nodes that stand out under the lens, and what happened since the start. */
import { memo } from 'react';
import { formatCount, formatShare } from '@/app/_lib/format/quantity';
import { Button } from '@/app/_ui/button';
import { Panel } from '@/app/_ui/panel';
import { cluster } from '@/engine/twin';
import type { Picked } from '../view/pick';
import type { Measured } from '../view/scene';
import { sumTotals } from '../view/total-blocks';
import type { ClusterMark } from '../run/use-running-cluster';

type ClusterOverviewProps = { readonly measured: Measured; readonly report: ClusterMark['report']; readonly onGo: (picked: Picked) => void; readonly onFind: (text: string) => void };

const TOP = 5;

export const ClusterOverview = memo(function ClusterOverview({ measured, report, onGo, onFind }: ClusterOverviewProps) {
  const { layout, totals, picture, lens, shares } = measured;
  const round = (share: number) => formatShare(Math.round(share * 100) / 100);
  return (
    <>
      <Panel title="Pools">
        <table className="w-full text-right">
          <thead>
            <tr className="border-b border-line text-sm text-ink-3 [&>th]:font-normal">
              <th scope="col" className="text-left">
                Pool
              </th>
              <th scope="col">Nodes</th>
              <th scope="col">Requested</th>
              <th scope="col">Used</th>
            </tr>
          </thead>
          <tbody>
            {picture.shape.pools.map((pool) => {
              const total = sumTotals(totals.filter((_, i) => layout.blocks[i]!.pool === pool));
              return total.nodes === 0 ? null : (
                <tr key={pool} className="border-b border-line">
                  <th scope="row" className="text-left font-normal">
                    <Button small kind="quiet" className="-ml-2" onClick={() => onFind(`pool:${pool}`)}>
                      {pool}
                    </Button>
                  </th>
                  <td>{formatCount(total.nodes)}</td>
                  <td>{round(total.requestedMillicores / total.cpuMillicores)}</td>
                  <td>{round(total.usedMillicores / total.cpuMillicores)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </Panel>
      {lens.id === 'state' ? null : (
        <Panel title="Highest" note={lens.share}>
          <ul>
            {highest(shares, picture.moment.nodes.state).map((node) => (
              <li key={node}>
                <Button small kind="quiet" onClick={() => onGo({ node, pod: -1 })} className="w-full justify-between!">
                  <span className="truncate">{picture.shape.nodes.name[node]}</span>
                  <span className="font-normal text-ink-2">{formatShare(Math.round(shares[node]! * 1_000) / 1_000)}</span>
                </Button>
              </li>
            ))}
          </ul>
        </Panel>
      )}
      {report === null ? null : <Panel title="Since the start">
        <dl className="grid grid-cols-2 gap-x-4 [&>div]:flex [&>div]:justify-between [&>div]:border-b [&>div]:border-line [&_dt]:text-ink-2">
          {([['Nodes failed', report.nodesFailed], ['Nodes added', report.nodesAdded], ['Nodes removed', report.nodesRemoved], ['Pods evicted', report.evictions], ['Scaled up', report.scaleUps], ['Scaled down', report.scaleDowns]] as const).map(([term, count]) => (
            <div key={term}>
              <dt>{term}</dt>
              <dd>{formatCount(count)}</dd>
            </div>
          ))}
        </dl>
      </Panel>}
    </>
  );
});

function highest(shares: Float64Array, state: Uint8Array): number[] {
  const top: number[] = [];
  for (let node = 0; node < shares.length; node += 1) {
    if (state[node] !== cluster.PictureNodeState.ready || Number.isNaN(shares[node]!)) continue;
    if (top.length === TOP && shares[node]! <= shares[top[TOP - 1]!]!) continue;
    const at = top.findIndex((each) => shares[each]! < shares[node]!);
    top.splice(at < 0 ? top.length : at, 0, node);
    top.length = Math.min(TOP, top.length);
  }
  return top;
}
