/**
 * One number of a record that the twin predicts, and how far off it may be: the larger of what repeats of the same
 * experiment differ by and a tolerance of its kind. Latency and throughput have half as much again near saturation.
 */
export const VALUE_KINDS = ['cpu', 'throttled', 'oom', 'kill-time', 'memory', 'throughput', 'mean', 'p50', 'tail', 'start-up'] as const;
export type ValueKind = (typeof VALUE_KINDS)[number];

export type MeasuredValue = { readonly key: string; readonly kind: ValueKind; readonly value: number; /** Offered load as a share of capacity, where there is one. */ readonly load?: number };

export type ComparedValue = {
  readonly record: string;
  /** The kind of record, where the textbook's floor is stated for each kind by itself. */
  readonly part?: string;
  readonly rep: number;
  readonly key: string;
  readonly kind: ValueKind;
  readonly measured: number;
  readonly twin: number;
  /** The textbook's, where it has one. */
  readonly textbook?: number;
  readonly spread: number;
  readonly tolerance: number;
  readonly within: boolean;
};

const SATURATED = 0.95;
const CPU_CORES = 0.01;
const COUNT_MIN = 1;
const SECONDS_MIN = 0.01;

/** Largest error by kind; `load` is the offered load as a share of capacity. */
export function toleranceOf({ kind, value, key, load = 0 }: MeasuredValue): number {
  const wider = load >= SATURATED ? 1.5 : 1;
  const size = Math.abs(value);
  switch (kind) {
    case 'cpu':
      return CPU_CORES;
    case 'oom':
      return 0;
    case 'kill-time':
      return 0.3 + 0.03 * size;
    case 'throttled':
      return Math.max(0.05 * size, key.endsWith('throttledS') ? SECONDS_MIN : COUNT_MIN);
    case 'memory':
    case 'throughput':
      return wider * 0.02 * size;
    case 'mean':
      return wider * 0.05 * size;
    case 'p50':
      return wider * 0.07 * size;
    case 'tail':
      return wider * 0.1 * size;
    case 'start-up':
      return 0.15 * size;
  }
}
