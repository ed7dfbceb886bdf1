/**
 * A placement policy: a score per node that fits (higher is better; equal scores go to the first
 * node in the policy's order), and which GPU of the node a shared pod gets.
 */
import { nextBelow, type Random } from '@/engine/kernel';
import { GPUS_PER_NODE_MAX, type GpuCluster, type GpuShape } from './gpu-cluster';

export type PlacementPolicy = {
  score(cluster: GpuCluster, shape: GpuShape, node: number): number;
  /** Index in the node of the GPU a shared pod gets. */
  chooseGpu(cluster: GpuCluster, shape: GpuShape, node: number): number;
};

/** The GPU with the least left that still suffices. */
export function tightestGpu({ gpuLeft }: GpuCluster, { gpuMilli }: GpuShape, node: number): number {
  const first = node * GPUS_PER_NODE_MAX;
  let best = -1;
  for (let gpu = 0; gpu < GPUS_PER_NODE_MAX; gpu += 1) {
    const left = gpuLeft[first + gpu]!;
    if (left >= gpuMilli && (best < 0 || left < gpuLeft[first + best]!)) best = gpu;
  }
  return best;
}

/** Any GPU that suffices, all equally likely. */
export function randomGpu({ gpuLeft }: GpuCluster, { gpuMilli }: GpuShape, node: number, random: Random): number {
  const first = node * GPUS_PER_NODE_MAX;
  const able = Array.from({ length: GPUS_PER_NODE_MAX }, (_, gpu) => gpu).filter((gpu) => gpuLeft[first + gpu]! >= gpuMilli);
  return able.length === 0 ? -1 : able[nextBelow(random, able.length)]!;
}
