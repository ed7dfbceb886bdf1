/**
 * What a system costs beside the hourly price of its nodes: the book that prices come from, promises made to the
 * provider, volumes, balancers, traffic, fixed fees, how costs that nobody caused are shared, and the most it may cost.
 * Everything is optional; without any of it the bill is the nodes' prices.
 */
export const PRICE_BOOK_NAMES = ['opencost', 'aws', 'gcp'] as const;
export type PriceBookName = (typeof PRICE_BOOK_NAMES)[number];

/** In the order in which a provider applies them. */
export const COMMITMENT_KINDS = ['zonal-reservation', 'regional-reservation', 'resource-commitment', 'instance-savings-plan', 'compute-savings-plan', 'spend-commitment'] as const;
export type CommitmentKind = (typeof COMMITMENT_KINDS)[number];

export type CommitmentSpec = {
  readonly name: string;
  readonly kind: CommitmentKind;
  /** Share of the on-demand price that it takes off, 0..1. */
  readonly discount: number;
  /** Reservations: machines of this type, so many. */
  readonly instanceType?: string;
  readonly count?: number;
  readonly zone?: string;
  /** Plans for one family, and resource commitments for one series. */
  readonly family?: string;
  /** Plans and spend commitments: dollars of discounted price per hour. */
  readonly usdPerHour?: number;
  /** Resource commitments: cores and GiB of memory. */
  readonly cores?: number;
  readonly memoryGib?: number;
  /** Paid at the start of the term; the rest is paid by the hour. */
  readonly upfrontUsd?: number;
  readonly termYears?: 1 | 3;
};

export type BilledVolumeSpec = {
  readonly name: string;
  readonly gib: number;
  /** Item of the price book, such as gp3; default `disk`. */
  readonly storageClass?: string;
  readonly usdPerGibMonth?: number;
  readonly media?: 'ssd' | 'hdd';
  /** Services that mount it; none: it is not bound, and idle. */
  readonly services?: readonly string[];
};

export type BalancerSpec = { readonly name: string; readonly usdPerHour?: number; readonly services: readonly string[] };
export const TRANSFER_WAYS = ['internet', 'region', 'zone'] as const;
export type TransferSpec = { readonly service: string; /** Of one answered request. */ readonly kibPerRequest: number; readonly to: (typeof TRANSFER_WAYS)[number] };
export type FeeSpec = { readonly name: string; readonly usdPerHour: number };

export const IDLE_SHARING = ['separate', 'by-cost', 'evenly'] as const;
export type IdleSharing = (typeof IDLE_SHARING)[number];

export type PricesSpec = {
  readonly book?: PriceBookName;
  readonly region?: string;
  /** Day whose prices hold (ISO); default: the latest of the book. */
  readonly on?: string;
  readonly commitments?: readonly CommitmentSpec[];
  /** Google's discount for machines that run most of the month. */
  readonly sustainedUse?: boolean;
  readonly volumes?: readonly BilledVolumeSpec[];
  readonly loadBalancers?: readonly BalancerSpec[];
  readonly transfers?: readonly TransferSpec[];
  /** Paid for the whole cluster, such as its control plane. */
  readonly fees?: readonly FeeSpec[];
  readonly idle?: { readonly sharing: IdleSharing; readonly scope?: 'node' | 'cluster' };
  /** Namespaces, and fees, whose cost the others carry. */
  readonly shared?: { readonly namespaces?: readonly string[]; readonly sharing: 'by-cost' | 'evenly' };
  /** The most the nodes may cost: above it an alarm is raised, node groups buy nothing and the decision loop plans nothing that costs more. */
  readonly budget?: { readonly usdPerHourMax: number };
};
