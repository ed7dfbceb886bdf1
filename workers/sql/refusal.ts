/** What DuckDB throws, as something a person can act on. */
import type { SqlRefusal } from '../sql-api';

export class SqlRefused extends Error {
  override readonly name = 'SqlRefused';
  constructor(readonly refusal: SqlRefusal) {
    super(refusal.message);
  }
}

const SUGGESTIONS: readonly (readonly [RegExp, SqlRefusal['code'], string])[] = [
  [/was cance(l|ll)ed|INTERRUPT/i, 'cancelled', 'Run it again, with a smaller range if it took too long.'],
  [/read-only mode/i, 'not-read-only', 'The console only reads; the tables are filled by the workbench.'],
  [/Loading external extensions|Extension .* (not|could not)|required extension/i, 'unsupported', 'Parquet, JSON and time-zone functions are not part of the database in the browser; export the rows and use them elsewhere.'],
  [/file system operations are disabled|configuration has been locked|Permission Error/i, 'unsupported', 'Files, network and settings are closed to typed SQL; drop files on the Data page instead.'],
  [/Out of Memory/i, 'too-large', 'Narrow the time range, aggregate into buckets, or add a LIMIT.'],
  [/Catalog Error: Table/i, 'sql-error', 'SHOW TABLES lists the tables, DESCRIBE <table> their columns.'],
  [/Binder Error/i, 'sql-error', 'DESCRIBE <table> lists the columns of a table.'],
];

/** DuckDB's own first lines are kept: they name the place. */
export function refusalOf(error: unknown): SqlRefusal {
  if (error instanceof SqlRefused) return error.refusal;
  const message = plainMessage((error instanceof Error ? error.message : String(error)).trim());
  const [, code, suggestion] = SUGGESTIONS.find(([pattern]) => pattern.test(message)) ?? [null, 'sql-error' as const, 'Correct the statement and run it again.'];
  return { code, message, suggestion };
}

/** Some calls of DuckDB-wasm throw their message wrapped in JSON. */
function plainMessage(message: string): string {
  const wrapped = /^\{.*"exception_message":"((?:[^"\\]|\\.)*)".*\}$/s.exec(message);
  return wrapped === null ? message : (wrapped[1] ?? '').replaceAll('\\n', '\n').replaceAll('\\"', '"');
}
