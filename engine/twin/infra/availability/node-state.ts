/** What a node has for this module: where it stands, how fast it is, its disk. */
import { optional, readText, type SpecReader } from '../../spec-reader';
import { disk, readDisk, type Disk, type DiskSpec } from './disk';

export type NodeAvailabilitySpec = {
  /** Zones that fail together. */
  readonly region?: string;
  readonly disk?: DiskSpec;
};

export type NodeAvailability = {
  readonly region: string;
  /** Share of its usual speed: 1, but for a fault. */
  speed: number;
  readonly disk: Disk | null;
};

export const NODE_AVAILABILITY_KEYS = ['region', 'disk'] as const;

export const readNodeAvailability = (at: SpecReader): NodeAvailabilitySpec => ({ region: optional(at, 'region', readText), disk: optional(at, 'disk', readDisk) });

export const nodeAvailability = (spec: NodeAvailabilitySpec): NodeAvailability => ({ region: spec.region ?? '', speed: 1, disk: spec.disk === undefined ? null : disk(spec.disk) });
