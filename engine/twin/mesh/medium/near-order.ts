/**
 * Routers in an order in which neighbours stand near each other: clusters grown breadth-first, one beside the other.
 * Tables kept in this order have what one packet touches at its several hearers within a few pages of memory.
 */
import type { Topology } from './topology';

/** Routers whose slots of one originator fill about a page of 4096 bytes. */
const CLUSTER = 32;

export function nearOrder(topology: Topology): number[] {
  const order: number[] = [];
  const isPlaced = new Set<number>();
  const edgesOfClusters: number[] = [];
  const place = (router: number) => {
    if (!isPlaced.has(router)) order.push(router);
    isPlaced.add(router);
  };
  for (let border = 0, lowest = 0; order.length < topology.names.length; ) {
    const seed = border < edgesOfClusters.length ? edgesOfClusters[border++]! : lowest++;
    if (isPlaced.has(seed)) continue;
    const first = order.length;
    const isFull = () => order.length >= first + CLUSTER;
    place(seed);
    for (let i = first; i < order.length && !isFull(); i += 1) for (const next of neighboursOf(topology, order[i]!)) if (!isFull()) place(next);
    for (const router of order.slice(first)) edgesOfClusters.push(...neighboursOf(topology, router));
  }
  return order;
}

const neighboursOf = ({ inStart, inEdges, edgeFrom, interfaceRouter }: Topology, router: number) => Array.from(inEdges.subarray(inStart[router]!, inStart[router + 1]!), (edge) => interfaceRouter[edgeFrom[edge]!]!);
