/** The statement that clears what a write is about to replace. */
import { literalOf, type TableName } from '@/engine/query';
import { SqlRefused } from './refusal';

export function deleteSql(table: TableName, column: string, keys: readonly string[]): string {
  const list = literalOf(keys);
  if (list === null) throw new SqlRefused({ code: 'bad-parameter', message: 'a name holds a NUL character', suggestion: 'Use another name.' });
  return `DELETE FROM ${table} WHERE ${column} IN ${list}`;
}
