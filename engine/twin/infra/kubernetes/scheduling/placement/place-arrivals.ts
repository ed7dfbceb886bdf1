/**
 * Pods arrive one after another and stay; the curve says how much of the GPU capacity is allocated when so
 * much has arrived. Protocol of the FGD artifact: nodes in random order (the smallest name wins ties there,
 * and names are drawn), pods shuffled, then random re-draws until `arrivalRatio` of the capacity is asked for.
 */
import { nextBelow, randomStream, type Random } from '@/engine/kernel';
import { typicalShapes } from './fragmentation';
import { allocate, fitsNode, GPU_MILLI, gpuCluster, isShared, type GpuCluster, type GpuNodeSpec, type GpuShape } from './gpu-cluster';
import { bestFit, dotProduct, gpuClustering, gpuPacking } from './policies/packing-policies';
import { fragmentationFit } from './policies/fragmentation-fit';
import { fragmentationGradient } from './policies/fragmentation-gradient';
import { randomGpu, type PlacementPolicy } from './policy';

export const PLACEMENT_POLICIES = ['random', 'dot-product', 'gpu-clustering', 'gpu-packing', 'best-fit', 'fgd', 'fragmentation-fit'] as const;
export type PlacementPolicyName = (typeof PLACEMENT_POLICIES)[number];

/** Typical shapes cover this share of the pods. */
const TYPICAL_POPULARITY = 0.95;

export type PlacementRun = {
  /** Allocated % of the GPU capacity when 0, 1, 2 … % of it has been asked for. */
  readonly allocation: readonly number[];
  readonly arrived: number;
  readonly placed: number;
};

export function placeArrivals(nodes: readonly GpuNodeSpec[], pods: readonly GpuShape[], policyName: PlacementPolicyName, seed: number, arrivalRatio: number): PlacementRun {
  const cluster = gpuCluster(shuffled(nodes, randomStream(seed, 'placement-nodes')));
  const capacity = nodes.reduce((sum, { gpuCount }) => sum + gpuCount * GPU_MILLI, 0);
  const arrivals = arrivalsOf(pods, capacity * arrivalRatio, randomStream(seed, 'placement-arrivals'));
  const random = randomStream(seed, 'placement-choice');
  const choose = chooserOf(policyName, pods, random);
  const curve = new Curve(capacity);
  let placed = 0;
  for (const shape of arrivals) {
    const node = choose.node(cluster, shape);
    if (node >= 0) {
      allocate(cluster, shape, node, isShared(shape) ? choose.gpu(cluster, shape, node) : -1);
      placed += 1;
    }
    curve.record(shape, node >= 0);
  }
  return { allocation: curve.values(Math.round(arrivalRatio * 100)), arrived: arrivals.length, placed };
}

function shuffled<T>(values: readonly T[], random: Random): T[] {
  const copy = [...values];
  for (let i = copy.length - 1; i > 0; i -= 1) {
    const j = nextBelow(random, i + 1);
    [copy[i], copy[j]] = [copy[j]!, copy[i]!];
  }
  return copy;
}

/** All pods in random order, cut or continued by re-draws so that just `wantedMilli` of GPU is asked for. */
function arrivalsOf(pods: readonly GpuShape[], wantedMilli: number, random: Random): readonly GpuShape[] {
  const order = shuffled(pods, random);
  const arrivals: GpuShape[] = [];
  let asked = 0;
  const anyGpu = pods.some(({ gpuCount }) => gpuCount > 0);
  for (let i = 0; asked < wantedMilli && (i < order.length || anyGpu); i += 1) {
    const shape = i < order.length ? order[i]! : pods[nextBelow(random, pods.length)]!;
    arrivals.push(shape);
    asked += shape.gpuCount * shape.gpuMilli;
  }
  return arrivals;
}

type Chooser = { node(cluster: GpuCluster, shape: GpuShape): number; gpu(cluster: GpuCluster, shape: GpuShape, node: number): number };

function chooserOf(name: PlacementPolicyName, pods: readonly GpuShape[], random: Random): Chooser {
  if (name === 'random') return { node: (cluster, shape) => anyNode(cluster, shape, random), gpu: (cluster, shape, node) => randomGpu(cluster, shape, node, random) };
  const policies: Readonly<Record<Exclude<PlacementPolicyName, 'random'>, () => PlacementPolicy>> = {
    'dot-product': () => dotProduct,
    'gpu-clustering': () => gpuClustering,
    'gpu-packing': () => gpuPacking,
    'best-fit': () => bestFit,
    fgd: () => fragmentationGradient(typicalShapes(pods, TYPICAL_POPULARITY)),
    'fragmentation-fit': () => fragmentationFit(typicalShapes(pods, 1)),
  };
  const policy = policies[name]();
  return { node: (cluster, shape) => bestNode(cluster, shape, policy), gpu: policy.chooseGpu };
}

function anyNode(cluster: GpuCluster, shape: GpuShape, random: Random): number {
  const able: number[] = [];
  for (let node = 0; node < cluster.nodes.length; node += 1) if (fitsNode(cluster, shape, node)) able.push(node);
  return able.length === 0 ? -1 : able[nextBelow(random, able.length)]!;
}

/** The highest score; the first of equals. */
function bestNode(cluster: GpuCluster, shape: GpuShape, policy: PlacementPolicy): number {
  let best = -1;
  let most = -Infinity;
  for (let node = 0; node < cluster.nodes.length; node += 1) {
    if (!fitsNode(cluster, shape, node)) continue;
    const score = policy.score(cluster, shape, node);
    if (score > most) {
      most = score;
      best = node;
    }
  }
  return best;
}

/** Mean allocation over the arrivals that round to the same whole percent of the capacity. */
class Curve {
  private askedMilli = 0;
  private allocatedMilli = 0;
  private readonly sums = new Map<number, { sum: number; count: number }>();

  constructor(private readonly capacityMilli: number) {}

  record({ gpuCount, gpuMilli }: GpuShape, wasPlaced: boolean): void {
    this.askedMilli += gpuCount * gpuMilli;
    if (wasPlaced) this.allocatedMilli += gpuCount * gpuMilli;
    const percent = Math.round((100 * this.askedMilli) / this.capacityMilli);
    const bucket = this.sums.get(percent) ?? { sum: 0, count: 0 };
    bucket.sum += (100 * this.allocatedMilli) / this.capacityMilli;
    bucket.count += 1;
    this.sums.set(percent, bucket);
  }

  /** One value for each of 0…last %; a percent no arrival rounds to repeats the one before. */
  values(last: number): readonly number[] {
    const values: number[] = [];
    for (let percent = 0; percent <= last; percent += 1) {
      const bucket = this.sums.get(percent);
      values.push(bucket === undefined ? (values.at(-1) ?? 0) : bucket.sum / bucket.count);
    }
    return values;
  }
}
