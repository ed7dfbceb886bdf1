/**
 * The packing policies FGD is compared with. Scores are integers 0..100 as in the paper's simulator:
 * truncation decides many ties and is part of the rule. Machines are measured against the largest one
 * (128 cores, 8 GPUs).
 */
import { GPU_MILLI, GPUS_PER_NODE_MAX, USE_KINDS, useKindOf, type GpuCluster, type GpuShape } from '../gpu-cluster';
import { tightestGpu, type PlacementPolicy } from '../policy';

const LARGEST_CPU_MILLI = 128_000;
const LARGEST_GPU_MILLI = 8 * GPU_MILLI;
const TOP = 100;

const gpuRequest = ({ gpuCount, gpuMilli }: GpuShape) => gpuCount * gpuMilli;

/** The less would be left, the better; cpu and GPU weigh the same. */
export const bestFit: PlacementPolicy = {
  score({ cpuLeft, gpuLeftTotal }, shape, node) {
    const cpu = ((cpuLeft[node]! - shape.cpuMilli) / LARGEST_CPU_MILLI) * 0.5;
    const gpu = ((gpuLeftTotal[node]! - gpuRequest(shape)) / LARGEST_GPU_MILLI) * 0.5;
    return Math.trunc((1 - (cpu + gpu)) * TOP);
  },
  chooseGpu: tightestGpu,
};

/** The smaller the product of what is asked for and what is free, the better (Tetris). */
export const dotProduct: PlacementPolicy = {
  score({ cpuLeft, gpuLeftTotal }, shape, node) {
    const cpu = (cpuLeft[node]! / LARGEST_CPU_MILLI) * (shape.cpuMilli / LARGEST_CPU_MILLI);
    const gpu = (gpuLeftTotal[node]! / LARGEST_GPU_MILLI) * (gpuRequest(shape) / LARGEST_GPU_MILLI);
    return Math.trunc(TOP * (1 - (cpu + gpu) / 2));
  },
  chooseGpu: tightestGpu,
};

/** Pods of one kind (shared, one GPU, two …) go together; then the fuller node. */
export const gpuClustering: PlacementPolicy = {
  score({ useCounts, gpuLeftTotal }, shape, node) {
    const kind = useKindOf(shape);
    if (kind === 0) return 0;
    const filled = Math.trunc(((TOP / 4) * (LARGEST_GPU_MILLI - gpuLeftTotal[node]!)) / LARGEST_GPU_MILLI);
    let kinds = 0;
    for (let use = node * USE_KINDS; use < (node + 1) * USE_KINDS; use += 1) if (useCounts[use]! > 0) kinds += 1;
    if (useCounts[node * USE_KINDS + kind]! > 0) return filled + (kinds === 1 ? 75 : 50);
    return filled + (kinds === 0 ? 25 : 0);
  },
  chooseGpu: tightestGpu,
};

/** GPUs in use first, then free GPUs of nodes in use, then free nodes. */
export const gpuPacking: PlacementPolicy = {
  score(cluster, shape, node) {
    if (shape.gpuCount === 0) return 0;
    const left = gpusOf(cluster, node);
    const free = left.filter((milli) => milli === GPU_MILLI).length;
    if (free === left.length) return Math.max(Math.trunc(TOP / 3) - free, free);
    const used = left.filter((milli) => milli >= shape.gpuMilli).sort((x, y) => x - y).slice(0, shape.gpuCount);
    const freeUsed = used.filter((milli) => milli === GPU_MILLI).length;
    if (freeUsed > 0) return Math.max(TOP / 2 - freeUsed, Math.trunc(TOP / 3));
    const ratio = used.reduce((sum, milli) => sum + Math.trunc((milli * 100) / GPU_MILLI), 0);
    return Math.max(TOP - Math.trunc(ratio / 10), TOP / 2);
  },
  chooseGpu: tightestGpu,
};

function gpusOf({ gpuLeft }: GpuCluster, node: number): number[] {
  const first = node * GPUS_PER_NODE_MAX;
  return [...gpuLeft.subarray(first, first + GPUS_PER_NODE_MAX)].filter((milli) => milli >= 0);
}

