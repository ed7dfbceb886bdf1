/** Arrow values as cells that cross a worker, print and export: numbers, strings, booleans, null. */
import { DataType, type Field, type RecordBatch } from 'apache-arrow';
import type { SqlCell, SqlColumn } from '../sql-api';

export const columnsOf = (fields: readonly Field[]): SqlColumn[] => fields.map(({ name, type }) => ({ name, type: typeName(type) }));

/** The first `limit` rows of a batch, in column order. */
export function rowsOf(batch: RecordBatch, limit: number): SqlCell[][] {
  const count = Math.min(limit, batch.numRows);
  const columns = batch.schema.fields.map((field, i) => ({ field, vector: batch.getChildAt(i)! }));
  return Array.from({ length: count }, (_, row) => columns.map(({ field, vector }) => cellOf(vector.get(row), field.type)));
}

function cellOf(value: unknown, type: DataType): SqlCell {
  if (value === null || value === undefined) return null;
  if (typeof value === 'boolean' || typeof value === 'string') return value;
  if (DataType.isTimestamp(type) || DataType.isDate(type)) return new Date(Number(value)).toISOString().slice(0, DataType.isDate(type) ? 10 : undefined);
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  if (value instanceof Uint8Array) return Array.from(value, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return String(value);
}

function typeName(type: DataType): string {
  if (DataType.isDictionary(type)) return typeName(type.dictionary);
  if (DataType.isUtf8(type)) return 'VARCHAR';
  if (DataType.isFloat(type)) return 'DOUBLE';
  if (DataType.isInt(type)) return 'INTEGER';
  if (DataType.isBool(type)) return 'BOOLEAN';
  if (DataType.isTimestamp(type)) return 'TIMESTAMP';
  if (DataType.isDate(type)) return 'DATE';
  return String(type);
}
