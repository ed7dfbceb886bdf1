/** How a running cluster was found: what the world begins with instead of what the scheduler would choose. */
import { optional, readFlag, readList, readText, type SpecReader } from '../../../spec-reader';

export type NodeStartSpec = {
  /** Begins cordoned. */
  readonly cordoned?: boolean;
  /** Begins without a heartbeat: the control plane knows, and its pods serve nobody. */
  readonly notReady?: boolean;
};

export type ServiceStartSpec = {
  /** Nodes of the first replicas, in order; null: it waits for one. Further replicas are placed by the scheduler. */
  readonly startsOn?: readonly (string | null)[];
};

export const NODE_START_KEYS = ['cordoned', 'notReady'] as const;
export const SERVICE_START_KEYS = ['startsOn'] as const;

export const readNodeStart = (at: SpecReader): NodeStartSpec => ({ cordoned: optional(at, 'cordoned', readFlag), notReady: optional(at, 'notReady', readFlag) });

export const readServiceStart = (at: SpecReader): ServiceStartSpec => ({ startsOn: optional(at, 'startsOn', (m) => readList(m, (item) => (item.value === null ? null : readText(item)), { max: 10_000 })) });
