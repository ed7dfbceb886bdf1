/** The input columns of the files beside a record: arrivals and works. Measured columns are not looked at. */
import type { LabItem } from '../cpu/lab';
import type { OfferedRequest } from '../service';

export type InputTable = { readonly columns: ReadonlyMap<string, number>; readonly rows: readonly (readonly number[])[]; readonly dropped: number };

/** A CSV of numbers with a header. Rows with another number of fields or with text are dropped and counted. */
export function readTable(text: string): InputTable {
  const lines = text.split(/\r?\n/).filter((line) => line !== '');
  const header = (lines[0] ?? '').split(',');
  let dropped = 0;
  const rows = lines.slice(1).flatMap((line) => {
    const fields = line.split(',');
    const row = fields.map((field) => (field === '' ? NaN : Number(field)));
    const whole = fields.length === header.length && fields.every((field, i) => field === '' || !Number.isNaN(row[i]));
    if (!whole) dropped += 1;
    return whole ? [row] : [];
  });
  return { columns: new Map(header.map((name, i) => [name.trim(), i])), rows, dropped };
}

/** Items per process; undefined when a column is missing. */
export function itemsOf({ columns, rows }: InputTable): LabItem[][] | undefined {
  const [proc, arrive, work] = ['proc', 'arrive_us', 'work_us'].map((name) => columns.get(name));
  if (arrive === undefined || work === undefined) return undefined;
  const items: LabItem[][] = [];
  for (const row of rows) {
    const arriveUs = row[arrive]!;
    const workUs = row[work]!;
    if (!(arriveUs >= 0 && workUs >= 0)) continue;
    const process = proc === undefined ? 0 : row[proc]!;
    while (items.length <= process) items.push([]);
    items[process]!.push({ arriveUs, workUs });
  }
  return items;
}

/** Requests of one load in order of time; undefined when the table has none of it. */
export function requestsOf({ columns, rows }: InputTable, load: number): OfferedRequest[] | undefined {
  const [pct, at, work] = ['load_pct', 'at_us', 'work_us'].map((name) => columns.get(name));
  if (at === undefined || work === undefined) return undefined;
  const requests = rows.filter((row) => pct === undefined || row[pct] === Math.round(load * 100)).flatMap((row) => (row[at]! >= 0 && row[work]! >= 0 ? [{ atUs: row[at]!, workUs: row[work]! }] : []));
  return requests.length === 0 ? undefined : requests.sort((a, b) => a.atUs - b.atUs || a.workUs - b.workUs);
}
