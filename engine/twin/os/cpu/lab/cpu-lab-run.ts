/** What one repeat of a CPU experiment gives, with the keys of the laboratory's records. */
export type LabGroupSummary = { readonly cpu: number; readonly nrPeriods?: number; readonly nrThrottled?: number; readonly throttledS?: number };
export type LabTaskSummary =
  | { readonly label: string; readonly nice: number; readonly cpu: number; readonly runqWait: number; readonly slices: number }
  | { readonly label: string; readonly exit: { readonly code: number | null; readonly sig: string | null } };
export type LabItemStats = {
  readonly label: string;
  readonly planned: number;
  readonly done: number;
  readonly meanMs: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
};
export type LabRunEvent = { readonly tS: number; readonly action: string; readonly label?: string; readonly group?: string; readonly planS?: number; readonly code?: number | null; readonly signal?: string | null };
export type CpuLabRun = {
  readonly rep: number;
  readonly window: readonly [number, number];
  readonly groups: Readonly<Record<string, LabGroupSummary>>;
  readonly tasks: readonly LabTaskSummary[];
  readonly itemStats: readonly LabItemStats[];
  readonly events: readonly LabRunEvent[];
};
