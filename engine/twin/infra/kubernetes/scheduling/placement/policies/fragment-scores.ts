/**
 * Policies that judge a placement by how much fragment it takes away. A node's fragment changes only with the
 * node, and pods come in few shapes: scores are kept per shape and node until the node's version moves.
 */
import { acceptedBy, fragmentOf, type TypicalShapes } from '../fragmentation';
import { GPU_MILLI, GPUS_PER_NODE_MAX, isShared, type GpuCluster, type GpuShape } from '../gpu-cluster';
import type { PlacementPolicy } from '../policy';

/** What a placement is worth: `removedMilli` is the fragment it takes away in thousandths of a GPU (less than 0: it adds some), `gpu` the shared pod's GPU or −1. */
export type FragmentValue = (removedMilli: number, cluster: GpuCluster, shape: GpuShape, node: number, gpu: number) => number;

type Kept = { readonly version: Uint32Array; readonly score: Float64Array; readonly gpu: Int8Array };

/** Nodes and GPUs by `valueOf`; the first of equals. */
export function byFragment(typical: TypicalShapes, valueOf: FragmentValue): PlacementPolicy {
  const keptByShape = new Map<GpuShape, Kept>();
  const acceptedByModel = new Map<string, Uint8Array>();
  const after = new Int32Array(GPUS_PER_NODE_MAX);
  const keptFor = (shape: GpuShape, count: number) => {
    const kept = keptByShape.get(shape) ?? { version: new Uint32Array(count), score: new Float64Array(count), gpu: new Int8Array(count) };
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
    const shapes = accepted(cluster.nodes[node]!.gpuModel);
    const { score, gpu } = bestChange(cluster, shape, node, { typical, accepted: shapes, valueOf, after });
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

type Judging = { readonly typical: TypicalShapes; readonly accepted: Uint8Array; readonly valueOf: FragmentValue; readonly after: Int32Array };

function bestChange(cluster: GpuCluster, shape: GpuShape, node: number, { typical, accepted, valueOf, after }: Judging) {
  const { cpuLeft, gpuLeft } = cluster;
  const first = node * GPUS_PER_NODE_MAX;
  const before = fragmentOf(typical, accepted, cpuLeft[node]!, gpuLeft, first);
  const cpuAfter = cpuLeft[node]! - shape.cpuMilli;
  const scoreOf = (gpu: number) => valueOf(before - fragmentOf(typical, accepted, cpuAfter, after, 0), cluster, shape, node, gpu);
  const reset = () => after.set(gpuLeft.subarray(first, first + GPUS_PER_NODE_MAX));
  reset();
  if (!isShared(shape)) {
    takeWhole(after, shape.gpuCount);
    return { score: scoreOf(-1), gpu: -1 };
  }
  let best = { score: 0, gpu: -1 };
  for (let gpu = 0; gpu < GPUS_PER_NODE_MAX; gpu += 1) {
    if (gpuLeft[first + gpu]! < shape.gpuMilli || seenBefore(gpuLeft, first, gpu)) continue;
    reset();
    after[gpu] = after[gpu]! - shape.gpuMilli;
    const score = scoreOf(gpu);
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
