/**
 * A network that is cut between two groups of nodes. Calls across it are lost: nobody answers and nobody refuses, so the
 * caller waits for its time-out. The side that holds the control plane takes the other side's replicas off its lists once
 * their node leases have run out; the other side gets no news and goes on calling into the cut.
 */
import type { Infra } from '../infra';

export type Partition = {
  readonly name: string;
  /** Nodes with the control plane, and nodes without. */
  readonly a: readonly number[];
  readonly b: readonly number[];
  readonly sinceUs: number;
};

/** True when no packet passes between the two nodes; clients and what runs on no node (−1) reach everybody. */
export function isCut({ partitions }: Infra, from: number, to: number): boolean {
  return partitions.some(({ a, b }) => (a.includes(from) && b.includes(to)) || (b.includes(from) && a.includes(to)));
}

/** True when the lists that are seen from node `from` do not hold replicas on node `to` any more. */
export function isUnlisted({ partitions, endpointUs }: Infra, from: number, to: number, nowUs: number): boolean {
  return partitions.some(({ a, b, sinceUs }) => nowUs - sinceUs >= endpointUs && b.includes(to) && (a.includes(from) || from < 0));
}
