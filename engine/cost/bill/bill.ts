/** A bill: its lines, who caused them, the energy behind them and its carbon, and the prices it was made with. */
import type { AllocatedCosts, IdleCost } from '../allocation/allocate-costs';
import type { CostRow } from '../allocation/cost-rows';

export type BillLine = { readonly kind: 'node' | 'commitment' | 'volume' | 'balancer' | 'network' | 'fee'; readonly name: string; readonly amount: number };

export type OwnerCost = Readonly<CostRow> & { readonly owner: string; readonly total: number; readonly efficiency: number | null; readonly millijoules: number };

export type BillEnergy = {
  /** Whole millijoules: nodes + volumes + traffic + overhead of the data centre = total. */
  readonly nodes: number;
  readonly volumes: number;
  readonly network: number;
  readonly overhead: number;
  readonly total: number;
  /** Of the nodes, drawn by nobody's work. */
  readonly idle: number;
  /** Where nodes' power came from: the system's power models, or the mean of Cloud Carbon Footprint. */
  readonly basis: 'power models' | 'estimated';
};

export type BillCarbon = { readonly operationalG: number; readonly embodiedG: number; readonly basis: readonly string[] };

export type BillWindow = { readonly fromSeconds: number; readonly hours: number; readonly amount: number; readonly listed: number; readonly millijoules: number | null; readonly carbonG: number | null; /** Of one kWh; null without energy. */ readonly gramsPerKwh: number | null };

export type Bill = {
  readonly prices: { readonly book: string; /** ISO day of the latest price used; null where all are the system's own. */ readonly day: string | null; readonly region: string | null; /** Asked for and not in the book: counted as 0. */ readonly unlisted: readonly string[]; readonly sources: readonly string[] };
  readonly hours: number;
  readonly total: number;
  /** At list prices, without any commitment. */
  readonly listed: number;
  readonly lines: readonly BillLine[];
  readonly owners: readonly OwnerCost[];
  readonly idle: Readonly<IdleCost>;
  readonly unallocated: AllocatedCosts['unallocated'];
  readonly commitments: readonly { readonly name: string; readonly committed: number; readonly used: number; readonly unused: number }[];
  readonly coverage: number | null;
  readonly utilization: number | null;
  readonly energy: BillEnergy | null;
  readonly carbon: BillCarbon | null;
  readonly windows: readonly BillWindow[];
};

export const idleTotal = ({ cpu, memory, gpu, volume, commitment }: IdleCost) => cpu + memory + gpu + volume + commitment;
