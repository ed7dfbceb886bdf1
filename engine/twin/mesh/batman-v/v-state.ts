/** What BATMAN_V keeps beside the originator tables: neighbours by ELP, and one OGM packet per interface that fills up. */
import type { Topology } from '../medium/topology';

export type BatmanV = {
  /** Per edge: whether ELP made its sender a neighbour, its latest ELP, and the link's averaged throughput << 10. */
  readonly isNeighbour: Uint8Array;
  readonly elpSequence: Int32Array;
  readonly average: Float64Array;
  /** Per interface: number of its next ELP, the packet that collects OGMs (−1 for none). */
  readonly nextElp: Int32Array;
  readonly collecting: Int32Array;
  /** Per router: number of its next OGM, and whether the OGM timer runs. */
  readonly nextOgm: Int32Array;
  readonly isSending: Uint8Array;
  readonly elpIntervalMs: Float64Array;
};

export const ELP_INTERVAL_MS = 500;

export function batmanV(topology: Topology, elpIntervalMs: readonly number[], drawSequence: () => number): BatmanV {
  const edges = topology.edgeFrom.length;
  const interfaces = topology.interfaceRouter.length;
  const routers = topology.names.length;
  return {
    isNeighbour: new Uint8Array(edges),
    elpSequence: new Int32Array(edges),
    average: new Float64Array(edges),
    nextElp: Int32Array.from({ length: interfaces }, drawSequence),
    collecting: new Int32Array(interfaces).fill(-1),
    nextOgm: Int32Array.from({ length: routers }, drawSequence),
    isSending: new Uint8Array(routers),
    elpIntervalMs: Float64Array.from(elpIntervalMs),
  };
}

/** The averaged throughput of an edge, in 100 kbit/s. */
export const linkThroughput = (v: BatmanV, edge: number) => Math.floor(v.average[edge]! / 1_024);

/** Exponential average with weight 1/8 and ten binary digits, as DECLARE_EWMA(throughput, 10, 8) rounds it. */
export function addThroughput(v: BatmanV, edge: number, throughput: number): void {
  const before = v.average[edge]!;
  v.average[edge] = before === 0 ? throughput * 1_024 : Math.floor((before * 7 + throughput * 1_024) / 8);
}
