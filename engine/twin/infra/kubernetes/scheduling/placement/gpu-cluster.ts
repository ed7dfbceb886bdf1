/**
 * Nodes whose GPUs are shared in thousandths, as columns. A pod asks for a part of one GPU or for whole
 * GPUs, of certain models perhaps; which GPU of a node it gets is part of a placement. Terms as in the FGD
 * paper (Weng et al., ATC 2023) and its openb trace.
 */
export const GPU_MILLI = 1000;
export const GPUS_PER_NODE_MAX = 8;

export type GpuNodeSpec = { readonly name: string; readonly cpuMilli: number; readonly memoryMib: number; readonly gpuCount: number; readonly gpuModel: string };

/** What a pod asks for; two pods with the same shape are the same to every policy. */
export type GpuShape = {
  readonly cpuMilli: number;
  readonly memoryMib: number;
  readonly gpuCount: number;
  /** Per GPU; 1000 = all of it. */
  readonly gpuMilli: number;
  /** Accepted models; empty = any. */
  readonly gpuModels: readonly string[];
};

/** Kinds of GPU use on a node: shared, or n whole GPUs; index 0 is unused. */
export type UseKind = number;
const SHARED: UseKind = 1;

export type GpuCluster = {
  readonly nodes: readonly GpuNodeSpec[];
  readonly cpuLeft: Float64Array;
  readonly memoryLeft: Float64Array;
  /** GPUS_PER_NODE_MAX entries per node; a GPU that does not exist has −1. */
  readonly gpuLeft: Int32Array;
  readonly gpuLeftTotal: Int32Array;
  /** Pods per kind of GPU use, 16 entries per node. */
  readonly useCounts: Int32Array;
  readonly version: Uint32Array;
};

export const USE_KINDS = 16;

export const isShared = ({ gpuCount, gpuMilli }: GpuShape) => gpuCount === 1 && gpuMilli < GPU_MILLI;
export const useKindOf = (shape: GpuShape): UseKind => (shape.gpuCount === 0 ? 0 : isShared(shape) ? SHARED : SHARED + Math.min(shape.gpuCount, USE_KINDS - 2));

export function gpuCluster(nodes: readonly GpuNodeSpec[]): GpuCluster {
  const gpuLeft = new Int32Array(nodes.length * GPUS_PER_NODE_MAX).fill(-1);
  nodes.forEach(({ gpuCount }, node) => gpuLeft.fill(GPU_MILLI, node * GPUS_PER_NODE_MAX, node * GPUS_PER_NODE_MAX + gpuCount));
  return {
    nodes,
    cpuLeft: Float64Array.from(nodes, ({ cpuMilli }) => cpuMilli),
    memoryLeft: Float64Array.from(nodes, ({ memoryMib }) => memoryMib),
    gpuLeft,
    gpuLeftTotal: Int32Array.from(nodes, ({ gpuCount }) => gpuCount * GPU_MILLI),
    useCounts: new Int32Array(nodes.length * USE_KINDS),
    version: new Uint32Array(nodes.length).fill(1),
  };
}

export const acceptsModel = ({ gpuModels }: GpuShape, gpuModel: string) => gpuModels.length === 0 || gpuModels.includes(gpuModel);

/** Whether cpu, memory and GPUs of a node suffice. */
export function fitsNode({ nodes, cpuLeft, memoryLeft, gpuLeft }: GpuCluster, shape: GpuShape, node: number): boolean {
  if (shape.cpuMilli > cpuLeft[node]! || shape.memoryMib > memoryLeft[node]!) return false;
  if (shape.gpuCount === 0) return true;
  if (!acceptsModel(shape, nodes[node]!.gpuModel)) return false;
  let wanted = shape.gpuCount;
  const first = node * GPUS_PER_NODE_MAX;
  for (let gpu = first; gpu < first + GPUS_PER_NODE_MAX && wanted > 0; gpu += 1) if (gpuLeft[gpu]! >= shape.gpuMilli) wanted -= 1;
  return wanted === 0;
}

/** Takes what the pod asks for; a part of a GPU from `sharedGpu` (index in the node), whole GPUs in order. */
export function allocate(cluster: GpuCluster, shape: GpuShape, node: number, sharedGpu: number): void {
  const { cpuLeft, memoryLeft, gpuLeft, gpuLeftTotal, useCounts, version } = cluster;
  cpuLeft[node] = cpuLeft[node]! - shape.cpuMilli;
  memoryLeft[node] = memoryLeft[node]! - shape.memoryMib;
  version[node] = version[node]! + 1;
  if (shape.gpuCount === 0) return;
  gpuLeftTotal[node] = gpuLeftTotal[node]! - shape.gpuCount * shape.gpuMilli;
  const use = node * USE_KINDS + useKindOf(shape);
  useCounts[use] = useCounts[use]! + 1;
  const first = node * GPUS_PER_NODE_MAX;
  if (isShared(shape)) {
    gpuLeft[first + sharedGpu] = gpuLeft[first + sharedGpu]! - shape.gpuMilli;
    return;
  }
  let wanted = shape.gpuCount;
  for (let gpu = first; wanted > 0; gpu += 1) {
    if (gpuLeft[gpu] !== GPU_MILLI) continue;
    gpuLeft[gpu] = 0;
    wanted -= 1;
  }
}
