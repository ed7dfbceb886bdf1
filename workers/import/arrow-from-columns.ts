/** Plain columns → an Arrow table: times become int64, missing values become nulls, strings stay dictionaries. */
import { Dictionary, Float64, Int32, Int64, Table, Utf8, Vector, makeData } from 'apache-arrow';
import type { DictionaryColumn, TelemetryColumns } from '@/engine/telemetry';
import { utf8Vector } from '@/workers/arrow/vectors';

export function arrowFromColumns(columns: TelemetryColumns): Table {
  return new Table({
    at_us: new Vector([timesData(columns.atUs)]),
    signal: new Vector([dictionaryData(columns.signal, 0)]),
    labels: new Vector([dictionaryData(columns.labels, 1)]),
    value: new Vector([valuesData(columns.value)]),
  });
}

function timesData(atUs: Float64Array) {
  const validity = validityOf(atUs);
  const data = BigInt64Array.from(atUs, (at) => (Number.isNaN(at) ? 0n : BigInt(Math.round(at))));
  return makeData({ type: new Int64(), length: atUs.length, data, ...validity });
}

const valuesData = (value: Float64Array) => makeData({ type: new Float64(), length: value.length, data: value, ...validityOf(value) });

function dictionaryData({ keys, dictionary }: DictionaryColumn, id: number) {
  const type = new Dictionary(new Utf8(), new Int32(), id);
  return makeData({ type, length: keys.length, data: keys, dictionary: utf8Vector(dictionary) });
}

/** Arrow's bitmap: bit set means present. Left out when nothing is missing. */
function validityOf(values: Float64Array): { nullCount: number; nullBitmap?: Uint8Array } {
  let nullCount = 0;
  for (let i = 0; i < values.length; i += 1) if (Number.isNaN(values[i]!)) nullCount += 1;
  if (nullCount === 0) return { nullCount };
  const nullBitmap = new Uint8Array(Math.ceil(values.length / 64) * 8);
  for (let i = 0; i < values.length; i += 1) if (!Number.isNaN(values[i]!)) nullBitmap[i >> 3]! |= 1 << (i & 7);
  return { nullCount, nullBitmap };
}
