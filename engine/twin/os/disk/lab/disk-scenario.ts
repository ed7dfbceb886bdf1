/** A disk experiment as the host laboratory writes it: groups with blkio limits whose shell loops move data with dd. */
import type { IoLimit } from '../throttle/io-throttle';

export type DdLoop = {
  readonly label: string;
  readonly nice: number;
  readonly direction: 'read' | 'write';
  readonly file: string;
  readonly blockBytes: number;
  /** Blocks of one dd; Infinity: to the end of the file. */
  readonly count: number;
  /** O_DIRECT: past the page cache, one request at a time. */
  readonly direct: boolean;
  readonly fsync: boolean;
  /** `while :` around it. */
  readonly repeats: boolean;
};

export type DiskGroup = { readonly name: string; readonly read: IoLimit; readonly write: IoLimit; readonly loops: readonly DdLoop[] };
export type DiskChange = { readonly tS: number; readonly group: string; readonly direction: 'read' | 'write'; readonly kind: 'bps' | 'iops'; readonly value: number };

export type DiskScenario = {
  readonly durationS: number;
  readonly warmS: number;
  readonly sampleHz: number;
  readonly files: readonly { readonly file: string; readonly mb: number }[];
  readonly groups: readonly DiskGroup[];
  readonly changes: readonly DiskChange[];
};

export type DiskGroupSummary = { readonly cpu: number; readonly readBps: number; readonly writeBps: number; readonly readIops: number; readonly writeIops: number };
export type DiskTaskSummary = { readonly label: string; readonly nice: number; readonly cpu: number; readonly runqWait: number; readonly slices: number };
export type DiskRunReport = { readonly window: readonly [number, number]; readonly groups: Readonly<Record<string, DiskGroupSummary>>; readonly tasks: readonly DiskTaskSummary[] };
