/** What is under the pointer, in a few lines beside it. */
import { formatCount, formatShare } from '@/app/_lib/format/quantity';
import { podName } from '../filter/pod-name';
import type { Picked } from '../view/pick';
import type { Scene } from '../view/scene';
import { cores, nodeWord, podsOn, podWord } from './describe';

const WIDTH_PX = 236;

export function HoverCard({ scene, picked: { node, pod }, x, y }: { readonly scene: Scene; readonly picked: Picked; readonly x: number; readonly y: number }) {
  const { shape, moment } = scene.picture;
  const { nodes } = shape;
  const state = moment.nodes.state[node];
  if (state === undefined || pod >= moment.pods.count) return null;
  return (
    <div className="pointer-events-none absolute z-10 grid gap-0.5 rounded-box border border-line-strong bg-sheet px-2 py-1.5 text-sm max-md:hidden" style={{ width: WIDTH_PX, left: `clamp(4px, ${x + 14}px, calc(100% - ${WIDTH_PX + 4}px))`, top: `clamp(4px, ${y + 14}px, calc(100% - 116px))` }}>
      {pod < 0 ? null : (
        <p className="truncate border-b border-line pb-0.5 font-medium">
          {podName(scene.picture, pod)} <span className="font-normal text-ink-2">{podWord(moment.pods.state[pod]!)}, {cores(moment.pods.cpuMillicores[pod]!)}</span>
        </p>
      )}
      <p className="flex justify-between gap-2">
        <span className="truncate font-semibold">{nodes.name[node]}</span>
        <span className={state === 2 ? 'text-ink-2' : 'text-bad'}>{nodeWord(state)}</span>
      </p>
      <p className="text-ink-3">
        zone {shape.zones[nodes.zone[node]!]}, pool {shape.pools[nodes.pool[node]!]}, {formatCount(podsOn(scene, node).length)} pods
      </p>
      <Line term="CPU requested" part={moment.nodes.cpuRequestedMillicores[node]!} whole={nodes.cpuMillicores[node]!} />
      <Line term="CPU used" part={moment.nodes.cpuUsedMillicores[node]!} whole={nodes.cpuMillicores[node]!} />
      <Line term="Memory requested" part={moment.nodes.memoryRequestedMib[node]!} whole={nodes.memoryMib[node]!} />
    </div>
  );
}

const Line = ({ term, part, whole }: { readonly term: string; readonly part: number; readonly whole: number }) => (
  <p className="flex items-center gap-2">
    <span className="w-28 text-ink-2">{term}</span>
    <span className="h-1.5 flex-1 bg-well">
      <span className="block h-full bg-series-1" style={{ width: `${Number.isNaN(part) ? 0 : Math.min(100, (100 * part) / whole)}%` }} />
    </span>
    <span className="w-10 text-right">{formatShare(Number.isNaN(part) ? null : Math.round((100 * part) / whole) / 100)}</span>
  </p>
);
