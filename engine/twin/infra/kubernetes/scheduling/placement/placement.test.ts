import { describe, expect, test } from 'vitest';
import { acceptedBy, fragmentOf, typicalShapes } from './fragmentation';
import { allocate, fitsNode, gpuCluster, type GpuNodeSpec, type GpuShape } from './gpu-cluster';
import { PLACEMENT_POLICIES, placeArrivals } from './place-arrivals';
import { fragmentationFit } from './policies/fragmentation-fit';
import { fragmentationGradient } from './policies/fragmentation-gradient';
import { bestFit, dotProduct, gpuClustering, gpuPacking } from './policies/packing-policies';

const node = (name: string, gpuCount: number, cpuMilli = 64_000, gpuModel = 'T4'): GpuNodeSpec => ({ name, cpuMilli, memoryMib: 262_144, gpuCount, gpuModel });
const pod = (gpuCount: number, gpuMilli: number, cpuMilli = 4_000, gpuModels: string[] = []): GpuShape => ({ cpuMilli, memoryMib: 8_192, gpuCount, gpuMilli, gpuModels });

describe('GPU nodes', () => {
  test('a part of a GPU fits beside another part, whole GPUs only where nothing runs', () => {
    const cluster = gpuCluster([node('a', 2)]);
    allocate(cluster, pod(1, 600), 0, 0);
    expect(fitsNode(cluster, pod(1, 400), 0)).toBe(true);
    expect(fitsNode(cluster, pod(1, 1_000), 0)).toBe(true);
    expect(fitsNode(cluster, pod(2, 1_000), 0)).toBe(false);
    allocate(cluster, pod(1, 1_000), 0, -1);
    expect([...cluster.gpuLeft.slice(0, 3)]).toEqual([400, 0, -1]);
    expect(cluster.gpuLeftTotal[0]).toBe(400);
  });

  test('a pod that names models does not fit another model', () => {
    const cluster = gpuCluster([node('a', 1, 64_000, 'P100')]);
    expect(fitsNode(cluster, pod(1, 100, 1_000, ['T4', 'V100']), 0)).toBe(false);
    expect(fitsNode(cluster, pod(1, 100, 1_000, ['T4', 'P100']), 0)).toBe(true);
    expect(fitsNode(cluster, pod(0, 0, 1_000, ['T4']), 0)).toBe(true);
  });
});

describe('fragmentation', () => {
  const shapes = [...Array.from({ length: 3 }, () => pod(1, 500)), pod(0, 0)];
  const typical = typicalShapes(shapes, 1);

  test('shares of typical shapes follow their popularity', () => {
    expect([...typical.share]).toEqual([0.75, 0.25]);
    expect(typicalShapes(shapes, 0.5).count).toBe(1);
  });

  test('what is too small for a shape is fragment; for a pod without GPU everything idle is', () => {
    const accepted = acceptedBy(typical, 'T4');
    const gpus = Int32Array.of(400, 600, -1, -1, -1, -1, -1, -1);
    expect(fragmentOf(typical, accepted, 64_000, gpus, 0)).toBe(0.75 * 400 + 0.25 * 1_000);
    expect(fragmentOf(typical, accepted, 3_000, gpus, 0)).toBe(1_000);
    expect(fragmentOf(typical, accepted, 64_000, Int32Array.of(0, 0, -1, -1, -1, -1, -1, -1), 0)).toBe(0);
  });

  test('FGD completes a GPU in use rather than opening a free one', () => {
    const cluster = gpuCluster([node('a', 2)]);
    const half = pod(1, 500);
    allocate(cluster, half, 0, 1);
    expect(fragmentationGradient(typicalShapes([half, pod(1, 1_000)], 1)).chooseGpu(cluster, half, 0)).toBe(1);
  });

  test('fragmentation fit tells apart what FGD calls equal: where less is left, and a fragment of a few thousandths', () => {
    const cluster = gpuCluster([node('big', 8, 128_000), node('small', 8, 64_000)]);
    const whole = pod(1, 1_000);
    const everyShape = typicalShapes([whole], 1);
    const [fgd, fit] = [fragmentationGradient(everyShape), fragmentationFit(everyShape)];
    expect(fgd.score(cluster, whole, 0)).toBe(fgd.score(cluster, whole, 1));
    expect(fit.score(cluster, whole, 1)).toBeGreaterThan(fit.score(cluster, whole, 0));
    const twins = gpuCluster([node('a', 1), node('b', 1)]);
    allocate(twins, pod(1, 970), 0, 0);
    allocate(twins, pod(1, 980), 1, 0);
    const rare = pod(1, 20);
    const shapes = typicalShapes([...Array.from({ length: 20 }, () => whole), rare], 1);
    expect(fragmentationFit(shapes).score(twins, rare, 1)).toBeGreaterThan(fragmentationFit(shapes).score(twins, rare, 0));
  });
});

describe('packing policies', () => {
  test('best fit prefers the node with less left, dot product the smaller product', () => {
    const cluster = gpuCluster([node('big', 8, 128_000), node('small', 2, 32_000)]);
    for (const policy of [bestFit, dotProduct]) expect(policy.score(cluster, pod(1, 1_000), 1)).toBeGreaterThan(policy.score(cluster, pod(1, 1_000), 0));
    expect(bestFit.score(gpuCluster([node('full', 8, 128_000)]), pod(8, 1_000, 128_000), 0)).toBe(100);
  });

  test('clustering ranks: only its kind, its kind among others, empty, others', () => {
    const cluster = gpuCluster([node('own', 4), node('mixed', 4), node('empty', 4), node('other', 4)]);
    allocate(cluster, pod(1, 500), 0, 0);
    allocate(cluster, pod(1, 500), 1, 0);
    allocate(cluster, pod(1, 1_000), 1, -1);
    allocate(cluster, pod(1, 1_000), 3, -1);
    const scores = [0, 1, 2, 3].map((at) => gpuClustering.score(cluster, pod(1, 200), at));
    expect(scores).toEqual([...scores].sort((x, y) => y - x));
    expect(new Set(scores).size).toBe(4);
    expect(gpuClustering.score(cluster, pod(0, 0), 0)).toBe(0);
  });

  test('packing ranks: a GPU in use, a free GPU of a node in use, a free node', () => {
    const cluster = gpuCluster([node('shared', 2), node('used', 2), node('free', 2)]);
    allocate(cluster, pod(1, 500), 0, 0);
    allocate(cluster, pod(1, 900), 1, 0);
    expect([0, 1, 2].map((at) => gpuPacking.score(cluster, pod(1, 400), at))).toEqual([95, 49, 31]);
  });
});

describe('arrivals', () => {
  const nodes = [node('a', 8), node('b', 4, 32_000), node('c', 2, 16_000, 'V100')];
  const pods = [pod(1, 500), pod(1, 250, 2_000), pod(1, 1_000), pod(2, 1_000), pod(0, 0, 8_000), pod(1, 1_000, 4_000, ['V100'])];

  test.each(PLACEMENT_POLICIES)('%s: the same seed gives the same curve, which rises and never passes 100 %', (policy) => {
    const run = placeArrivals(nodes, pods, policy, 7, 1.3);
    expect(placeArrivals(nodes, pods, policy, 7, 1.3)).toEqual(run);
    expect(run.allocation).toHaveLength(131);
    run.allocation.forEach((value, percent) => {
      expect(value).toBeLessThanOrEqual(100);
      if (percent > 0) expect(value).toBeGreaterThanOrEqual(run.allocation[percent - 1]!);
    });
    expect(run.placed).toBeLessThanOrEqual(run.arrived);
  });

  test('nothing to place and nowhere to place it is no failure', () => {
    expect(placeArrivals([], pods, 'fgd', 1, 1.3)).toMatchObject({ arrived: 0, placed: 0 });
    expect(placeArrivals(nodes, [], 'best-fit', 1, 1.3)).toMatchObject({ arrived: 0, placed: 0 });
    expect(placeArrivals(nodes, [pod(0, 0)], 'random', 1, 1.3)).toMatchObject({ arrived: 1, placed: 1 });
  });
});
