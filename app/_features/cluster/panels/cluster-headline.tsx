/** The answer first: what there is, how full it is, and what needs somebody. What needs somebody is a button that searches for it. */
import { memo } from 'react';
import { formatCount, formatMs, formatShare } from '@/app/_lib/format/quantity';
import { Button } from '@/app/_ui/button';
import { cluster } from '@/engine/twin';
import type { ClusterMark } from '../run/use-running-cluster';
import type { Placed } from '../view/scene';
import { sumTotals } from '../view/total-blocks';

type ClusterHeadlineProps = { readonly placed: Placed; readonly mark: ClusterMark; readonly states: readonly number[]; readonly onFind: (text: string) => void };

const { PictureNodeState: N, PicturePodState: P } = cluster;

export const ClusterHeadline = memo(function ClusterHeadline({ placed, mark: { report }, states, onFind }: ClusterHeadlineProps) {
  const total = sumTotals(placed.totals);
  const { pods } = placed.picture.moment;
  const count = (state: number) => pods.state.reduce((sum, each) => sum + (each === state ? 1 : 0), 0);
  const troubles = [
    { text: 'state:not-ready', kind: 'node', count: states[N.notReady] ?? 0, words: 'not ready' },
    { text: 'state:pressure', kind: 'node', count: states[N.pressure] ?? 0, words: 'under pressure' },
    { text: 'state:draining,cordoned', kind: 'node', count: (states[N.draining] ?? 0) + (states[N.cordoned] ?? 0), words: 'draining' },
    { text: 'state:booting', kind: 'node', count: states[N.booting] ?? 0, words: 'booting' },
    { text: 'state:pending', kind: 'pod', count: count(P.pending), words: 'pending' },
    { text: 'state:starting', kind: 'pod', count: count(P.starting), words: 'starting' },
    { text: 'requested>95', kind: 'node', count: countOver(placed, 0.95), words: 'over 95 % requested' },
  ].filter((trouble) => trouble.count > 0);
  return (
    <div className="grid gap-1" data-testid="cluster-headline">
      <p className="text-lg">
        <strong className="font-semibold">{formatCount(total.nodes)} nodes</strong> in {placed.picture.shape.zones.length} zones run <strong className="font-semibold">{formatCount(pods.state.reduce((sum, each) => sum + (each >= P.starting ? 1 : 0), 0))} pods</strong>. Of the CPU {formatShare(round(total.requestedMillicores / total.cpuMillicores))} is requested and {Number.isNaN(total.usedMillicores) ? 'what is used is not measured' : `${formatShare(round(total.usedMillicores / total.cpuMillicores))} used`}
        {report === null || report.simulatedHours === 0 ? '.' : `; answers take ${formatMs(report.latencyP95Ms * 1_000)} at p95, and it costs $${formatCount(report.usdPerHour)} an hour.`}
      </p>
      <div className="flex min-h-6 flex-wrap gap-1 md:h-6 md:overflow-hidden">
        {troubles.map(({ text, count: found, words, kind }) => (
          <Button key={text} small onClick={() => onFind(text)}>
            {formatCount(found)} {kind}{found === 1 ? '' : 's'} {words}
          </Button>
        ))}
      </div>
    </div>
  );
});

const round = (share: number) => Math.round(share * 100) / 100;

function countOver({ picture: { shape, moment } }: Placed, bound: number): number {
  let over = 0;
  for (let node = 0; node < shape.nodes.name.length; node += 1) if (moment.nodes.state[node] === N.ready && moment.nodes.cpuRequestedMillicores[node]! / shape.nodes.cpuMillicores[node]! > bound) over += 1;
  return over;
}
