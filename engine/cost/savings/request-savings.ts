/**
 * What smaller requests save: nothing until a whole node can go. Nodes are tried from the dearest per node on; one goes
 * when all of its pods fit into the free room of those that stay (largest pods first, each to the first node with room).
 * A bound from below: it knows CPU and memory, not affinities, zones or budgets, so a plan rehearses the real thing.
 */
import type { MicroUsd } from '@/engine/kernel';

export type RoomyNode = { readonly node: string; readonly microUsdPerHour: number; readonly cores: number; readonly memoryGib: number; /** Is never given back. */ readonly stays?: boolean };
export type PlacedPod = { readonly pod: string; readonly node: string; readonly cores: number; readonly memoryGib: number };
export type RequestSavings = { readonly spendPerHour: MicroUsd; readonly savedPerHour: MicroUsd; readonly goes: readonly string[]; /** Requested less than before, but paid as long as its node stays. */ readonly freedCores: number };

type Room = { readonly node: string; cores: number; memoryGib: number };

const compareText = (x: string, y: string) => (x < y ? -1 : x > y ? 1 : 0);

/** `requestOf`: what a pod would request afterwards. Nodes that are empty already go first: they are paid for nothing. */
export function savingsOfRequests(nodes: readonly RoomyNode[], pods: readonly PlacedPod[], requestOf: (pod: PlacedPod) => { readonly cores: number; readonly memoryGib: number }): RequestSavings {
  const after = pods.map((pod) => ({ ...pod, ...requestOf(pod) }));
  let staying = nodes.map(({ node, cores, memoryGib }): Room => ({ node, cores: cores - held(after, node, 'cores'), memoryGib: memoryGib - held(after, node, 'memoryGib') }));
  const placed = new Map(after.map((pod) => [pod.pod, pod.node]));
  const goes: string[] = [];
  for (const { node } of nodes.filter(({ stays }) => stays !== true).sort((x, y) => y.microUsdPerHour - x.microUsdPerHour || compareText(x.node, y.node))) {
    const moving = after.filter((pod) => placed.get(pod.pod) === node).sort((x, y) => y.cores - x.cores || y.memoryGib - x.memoryGib || compareText(x.pod, y.pod));
    const moved = placeAll(moving, staying.filter((room) => room.node !== node));
    if (moved === null) continue;
    goes.push(node);
    staying = moved.rooms;
    for (const [pod, to] of moved.places) placed.set(pod, to);
  }
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  const gone = new Set(goes);
  return {
    spendPerHour: Math.round(sum(nodes.map(({ microUsdPerHour }) => microUsdPerHour))) as MicroUsd,
    savedPerHour: Math.round(sum(nodes.filter(({ node }) => gone.has(node)).map(({ microUsdPerHour }) => microUsdPerHour))) as MicroUsd,
    goes,
    freedCores: sum(pods.map(({ cores }) => cores)) - sum(after.map(({ cores }) => cores)),
  };
}

const held = (pods: readonly PlacedPod[], node: string, what: 'cores' | 'memoryGib') => pods.reduce((sum, pod) => sum + (pod.node === node ? pod[what] : 0), 0);

function placeAll(pods: readonly PlacedPod[], rooms: readonly Room[]): { rooms: Room[]; places: [pod: string, node: string][] } | null {
  const left = rooms.map((room) => ({ ...room }));
  const places: [string, string][] = [];
  for (const { pod, cores, memoryGib } of pods) {
    const room = left.find((each) => each.cores >= cores && each.memoryGib >= memoryGib);
    if (room === undefined) return null;
    room.cores -= cores;
    room.memoryGib -= memoryGib;
    places.push([pod, room.node]);
  }
  return { rooms: left, places };
}
