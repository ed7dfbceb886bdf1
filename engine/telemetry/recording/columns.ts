/**
 * The table of a recording, `telemetry.parquet`, as plain columns: one row is one sample. The Parquet bytes
 * are the business of workers/import; nothing here knows about them.
 *
 *   at_us  int64                 microseconds since the Unix epoch
 *   signal dictionary<string>    sample name as Prometheus names it (`…_bucket`, `…_sum`, `…_count` included)
 *   labels dictionary<string>    canonical label text, see series/labels.ts
 *   value  double
 */
export type DictionaryColumn = { readonly keys: Int32Array; readonly dictionary: readonly string[] };

export type TelemetryColumns = {
  readonly rows: number;
  /** Integers; exact up to the year 2255. NaN where the row has no time. */
  readonly atUs: Float64Array;
  readonly signal: DictionaryColumn;
  readonly labels: DictionaryColumn;
  /** NaN where the row has no value. */
  readonly value: Float64Array;
};

type DictionaryBuilder = { readonly keyOf: Map<string, number>; keys: Int32Array };

/** Grows by doubling; `appendRow` is what a recorder calls for every sample of every scrape. */
export type ColumnsBuilder = { rows: number; atUs: Float64Array; value: Float64Array; readonly signal: DictionaryBuilder; readonly labels: DictionaryBuilder };

export const columnsBuilder = (capacity = 4_096): ColumnsBuilder => ({
  rows: 0,
  atUs: new Float64Array(capacity),
  value: new Float64Array(capacity),
  signal: { keyOf: new Map(), keys: new Int32Array(capacity) },
  labels: { keyOf: new Map(), keys: new Int32Array(capacity) },
});

/** `labels` must be canonical (`canonicalLabels`), else equal series would get two names. */
export function appendRow(builder: ColumnsBuilder, atUs: number, signal: string, labels: string, value: number): void {
  if (builder.rows === builder.atUs.length) grow(builder);
  const row = builder.rows++;
  builder.atUs[row] = atUs;
  builder.value[row] = value;
  builder.signal.keys[row] = keyFor(builder.signal, signal);
  builder.labels.keys[row] = keyFor(builder.labels, labels);
}

export const builtColumns = (builder: ColumnsBuilder): TelemetryColumns => ({
  rows: builder.rows,
  atUs: builder.atUs.subarray(0, builder.rows),
  value: builder.value.subarray(0, builder.rows),
  signal: { keys: builder.signal.keys.subarray(0, builder.rows), dictionary: [...builder.signal.keyOf.keys()] },
  labels: { keys: builder.labels.keys.subarray(0, builder.rows), dictionary: [...builder.labels.keyOf.keys()] },
});

function keyFor(column: DictionaryBuilder, text: string): number {
  const known = column.keyOf.get(text);
  if (known !== undefined) return known;
  column.keyOf.set(text, column.keyOf.size);
  return column.keyOf.size - 1;
}

function grow(builder: ColumnsBuilder): void {
  const size = builder.atUs.length * 2;
  const floats = (old: Float64Array) => {
    const grown = new Float64Array(size);
    grown.set(old);
    return grown;
  };
  const keys = (old: Int32Array) => {
    const grown = new Int32Array(size);
    grown.set(old);
    return grown;
  };
  builder.atUs = floats(builder.atUs);
  builder.value = floats(builder.value);
  builder.signal.keys = keys(builder.signal.keys);
  builder.labels.keys = keys(builder.labels.keys);
}
