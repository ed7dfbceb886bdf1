/**
 * FGD: the node (and GPU) where the pod adds the least fragment, or removes the most. The score is
 * int(100 × sigmoid(fragment removed ÷ 1000)), so that differences below a thousandth or so are ties.
 *
 * A node's fragment changes only with the node, and pods come in few shapes: scores are kept per shape and
 * node until the node's version moves.
 */
import { exp } from '@/engine/kernel';
import { acceptedBy, fragmentOf, type TypicalShapes } from '../fragmentation';
import { GPU_MILLI, GPUS_PER_NODE_MAX, isShared, type GpuCluster, type GpuShape } from '../gpu-cluster';
import type { PlacementPolicy } from '../policy';

type Kept = { readonly version: Uint32Array; readonly score: Int16Array; readonly gpu: Int8Array };

const sigmoid = (x: number) => 1 / (1 + exp(-x));

export function fragmentationGradient(typical: TypicalShapes): PlacementPolicy {
  const keptByShape = new Map<GpuShape, Kept>();
  const acceptedByModel = new Map<string, Uint8Array>();
  const after = new Int32Array(GPUS_PER_NODE_MAX);
  const keptFor = (shape: GpuShape, count: number) => {
    const kept = keptByShape.get(shape) ?? { version: new Uint32Array(count), score: new Int16Array(count), gpu: new Int8Array(count) };
    keptByShape.set(shape, kept);
    return kept;
  };
  const accepted = (model: string) => {
    const known = acceptedByModel.get(model) ?? acceptedBy(typical, model);
    acceptedByModel.set(model, known);
    return known;
  };
  const evaluate = (cluster: GpuCluster, shape: GpuShape, node: number): Kept => {
    const kept = keptFor(shape, cluster.nodes.length);
    if (kept.version[node] === cluster.version[node]) return kept;
    const { score, gpu } = bestChange(cluster, shape, node, typical, accepted(cluster.nodes[node]!.gpuModel), after);
    kept.score[node] = score;
    kept.gpu[node] = gpu;
    kept.version[node] = cluster.version[node]!;
    return kept;
  };
  return {
    score: (cluster, shape, node) => evaluate(cluster, shape, node).score[node]!,
    chooseGpu: (cluster, shape, node) => evaluate(cluster, shape, node).gpu[node]!,
  };
}

function bestChange({ cpuLeft, gpuLeft }: GpuCluster, shape: GpuShape, node: number, typical: TypicalShapes, accepted: Uint8Array, after: Int32Array) {
  const first = node * GPUS_PER_NODE_MAX;
  const before = fragmentOf(typical, accepted, cpuLeft[node]!, gpuLeft, first);
  const cpuAfter = cpuLeft[node]! - shape.cpuMilli;
  const scoreOf = () => Math.trunc(sigmoid((before - fragmentOf(typical, accepted, cpuAfter, after, 0)) / GPU_MILLI) * 100);
  const reset = () => after.set(gpuLeft.subarray(first, first + GPUS_PER_NODE_MAX));
  reset();
  if (!isShared(shape)) {
    takeWhole(after, shape.gpuCount);
    return { score: scoreOf(), gpu: -1 };
  }
  let best = { score: 0, gpu: -1 };
  for (let gpu = 0; gpu < GPUS_PER_NODE_MAX; gpu += 1) {
    if (gpuLeft[first + gpu]! < shape.gpuMilli || seenBefore(gpuLeft, first, gpu)) continue;
    reset();
    after[gpu] = after[gpu]! - shape.gpuMilli;
    const score = scoreOf();
    if (best.gpu < 0 || score > best.score) best = { score, gpu };
  }
  return best;
}

/** GPUs with equally much left are the same; the first stands for all. */
function seenBefore(gpuLeft: Int32Array, first: number, gpu: number): boolean {
  for (let other = 0; other < gpu; other += 1) if (gpuLeft[first + other] === gpuLeft[first + gpu]) return true;
  return false;
}

function takeWhole(gpus: Int32Array, count: number): void {
  let wanted = count;
  for (let gpu = 0; gpu < gpus.length && wanted > 0; gpu += 1) {
    if (gpus[gpu] !== GPU_MILLI) continue;
    gpus[gpu] = 0;
    wanted -= 1;
  }
}
