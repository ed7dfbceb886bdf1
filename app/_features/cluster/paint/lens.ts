/**
 * What the colour of a node says. Shares go through one ramp per lens; states that somebody must look at keep their colour
 * in every lens, so a lost node is never hidden by a calm share.
 */
import { cluster } from '@/engine/twin';
import type { Seats } from '../layout/seat-pods';

export type LensId = 'requested' | 'used' | 'state' | 'loss';
export type Lens = {
  readonly id: LensId;
  readonly label: string;
  /** What the share is, for legend, hover and table. */
  readonly share: string;
  /** Steps from `from` on, ascending; colours are tokens, `calm` steps are mixed towards the ground. */
  readonly steps: readonly { readonly from: number; readonly token: string; readonly strength: number; readonly label: string }[];
};

const calm = (token: string, bounds: readonly number[]) => bounds.map((from, i) => ({ from, token, strength: 0.18 + (0.82 * i) / Math.max(1, bounds.length - 1), label: `${Math.round(from * 100)} %` }));
const risk = (level: number, from: number) => ({ from, token: `--risk-${level}`, strength: 1, label: `${Math.round(from * 100)} %` });

export const LENSES: readonly Lens[] = [
  { id: 'requested', label: 'Requested', share: 'CPU or memory requested, the larger', steps: calm('--series-1', [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95]) },
  { id: 'used', label: 'Used', share: 'CPU used', steps: [...calm('--risk-0', [0, 0.125, 0.25, 0.375]), { ...risk(0, 0.5), strength: 1 }, risk(1, 0.7), risk(2, 0.85), risk(4, 0.97)] },
  { id: 'loss', label: 'If lost', share: 'largest part of one workload that would go with the node', steps: [...calm('--risk-0', [0, 0.02, 0.05]), risk(1, 0.1), risk(2, 0.25), risk(3, 0.5), risk(4, 0.999)] },
  { id: 'state', label: 'State', share: 'state alone', steps: [{ from: 0, token: '--risk-0', strength: 0.45, label: 'ready' }] },
];

export const lensOf = (id: string | null): Lens => LENSES.find((lens) => lens.id === id) ?? LENSES[0]!;

/** The share every node shows, NaN where there is none. */
export function sharesOf({ id }: Lens, { shape, moment }: cluster.ClusterPicture, seats: Seats): Float64Array {
  const { nodes } = moment;
  const { cpuMillicores, memoryMib } = shape.nodes;
  switch (id) {
    case 'requested':
      return cpuMillicores.map((cpu, i) => Math.max(nodes.cpuRequestedMillicores[i]! / cpu, nodes.memoryRequestedMib[i]! / memoryMib[i]!));
    case 'used':
      return cpuMillicores.map((cpu, i) => nodes.cpuUsedMillicores[i]! / cpu);
    case 'loss':
      return lossOf(moment.pods, shape.workloads.length, seats);
    default:
      return new Float64Array(cpuMillicores.length);
  }
}

function lossOf({ workload, state, count }: cluster.ClusterMoment['pods'], workloads: number, { start, byNode }: Seats): Float64Array {
  const ready = new Int32Array(workloads);
  for (let pod = 0; pod < count; pod += 1) if (state[pod] === cluster.PicturePodState.ready) ready[workload[pod]!] = ready[workload[pod]!]! + 1;
  const here = new Int32Array(workloads);
  return Float64Array.from({ length: start.length - 1 }, (_, node) => {
    let worst = 0;
    const pods = byNode.subarray(start[node]!, start[node + 1]!);
    for (const pod of pods) {
      if (state[pod] !== cluster.PicturePodState.ready) continue;
      const of = workload[pod]!;
      here[of] = here[of]! + 1;
      worst = Math.max(worst, here[of]! / ready[of]!);
    }
    for (const pod of pods) here[workload[pod]!] = 0;
    return worst;
  });
}
