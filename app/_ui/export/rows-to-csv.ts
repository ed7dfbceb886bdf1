/** RFC 4180 CSV: CRLF, quotes doubled. Text that a spreadsheet would run as a formula is prefixed with an apostrophe. */
export type Cell = string | number | null;

const quote = (cell: Cell) => {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  const safe = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

export const rowsToCsv = (header: readonly string[], rows: readonly (readonly Cell[])[]) => [header, ...rows].map((row) => row.map(quote).join(',')).join('\r\n') + '\r\n';
