/** Loss-free meshes of known shape, for benches and first looks: grid, line, tree, random. */
import { nextBelow, nextUnit, randomStream } from '@/engine/kernel';
import type { MeshSpec } from '../mesh-spec';

export const SAMPLE_SHAPES = ['grid', 'line', 'tree', 'random'] as const;
export type SampleShape = (typeof SAMPLE_SHAPES)[number];

/** Neighbours of a router in the random shape, on average. */
const RANDOM_DEGREE = 5;
const LINK_DELAY_MS = 0.1;

/** `grid` is as square as `routers` allows, four neighbours; `tree` hangs every router on a random earlier one; `random` joins routers on a square that are near each other. */
export function sampleMesh(shape: SampleShape, routers: number, seed: number): MeshSpec {
  const pairs = { grid: gridPairs, line: linePairs, tree: treePairs, random: nearPairs }[shape](routers, seed);
  return {
    medium: 'radio',
    routers: Array.from({ length: routers }, (_, i) => ({ name: nameOf(i) })),
    links: pairs.map(([a, b]) => ({ a: nameOf(a), b: nameOf(b), delayMs: LINK_DELAY_MS })),
  };
}

const nameOf = (i: number) => `r${i + 1}`;
type Pair = readonly [number, number];

function gridPairs(routers: number): Pair[] {
  const width = Math.ceil(Math.sqrt(routers));
  return Array.from({ length: routers }, (_, i): Pair[] => [
    ...((i + 1) % width !== 0 && i + 1 < routers ? [[i, i + 1] as const] : []),
    ...(i + width < routers ? [[i, i + width] as const] : []),
  ]).flat();
}

const linePairs = (routers: number): Pair[] => Array.from({ length: routers - 1 }, (_, i): Pair => [i, i + 1]);

function treePairs(routers: number, seed: number): Pair[] {
  const random = randomStream(seed, 'mesh/tree');
  return Array.from({ length: routers - 1 }, (_, i): Pair => [nextBelow(random, i + 1), i + 1]);
}

/** Random places in the unit square; joined within the radius that gives the wanted degree, and each to its nearest earlier router, so that all hang together. */
function nearPairs(routers: number, seed: number): Pair[] {
  const random = randomStream(seed, 'mesh/places');
  const places = Array.from({ length: routers }, () => [nextUnit(random), nextUnit(random)] as const);
  const reach = RANDOM_DEGREE / (3.14159265 * routers);
  const distance = (i: number, j: number) => (places[i]![0] - places[j]![0]) * (places[i]![0] - places[j]![0]) + (places[i]![1] - places[j]![1]) * (places[i]![1] - places[j]![1]);
  return places.flatMap((_, j) => {
    let nearest = 0;
    const near: Pair[] = [];
    for (let i = 0; i < j; i += 1) {
      if (distance(i, j) <= reach) near.push([i, j]);
      if (distance(i, j) < distance(nearest, j)) nearest = i;
    }
    return j > 0 && near.length === 0 ? [[nearest, j] as const] : near;
  });
}
