/** Columns of a Parquet file as numbers; timestamps become milliseconds. */
import { DataType, tableFromIPC, TimeUnit, type Vector } from 'apache-arrow';
import { BadInput } from '@/workers/cli/bad-input';
import { readBytes } from '@/workers/cli/files';
import { parquetWasm } from '@/workers/import/parquet';

const MS_PER_UNIT: Readonly<Record<TimeUnit, number>> = { [TimeUnit.SECOND]: 1e3, [TimeUnit.MILLISECOND]: 1, [TimeUnit.MICROSECOND]: 1e-3, [TimeUnit.NANOSECOND]: 1e-6 };

export async function readColumns<const N extends string>(path: string, names: readonly N[]): Promise<Readonly<Record<N, Float64Array>>> {
  const bytes = await readBytes(path);
  const { readParquet } = await parquetWasm();
  const table = readTable(path, () => tableFromIPC(readParquet(bytes).intoIPCStream()));
  const columns = {} as Record<N, Float64Array>;
  for (const name of names) {
    const column = table.getChild(name);
    if (column === null) throw new BadInput(`${path} has no column ${name}.`);
    columns[name] = numbersOf(column, path, name);
  }
  return columns;
}

function readTable<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new BadInput(`${path} is not readable as Parquet: ${error instanceof Error ? error.message : String(error)}.`);
  }
}

function numbersOf(column: Vector, path: string, name: string): Float64Array {
  const { type } = column;
  if (!DataType.isInt(type) && !DataType.isFloat(type) && !DataType.isTimestamp(type)) throw new BadInput(`${path}: column ${name} does not hold numbers.`);
  const into = new Float64Array(column.length);
  let at = 0;
  for (const data of column.data) {
    const values = data.values as ArrayLike<number | bigint>;
    const scale = DataType.isTimestamp(type) ? MS_PER_UNIT[type.unit] : 1;
    for (let i = 0; i < data.length; i += 1) into[at + i] = Number(values[i]) * scale;
    at += data.length;
    if (data.nullCount > 0) throw new BadInput(`${path}: column ${name} has ${data.nullCount} empty values.`);
  }
  return into;
}
