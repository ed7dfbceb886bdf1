/**
 * One OGM as one receiver hears it. A packet's OGMs are read into the same object one after another, and what is
 * the same for all of them (who sent it, where it came in) is looked up once: the hot loop allocates nothing.
 */
import type { MeshState } from '../mesh-state';
import { slotBase } from '../tables/originator-tables';

export type HeardOgm = {
  edge: number; // over which it came
  router: number; // who hears it
  now: number; // jiffy
  from: number; // interface that sent the packet
  into: number; // interface that heard it
  neighbour: number; // number of `edge` at the router
  firstIn: number; // place of the router's edges in `inEdges`
  degree: number;
  via: number; // slot of the sender's address
  originator: number; // interface
  sequence: number;
  sender: number; // interface the last hop had it from
  tq: number;
  ttl: number;
  flags: number;
  bytes: number;
};

const heard: HeardOgm = { edge: 0, router: 0, now: 0, from: 0, into: 0, neighbour: 0, firstIn: 0, degree: 0, via: 0, originator: 0, sequence: 0, sender: 0, tq: 0, ttl: 0, flags: 0, bytes: 0 };

/** Who hears what comes over `edge`; the one object that every packet is heard with. */
export function heardOver({ topology, tables }: MeshState, edge: number, router: number, now: number): HeardOgm {
  heard.edge = edge;
  heard.router = router;
  heard.now = now | 0;
  heard.from = topology.edgeFrom[edge]!;
  heard.into = topology.edgeTo[edge]!;
  heard.neighbour = topology.edgeNeighbour[edge]!;
  heard.firstIn = topology.inStart[router]!;
  heard.degree = tables.degree[router]!;
  heard.via = slotBase(tables, router, topology.edgeSlot[edge]!);
  return heard;
}

/** Fills in the OGM whose four words begin at `at`. */
export function readOgm(words: Int32Array, at: number, ogm: HeardOgm): HeardOgm {
  const rest = words[at + 3]!;
  ogm.originator = words[at]!;
  ogm.sequence = words[at + 1]!;
  ogm.sender = words[at + 2]!;
  ogm.tq = rest & 0xff;
  ogm.ttl = (rest >>> 8) & 0xff;
  ogm.flags = (rest >>> 16) & 0xf;
  ogm.bytes = rest >>> 20;
  return ogm;
}
