/** Rows of a benchmark's CSV file by column name; what is not a number where one must be is the caller's bad input. */
import { csvRecords } from '@/engine/telemetry';
import { BadInput } from '@/workers/cli/bad-input';

/** A cell that is missing reads as ''. */
export type CsvRow = { text(column: string): string; /** Finite and ≥ 0. */ number(column: string): number };

export function csvRows(text: string, file: string, needed: readonly string[]): readonly CsvRow[] {
  const [header, ...records] = csvRecords(text, ',');
  const columns = header?.fields ?? [];
  const missing = needed.filter((column) => !columns.includes(column));
  if (missing.length > 0) throw new BadInput(`${file} has no column ${missing.join(', ')}.`);
  return records.map(({ line, fields }) => {
    const text = (column: string) => fields[columns.indexOf(column)] ?? '';
    const number = (column: string) => {
      const value = Number(text(column));
      if (text(column).trim() === '' || !Number.isFinite(value) || value < 0) throw new BadInput(`${file}, line ${line}: ${column} is "${text(column)}", which is not a number.`);
      return value;
    };
    return { text, number };
  });
}
