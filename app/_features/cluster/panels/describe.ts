/** A node and a pod in a line of words: for the hover card, the screen reader and lists. */
import { formatCount, formatShare } from '@/app/_lib/format/quantity';
import { podName } from '../filter/pod-name';
import { NODE_LOOK, POD_LOOK } from '../paint/palette';
import type { Placed } from '../view/scene';

export const cores = (millicores: number) => (Number.isNaN(millicores) ? 'not measured' : `${short(millicores / 1_000)} ${millicores === 1_000 ? 'core' : 'cores'}`);
export const gib = (mib: number) => `${short(mib / 1_024)} GiB`;
const short = (value: number) => (value >= 100 ? formatCount(value) : value.toFixed(value >= 10 ? 1 : 2));
export const podsOn = ({ seats }: Pick<Placed, 'seats'>, node: number) => seats.byNode.subarray(seats.start[node]!, seats.start[node + 1]!);
export const nodeWord = (state: number) => NODE_LOOK[state]?.word ?? 'unknown';
export const podWord = (state: number) => POD_LOOK[state]?.word ?? 'free';

export function describeNode({ picture: { shape, moment }, ...placed }: Placed, node: number): string {
  const { name, zone, pool, cpuMillicores } = shape.nodes;
  const share = moment.nodes.cpuRequestedMillicores[node]! / cpuMillicores[node]!;
  return `${name[node]}, zone ${shape.zones[zone[node]!]}, pool ${shape.pools[pool[node]!]}, ${nodeWord(moment.nodes.state[node]!)}, ${formatShare(share)} of CPU requested, ${formatShare(moment.nodes.cpuUsedMillicores[node]! / cpuMillicores[node]!)} used, ${formatCount(podsOn(placed, node).length)} pods`;
}

export function describePod({ picture }: Pick<Placed, 'picture'>, pod: number): string {
  const { shape, moment: { pods } } = picture;
  const node = pods.node[pod]!;
  return `${podName(picture, pod)}, ${podWord(pods.state[pod]!)}, ${node < 0 ? 'no node' : `on ${shape.nodes.name[node]}`}`;
}
