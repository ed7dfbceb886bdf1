/**
 * A loss-free BATMAN_IV mesh from cold start: what its OGMs cost, how soon frames arrive everywhere, and how fast it
 * is simulated. The shapes and the measures are those of meshnet-lab's published runs on real kernels
 * (github.com/mwarning/meshnet-lab, results of 2024, batman-adv 2023.2): every router starts within 1.6 s, and
 * bytes are counted as each router's one interface sends them.
 */
import { eventQueue, nextBelow, nextEventAt, randomStream, takeEvent, takenEvent, timeUs, US_PER_SECOND, type EventQueue, type Random } from '@/engine/kernel';
import { compileMesh, handleMeshEvent, meshGraph, routePath, sampleMesh, startMesh, sweepFailures, type MeshSpec, type MeshState, type SampleShape } from '@/engine/twin';

export type BenchMeshOptions = { readonly shape: SampleShape; readonly routers: number; readonly seconds: number; readonly seed: number; readonly leadSeconds: number };
export type BenchMeshReport = {
  readonly routers: number;
  readonly links: number;
  /** Of all routers, once the windows of 64 OGMs are full (the last half of shorter runs). */
  readonly ogmBytesPerSecond: number;
  readonly ogmPacketsPerRouterSecond: number;
  /** Wait before measuring at which 90 % of the pairs are served, as the published runs count it; null when never. */
  readonly convergedSeconds90: number | null;
  /** The same, from the start of the first router. */
  readonly coldStartSeconds90: number | null;
  readonly deliveryRatio: number;
  /** The same over pairs drawn as the published runs draw them (see `publishedPair`); null where all are one hop apart. */
  readonly deliveryAsPublished: number | null;
  readonly events: number;
  readonly wallSeconds: number;
  readonly cpuSeconds: number;
  readonly simulatedPerWall: number;
  readonly bytesPerRouter: number;
};

const START_SPREAD_SECONDS = 1.6;
const SETTLED_SECONDS = 100;
const PAIRS_TRIED = 400;
const PAIRS_TRIED_LAST = 4_000;
const SHARE_WANTED = 0.9;

type Running = { readonly mesh: MeshState; readonly queue: EventQueue; events: number };

export function benchMesh({ shape, routers, seconds, seed, leadSeconds }: BenchMeshOptions, clock: () => { wall: number; cpu: number }): BenchMeshReport {
  const random = randomStream(seed, 'bench/mesh');
  const spec = sampleMesh(shape, routers, seed);
  const links = linkedPlaces(spec);
  const began = clock();
  const started = { ...spec, routers: spec.routers.map((router) => ({ ...router, startSeconds: (nextBelow(random, 1_000) / 1_000) * START_SPREAD_SECONDS })) };
  const run: Running = { mesh: compileMesh(started, seed, { merged: true }), queue: eventQueue(), events: 0 };
  startMesh(run.mesh, run.queue, timeUs(0));
  let coldStart: number | null = null;
  const settled = Math.min(SETTLED_SECONDS, Math.floor(seconds / 2));
  let before = { bytes: 0, packets: 0 };
  for (let second = 1; second <= seconds; second += 1) {
    liveUntil(run, second);
    if (second === settled) before = sentBy(run.mesh);
    if (coldStart === null && served(run.mesh, PAIRS_TRIED, () => anyPair(random, routers)) >= SHARE_WANTED) coldStart = second;
  }
  const ended = clock();
  const { tables } = run.mesh;
  const sent = sentBy(run.mesh);
  const wallSeconds = ended.wall - began.wall;
  return {
    routers,
    links: spec.links.length,
    ogmBytesPerSecond: Math.round((sent.bytes - before.bytes) / (seconds - settled)),
    ogmPacketsPerRouterSecond: round((sent.packets - before.packets) / (seconds - settled) / routers),
    convergedSeconds90: coldStart === null ? null : round(Math.max(0, coldStart - leadSeconds)),
    coldStartSeconds90: coldStart,
    deliveryRatio: round(served(run.mesh, PAIRS_TRIED_LAST, () => anyPair(random, routers))),
    deliveryAsPublished: 2 * links.size === routers * (routers - 1) ? null : round(served(run.mesh, PAIRS_TRIED_LAST, () => publishedPair(random, routers, links))),
    events: run.events,
    wallSeconds: round(wallSeconds),
    cpuSeconds: round(ended.cpu - began.cpu),
    simulatedPerWall: round(seconds / wallSeconds),
    bytesPerRouter: Math.round((tables.words.byteLength + run.mesh.packets.words.byteLength) / routers),
  };
}

const sentBy = ({ ogmBytes, counters }: MeshState) => ({ bytes: ogmBytes, packets: counters.managementTx.reduce((sum, n) => sum + n, 0) });
const round = (x: number) => Math.round(x * 1_000) / 1_000;

function liveUntil(run: Running, second: number): void {
  const event = takenEvent();
  const end = second * US_PER_SECOND;
  while (nextEventAt(run.queue) <= end && takeEvent(run.queue, event)) {
    handleMeshEvent(run.mesh, run.queue, event);
    run.events += 1;
  }
}

/** Share of pairs that reach each other hop by hop, there and back; translation tables, which take seconds more, are left out. */
function served(mesh: MeshState, pairs: number, draw: () => Pair): number {
  let reached = 0;
  for (let i = 0; i < pairs; i += 1) {
    const [a, b] = draw();
    if (routePath(mesh, a, b).reachable && routePath(mesh, b, a).reachable) reached += 1;
  }
  return reached / pairs;
}

type Pair = readonly [number, number];

function anyPair(random: Random, routers: number): Pair {
  const a = nextBelow(random, routers);
  return [a, (a + 1 + nextBelow(random, routers - 1)) % routers];
}

/**
 * meshnet-lab (ping.py, get_random_paths): the first router is any but the last of the list, the second any behind it, at
 * least two hops apart. Behind a late first router few are left, so near ones are drawn more often than far ones.
 */
function publishedPair(random: Random, routers: number, links: ReadonlySet<string>): Pair {
  for (;;) {
    const a = nextBelow(random, routers - 1);
    const b = a + 1 + nextBelow(random, routers - 1 - a);
    if (!links.has(`${a}|${b}`)) return [a, b];
  }
}

/** Pairs of list places that are one hop apart, the earlier first. */
function linkedPlaces({ routers, links }: MeshSpec): ReadonlySet<string> {
  const place = new Map(routers.map(({ name }, i) => [name, i]));
  return new Set(links.map(({ a, b }) => [place.get(a)!, place.get(b)!].sort((x, y) => x - y).join('|')));
}

export type BenchSweepReport = { readonly routers: number; readonly links: number; readonly failures: number; readonly redundancy: number; readonly worstLost: number; readonly wallSeconds: number };

/** N−1 of a sample mesh whose first router is the gateway: every router and every link fails once. */
export function benchSweep(shape: SampleShape, routers: number, seed: number, now: () => number): BenchSweepReport {
  const spec = sampleMesh(shape, routers, seed);
  const began = now();
  const sweep = sweepFailures(meshGraph({ ...spec, routers: spec.routers.map((router, i) => ({ ...router, gateway: i === 0 })) }));
  return { routers, links: spec.links.length, failures: sweep.impacts.length, redundancy: round(sweep.redundancy), worstLost: sweep.impacts[0]?.lost.length ?? 0, wallSeconds: round(now() - began) };
}
