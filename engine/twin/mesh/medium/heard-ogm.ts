/**
 * One OGM as one receiver hears it. A packet's OGMs are read into the same object one after another, and what is
 * the same for all of them (who sent it, where it came in) is looked up once: the hot loop allocates nothing.
 */
import type { MeshState } from '../mesh-state';
import { slotBase } from '../tables/originator-tables';

export type HeardOgm = {
  readonly edge: number; // over which it came
  readonly router: number; // who hears it
  readonly now: number; // jiffy
  readonly from: number; // interface that sent the packet
  readonly into: number; // interface that heard it
  readonly neighbour: number; // number of `edge` at the router
  readonly firstIn: number; // place of the router's edges in `inEdges`
  readonly degree: number;
  readonly via: number; // slot of the sender's address
  originator: number; // interface
  sequence: number;
  sender: number; // interface the last hop had it from
  tq: number;
  ttl: number;
  flags: number;
  bytes: number;
  /** Filled while learning, for the table at hand: TQ here, whether it came over the route, whether others may want it. */
  tqHere: number;
  fromRoute: boolean;
  goesOn: boolean;
};

export function heardOgm({ topology, tables }: MeshState, edge: number, router: number, now: number): HeardOgm {
  return {
    edge,
    router,
    now: now | 0,
    from: topology.edgeFrom[edge]!,
    into: topology.edgeTo[edge]!,
    neighbour: topology.edgeNeighbour[edge]!,
    firstIn: topology.inStart[router]!,
    degree: tables.degree[router]!,
    via: slotBase(tables, router, topology.edgeSlot[edge]!),
    originator: 0,
    sequence: 0,
    sender: 0,
    tq: 0,
    ttl: 0,
    flags: 0,
    bytes: 0,
    tqHere: 0,
    fromRoute: false,
    goesOn: false,
  };
}

/** Fills in the OGM whose four words begin at `at`. */
export function readOgm(words: Int32Array, at: number, ogm: HeardOgm): void {
  const rest = words[at + 3]!;
  ogm.originator = words[at]!;
  ogm.sequence = words[at + 1]!;
  ogm.sender = words[at + 2]!;
  ogm.tq = rest & 0xff;
  ogm.ttl = (rest >>> 8) & 0xff;
  ogm.flags = (rest >>> 16) & 0xf;
  ogm.bytes = rest >>> 20;
}
