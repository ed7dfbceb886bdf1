/** The matches as a way in: a node or pod flies there, a workload narrows the search to its pods. */
import { memo } from 'react';
import { formatCount } from '@/app/_lib/format/quantity';
import { Button } from '@/app/_ui/button';
import { Panel } from '@/app/_ui/panel';
import { podName } from '../filter/pod-name';
import type { Matches } from '../filter/match-filter';
import type { Picked } from '../view/pick';
import type { Placed } from '../view/scene';
import { nodeWord, podWord } from './describe';

type MatchListProps = { readonly placed: Placed; readonly matches: Matches; readonly onGo: (picked: Picked) => void; readonly onNarrow: (text: string) => void };

const SHOWN_MAX = 8;

export const MatchList = memo(function MatchList({ placed: { picture }, matches, onGo, onNarrow }: MatchListProps) {
  const { shape, moment } = picture;
  const nodes = firstOf(matches.nodes, SHOWN_MAX);
  const workloads = workloadsOf(matches.pods, moment.pods.workload);
  const pods = workloads.length === 1 ? firstOf(matches.pods, SHOWN_MAX) : [];
  if (nodes.length + workloads.length === 0) return null;
  return (
    <Panel title="Matches" note={more(matches)}>
      <ul className="grid">
        {nodes.map((node) => (
          <Entry key={`n${node}`} name={shape.nodes.name[node]!} note={`node, ${nodeWord(moment.nodes.state[node]!)}`} onClick={() => onGo({ node, pod: -1 })} />
        ))}
        {pods.length > 0
          ? pods.map((pod) => <Entry key={`p${pod}`} name={podName(picture, pod)} note={podWord(moment.pods.state[pod]!)} onClick={() => onGo({ node: moment.pods.node[pod]!, pod })} />)
          : workloads.slice(0, SHOWN_MAX).map(({ workload, count }) => <Entry key={`w${workload}`} name={shape.workloads[workload]!} note={`workload, ${formatCount(count)} pods`} onClick={() => onNarrow(`workload:${shape.workloads[workload]}`)} />)}
      </ul>
    </Panel>
  );
});

const Entry = ({ name, note, onClick }: { readonly name: string; readonly note: string; readonly onClick: () => void }) => (
  <li>
    <Button small kind="quiet" onClick={onClick} className="w-full justify-between!">
      <span className="truncate">{name}</span>
      <span className="font-normal text-ink-3">{note}</span>
    </Button>
  </li>
);

const more = ({ nodeCount, podCount }: Matches) => (nodeCount > SHOWN_MAX || podCount > SHOWN_MAX ? 'the first of each; all are in the table' : undefined);

function firstOf(flags: Uint8Array, most: number): number[] {
  const found: number[] = [];
  for (let i = 0; i < flags.length && found.length < most; i += 1) if (flags[i] === 1) found.push(i);
  return found;
}

function workloadsOf(pods: Uint8Array, workload: Uint32Array): readonly { readonly workload: number; readonly count: number }[] {
  const counts: number[] = [];
  for (let pod = 0; pod < pods.length; pod += 1) if (pods[pod] === 1) counts[workload[pod]!] = (counts[workload[pod]!] ?? 0) + 1;
  return counts.map((count, of) => ({ workload: of, count })).filter(({ count }) => count > 0).sort((x, y) => y.count - x.count || x.workload - y.workload);
}
