/**
 * How much of a node's idle GPU no typical pod could use, in thousandths of a GPU: for each typical shape,
 * weighted by its popularity, all that is idle when the shape does not fit the node (or needs no GPU), and
 * the GPUs too small for it when it does. Source: FGD paper, `NodeGpuShareFragAmount`.
 */
import { acceptsModel, GPUS_PER_NODE_MAX, type GpuShape } from './gpu-cluster';

export type TypicalShapes = {
  readonly count: number;
  readonly cpuMilli: Float64Array;
  readonly gpuMilli: Int32Array;
  readonly gpuCount: Int32Array;
  readonly share: Float64Array;
  readonly shapes: readonly GpuShape[];
};

const keyOf = ({ cpuMilli, gpuMilli, gpuCount, gpuModels }: GpuShape) => `${cpuMilli}/${gpuMilli}/${gpuCount}/${gpuModels.join('|')}`;

/** Largest first, by popularity and then by what is asked for. */
function byPopularity(x: { shape: GpuShape; count: number }, y: { shape: GpuShape; count: number }): number {
  const models = (shape: GpuShape) => shape.gpuModels.join('|');
  return (
    y.count - x.count ||
    y.shape.cpuMilli - x.shape.cpuMilli ||
    y.shape.gpuMilli - x.shape.gpuMilli ||
    y.shape.gpuCount - x.shape.gpuCount ||
    (models(x.shape) > models(y.shape) ? -1 : models(x.shape) < models(y.shape) ? 1 : 0)
  );
}

/** The shapes that make up `popularity` (0..1) of the pods; shares sum to 1. Memory does not tell shapes apart. */
export function typicalShapes(pods: readonly GpuShape[], popularity: number): TypicalShapes {
  const counts = new Map<string, { shape: GpuShape; count: number }>();
  for (const shape of pods) {
    const entry = counts.get(keyOf(shape)) ?? { shape, count: 0 };
    entry.count += 1;
    counts.set(keyOf(shape), entry);
  }
  const kept: { shape: GpuShape; count: number }[] = [];
  let covered = 0;
  for (const entry of [...counts.values()].sort(byPopularity)) {
    if (covered >= popularity * pods.length) break;
    kept.push(entry);
    covered += entry.count;
  }
  return {
    count: kept.length,
    cpuMilli: Float64Array.from(kept, ({ shape }) => shape.cpuMilli),
    gpuMilli: Int32Array.from(kept, ({ shape }) => shape.gpuMilli),
    gpuCount: Int32Array.from(kept, ({ shape }) => shape.gpuCount),
    share: Float64Array.from(kept, ({ count }) => count / covered),
    shapes: kept.map(({ shape }) => shape),
  };
}

/** 1 for the typical shapes that accept a GPU model. */
export const acceptedBy = ({ shapes }: TypicalShapes, gpuModel: string) => Uint8Array.from(shapes, (shape) => (acceptsModel(shape, gpuModel) ? 1 : 0));

/** Fragment of a node state: `gpus` holds GPUS_PER_NODE_MAX entries from `first`, −1 where there is none. */
export function fragmentOf({ count, cpuMilli, gpuMilli, gpuCount, share }: TypicalShapes, accepted: Uint8Array, cpuLeft: number, gpus: Int32Array, first: number): number {
  let idle = 0;
  let present = 0;
  for (let gpu = first; gpu < first + GPUS_PER_NODE_MAX && gpus[gpu]! >= 0; gpu += 1) {
    idle += gpus[gpu]!;
    present += 1;
  }
  if (idle === 0) return 0;
  let fragment = 0;
  for (let k = 0; k < count; k += 1) {
    const milli = gpuMilli[k]!;
    if (milli === 0 || accepted[k] === 0 || cpuLeft < cpuMilli[k]!) {
      fragment += share[k]! * idle;
      continue;
    }
    let able = 0;
    let small = 0;
    for (let gpu = first; gpu < first + present; gpu += 1) {
      const left = gpus[gpu]!;
      if (left >= milli) able += 1;
      else small += left;
    }
    fragment += share[k]! * (able >= gpuCount[k]! ? small : idle);
  }
  return fragment;
}
