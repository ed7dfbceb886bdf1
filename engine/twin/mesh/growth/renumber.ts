/** Where the interfaces, edges and neighbours of a topology are in a larger one that holds all its routers and links first. */
import type { Topology } from '../medium/topology';

export type Renumbered = {
  /** New number per old one. */
  readonly interfaces: Int32Array;
  readonly edges: Int32Array;
};

export function renumber(old: Topology, grown: Topology): Renumbered {
  const places = new Map(Array.from(grown.edgeLink, (link, edge) => [link, edge]));
  return {
    interfaces: Int32Array.from(old.interfaceRouter, (router, i) => grown.interfaceStart[router]! + i - old.interfaceStart[router]!),
    edges: Int32Array.from(old.edgeLink, (link) => places.get(link)!),
  };
}
