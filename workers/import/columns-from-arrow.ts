/**
 * An Arrow table → plain columns. Takes what other writers make of the same columns: plain strings, smaller
 * integers, floats, timestamps of any unit (they are all counted in their own unit and scaled to µs).
 */
import { DataType, TimeUnit, type Data, type Table, type Vector } from 'apache-arrow';
import { err, ok, type Result } from '@/engine/kernel';
import type { DictionaryColumn, ImportIssue, TelemetryColumns } from '@/engine/telemetry';

const COLUMNS = ['at_us', 'signal', 'labels', 'value'] as const;

export function columnsFromArrow(table: Table, fileName: string): Result<TelemetryColumns, ImportIssue[]> {
  const found = table.schema.fields.map((field) => field.name);
  const missing = COLUMNS.filter((name) => !found.includes(name));
  if (missing.length > 0) {
    const what = `has no column ${missing.join(', ')} (found: ${found.slice(0, 12).join(', ') || 'none'})`;
    return err([{ where: fileName, code: 'missing', what, next: 'A telemetry table has the columns at_us, signal, labels, value; rename yours, or export CSV and map its columns.' }]);
  }
  const [atUs, signal, labels, value] = COLUMNS.map((name) => table.getChild(name)!);
  const wrong = [numeric(atUs!) ? '' : 'at_us must hold integers or timestamps', textual(signal!) ? '' : 'signal must hold strings', textual(labels!) ? '' : 'labels must hold strings', numeric(value!) ? '' : 'value must hold numbers'].filter((text) => text !== '');
  if (wrong.length > 0) return err(wrong.map((what) => ({ where: fileName, code: 'wrong-type', what, next: 'Write the column with the type of docs/reference/recording-format.md.' })));
  return ok({ rows: table.numRows, atUs: floats(atUs!), signal: dictionaryColumn(signal!), labels: dictionaryColumn(labels!), value: floats(value!) });
}

const numeric = ({ type }: Vector) => DataType.isInt(type) || DataType.isFloat(type) || DataType.isTimestamp(type);
const textual = ({ type }: Vector) => (DataType.isDictionary(type) ? DataType.isUtf8(type.dictionary) || DataType.isLargeUtf8(type.dictionary) : DataType.isUtf8(type) || DataType.isLargeUtf8(type));

const US_PER_UNIT: Readonly<Record<TimeUnit, number>> = { [TimeUnit.SECOND]: 1e6, [TimeUnit.MILLISECOND]: 1e3, [TimeUnit.MICROSECOND]: 1, [TimeUnit.NANOSECOND]: 1e-3 };

function floats(vector: Vector): Float64Array {
  const into = new Float64Array(vector.length);
  const { type } = vector;
  const scale = DataType.isTimestamp(type) ? US_PER_UNIT[type.unit] : 1;
  let at = 0;
  for (const data of vector.data) {
    const values: unknown = data.values;
    if (values instanceof BigInt64Array) copyInt64(values.subarray(0, data.length), into, at, scale);
    else if (values instanceof Float64Array && scale === 1) into.set(values.subarray(0, data.length), at);
    else for (let i = 0; i < data.length; i += 1) into[at + i] = Number(vector.get(at + i)) * scale;
    blankNulls(data, into, at);
    at += data.length;
  }
  return into;
}

/** Two 32-bit halves are much quicker than a BigInt per row, and exact below 2^53. */
function copyInt64(values: BigInt64Array, into: Float64Array, at: number, scale: number): void {
  const halves = new Int32Array(values.buffer, values.byteOffset, values.length * 2);
  for (let i = 0; i < values.length; i += 1) into[at + i] = (halves[2 * i + 1]! * 4_294_967_296 + (halves[2 * i]! >>> 0)) * scale;
}

function blankNulls(data: Data, into: Float64Array, at: number): void {
  if (data.nullCount === 0) return;
  for (let i = 0; i < data.length; i += 1) if (!data.getValid(i)) into[at + i] = NaN;
}

/** Every record batch may bring its own dictionary: keys are translated into one. A null string becomes ''. */
function dictionaryColumn(vector: Vector): DictionaryColumn {
  const keyOf = new Map<string, number>();
  const keyFor = (text: string) => {
    const known = keyOf.get(text);
    if (known !== undefined) return known;
    keyOf.set(text, keyOf.size);
    return keyOf.size - 1;
  };
  const keys = new Int32Array(vector.length);
  let at = 0;
  for (const data of vector.data) {
    const words: Vector | undefined = data.dictionary;
    const indices: unknown = data.values;
    if (words !== undefined && indices instanceof Int32Array) {
      const translated = Int32Array.from({ length: words.length }, (_, key) => keyFor(String(words.get(key) ?? '')));
      for (let i = 0; i < data.length; i += 1) keys[at + i] = data.nullCount > 0 && !data.getValid(i) ? keyFor('') : (translated[indices[i]!] ?? keyFor(''));
    } else {
      for (let i = 0; i < data.length; i += 1) keys[at + i] = keyFor(String(vector.get(at + i) ?? ''));
    }
    at += data.length;
  }
  return { keys, dictionary: [...keyOf.keys()] };
}
