/** What the node lifecycle controller keeps of a zone: nodes that wait for their NoExecute taint, and how often one may get it. */
export type EvictionZone = {
  readonly name: string;
  /** Indices of nodes, in the order in which they were lost. */
  waiting: number[];
  /** Nodes a second; the next one may be tainted at `nextUs`. */
  perSecond: number;
  nextUs: number;
  /** When the zone's next turn is due (−1: none). */
  turnUs: number;
};

export type Evictions = {
  readonly zones: EvictionZone[];
  /** No zone has a ready node: nothing is evicted. */
  halted: boolean;
};
