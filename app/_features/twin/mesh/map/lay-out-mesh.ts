/**
 * Where routers stand on the map: at their positions where most have one (longitude and latitude are told by their
 * range and their small spread), else or where asked by a force layout, which starts from fixed places and so comes out the same every
 * time. Places are 0..1 in a box of the returned aspect (width over height).
 */
import { forceCenter, forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY, type Simulation, type SimulationNodeDatum } from 'd3';
import type { MeshSpec } from '@/engine/twin';

export type MeshPlace = { readonly x: number; readonly y: number };
export type MeshLayout = { readonly places: ReadonlyMap<string, MeshPlace>; readonly kind: 'geographic' | 'plan' | 'force'; readonly aspect: number };

const POSITIONED_SHARE = 0.6;
const FORCE_TICKS = 300;
/** Up to so many routers every one gets the same room. */
const SMALL_MESH = 60;
/** Links of a router from which on they are no neighbourhood any more. */
const MANY_LINKS = 9;
const DEGREES_SPREAD_MAX = 5;

export function layOutMesh(mesh: MeshSpec, byLinks = false): MeshLayout {
  if (byLinks || !hasPlaces(mesh)) return fitted(forced(mesh), 'force');
  const positioned = mesh.routers.filter((router) => router.x !== undefined && router.y !== undefined);
  const isMap = looksGeographic(positioned.map((router) => [router.x!, router.y!]));
  const middle = positioned.reduce((sum, router) => sum + router.y!, 0) / positioned.length;
  const shrink = isMap ? Math.cos((middle * Math.PI) / 180) : 1;
  const known = new Map(positioned.map((router) => [router.name, { x: router.x! * shrink, y: isMap ? -router.y! : router.y! }]));
  return fitted(withNeighbours(mesh, known), isMap ? 'geographic' : 'plan');
}

/** Whether positions are known for most routers. */
export function hasPlaces({ routers }: MeshSpec): boolean {
  const positioned = routers.filter((router) => router.x !== undefined && router.y !== undefined).length;
  return positioned >= 2 && positioned >= POSITIONED_SHARE * routers.length;
}

/** Degrees have decimals, lie within the globe, and a mesh covers a town, not a continent. */
function looksGeographic(points: readonly (readonly [number, number])[]): boolean {
  const spread = (of: 0 | 1) => Math.max(...points.map((p) => p[of])) - Math.min(...points.map((p) => p[of]));
  const inRange = points.every(([x, y]) => Math.abs(x) <= 180 && Math.abs(y) <= 90);
  return inRange && spread(0) < DEGREES_SPREAD_MAX && spread(1) < DEGREES_SPREAD_MAX && points.filter(([x, y]) => !Number.isInteger(x * 100) && !Number.isInteger(y * 100)).length > points.length / 2;
}

/** A router without a position stands beside its neighbours. */
function withNeighbours({ routers, links }: MeshSpec, known: Map<string, MeshPlace>): Map<string, MeshPlace> {
  const all = [...known.values()];
  const centre = { x: mean(all.map((p) => p.x)), y: mean(all.map((p) => p.y)) };
  const reach = Math.max(...all.map((p) => Math.abs(p.x - centre.x) + Math.abs(p.y - centre.y)), 1e-9) / 12;
  routers.forEach(({ name }, i) => {
    if (known.has(name)) return;
    const near = links.flatMap(({ a, b }) => (a === name ? (known.get(b) ?? []) : b === name ? (known.get(a) ?? []) : []));
    const at = near.length === 0 ? centre : { x: mean(near.map((p) => p.x)), y: mean(near.map((p) => p.y)) };
    known.set(name, { x: at.x + reach * Math.cos(i), y: at.y + reach * Math.sin(i) });
  });
  return known;
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

function forced(mesh: MeshSpec): Map<string, MeshPlace> {
  const nodes = mesh.routers.map(({ name }) => ({ id: name, x: Number.NaN, y: Number.NaN }));
  for (const [i, node] of nodes.entries()) {
    const angle = i * 2.399963; // the golden angle, as d3 itself spreads nodes
    node.x = 10 * Math.sqrt(0.5 + i) * Math.cos(angle);
    node.y = 10 * Math.sqrt(0.5 + i) * Math.sin(angle);
  }
  const simulation = forceSimulation<Placed>(nodes);
  if (nodes.length <= SMALL_MESH) spreadEvenly(simulation, mesh);
  else spreadByTree(simulation, mesh);
  simulation.stop().tick(FORCE_TICKS);
  return new Map(nodes.map(({ id, x, y }) => [id, { x, y }]));
}

type Placed = SimulationNodeDatum & { readonly id: string };
type Join = { readonly source: string | Placed; readonly target: string | Placed };

function spreadEvenly(simulation: Simulation<Placed, undefined>, { links }: MeshSpec): void {
  simulation
    .force('link', forceLink<Placed, Join>(links.map(({ a, b }) => ({ source: a, target: b }))).id((node) => node.id).distance(40))
    .force('charge', forceManyBody().strength(-120))
    .force('centre', forceCenter(0, 0))
    .force('x', forceX(0).strength(0.03))
    .force('y', forceY(0).strength(0.05));
}

/**
 * Large meshes hang on a few routers with dozens of links, and every link pulling alike draws them into one knot. So the
 * best links that hold the mesh together pull (a spanning tree by loss, the same in every frame), and the others the less
 * the more links their ends have: a grid stays a grid. Far parts do not push each other out of the picture.
 */
function spreadByTree(simulation: Simulation<Placed, undefined>, mesh: MeshSpec): void {
  const links = mesh.links.map(({ a, b }) => ({ source: a, target: b }));
  const carrying = spanningTree(mesh);
  const degrees = degreesOf(links);
  const inTree = degreesOf(links.filter((_, i) => carrying.has(i)));
  const idOf = (end: string | Placed) => (typeof end === 'string' ? end : end.id);
  const most = ({ source, target }: Join) => Math.max(degrees.get(idOf(source)) ?? 1, degrees.get(idOf(target)) ?? 1);
  simulation
    .force('link', forceLink<Placed, Join>(links).id((node) => node.id).distance(26).strength((link, i) => (carrying.has(i) ? 0.8 : 0.8 / (1 + (most(link) / MANY_LINKS) ** 3) + 0.5 / most(link))))
    .force('charge', forceManyBody<Placed>().strength(({ id }) => -60 - 12 * (inTree.get(id) ?? 0)).distanceMax(900))
    .force('centre', forceCenter(0, 0))
    .force('collide', forceCollide<Placed>(10))
    .force('x', forceX(0).strength(0.015))
    .force('y', forceY(0).strength(0.05));
}

/** Indices of links. */
function spanningTree({ routers, links }: MeshSpec): ReadonlySet<number> {
  const root = new Map(routers.map(({ name }) => [name, name]));
  const rootOf = (name: string): string => {
    let at = name;
    for (let up = root.get(at) ?? at; up !== at; up = root.get(at) ?? at) at = up;
    root.set(name, at);
    return at;
  };
  const loss = ({ lossPercent = 0, lossPercentBack = lossPercent }: MeshSpec['links'][number]) => lossPercent + lossPercentBack;
  const byLoss = links.map((link, i) => ({ i, loss: loss(link) })).sort((x, y) => x.loss - y.loss || x.i - y.i);
  const tree = new Set<number>();
  for (const { i } of byLoss) {
    const [a, b] = [rootOf(links[i]!.a), rootOf(links[i]!.b)];
    if (a === b) continue;
    root.set(a, b);
    tree.add(i);
  }
  return tree;
}

function degreesOf(links: readonly { readonly source: string; readonly target: string }[]): ReadonlyMap<string, number> {
  const degrees = new Map<string, number>();
  for (const { source, target } of links) for (const end of [source, target]) degrees.set(end, (degrees.get(end) ?? 0) + 1);
  return degrees;
}

function fitted(places: ReadonlyMap<string, MeshPlace>, kind: MeshLayout['kind']): MeshLayout {
  const all = [...places.values()];
  const [left, top] = [Math.min(...all.map((p) => p.x)), Math.min(...all.map((p) => p.y))];
  const width = Math.max(...all.map((p) => p.x)) - left || 1;
  const height = Math.max(...all.map((p) => p.y)) - top || 1;
  return { places: new Map([...places].map(([name, p]) => [name, { x: all.length === 1 ? 0.5 : (p.x - left) / width, y: all.length === 1 ? 0.5 : (p.y - top) / height }])), kind, aspect: width / height };
}
