/** What is read back: reports by name, SQL that a person typed (checked, read-only, limited), exports. */
import { err, type Result } from '@/engine/kernel';
import { checkStatement, reports, reportSql, type ReportId, type ReportRow, type SqlValue } from '@/engine/query';
import type { SqlApi, SqlProgress, SqlRefusal, SqlTable } from '../sql-api';
import { attempt, orThrow } from './attempt';
import type { Database } from './database';
import { exportTable, MEDIA_TYPES } from './export-rows';
import { readRows, type Reading } from './read-rows';
import { SqlRefused } from './refusal';

const ROW_LIMIT = 10_000;
const REPORT_ROW_LIMIT = 200_000;
const EXPORT_ROW_LIMIT = 1_000_000;

type Reads = Pick<SqlApi, 'reportSql' | 'report' | 'query' | 'cancel' | 'exportRows'>;

export function sqlReads(database: () => Promise<Database>): Reads {
  const running = new Map<string, Reading>();

  const read = async (sql: string, rowLimit: number, queryId: string, onProgress?: (progress: SqlProgress) => void): Promise<SqlTable> => {
    const { duck } = await database();
    const reading = readRows(duck, sql, { rowLimit, onProgress });
    running.set(queryId, reading);
    try {
      return await reading.rows;
    } finally {
      running.delete(queryId);
    }
  };

  return {
    reportSql: async (id, parameters) => boundReport(id, parameters),
    report: (id, parameters) =>
      attempt(async () => {
        const sql = orThrow(boundReport(id, Object.fromEntries(Object.entries(parameters))));
        const table = await read(sql, REPORT_ROW_LIMIT, `report ${id}`);
        if (table.truncated) throw new SqlRefused({ code: 'too-large', message: `report ${id} has more than ${REPORT_ROW_LIMIT} rows`, suggestion: 'Use wider time buckets or fewer runs.' });
        return { sql, rows: objectsOf<ReportRow<(typeof reports)[typeof id]>>(table) };
      }),
    query: (sql, { queryId, rowLimit = ROW_LIMIT }, onProgress) => attempt(async () => read(orThrow(checkStatement(sql)), Math.max(1, Math.min(rowLimit, REPORT_ROW_LIMIT)), queryId, onProgress)),
    cancel: async (queryId) => (await running.get(queryId)?.cancel()) ?? false,
    exportRows: (sql, format, fileName) =>
      attempt(async () => {
        const table = await read(orThrow(checkStatement(sql)), EXPORT_ROW_LIMIT, `export ${fileName}`);
        if (table.truncated) throw new SqlRefused({ code: 'too-large', message: `more than ${EXPORT_ROW_LIMIT} rows`, suggestion: 'Narrow the query, or export it in parts with LIMIT and OFFSET.' });
        return { fileName: `${fileName}.${format}`, mediaType: MEDIA_TYPES[format], bytes: await exportTable(table, format), rows: table.rows.length };
      }),
  };
}

function boundReport(id: ReportId, parameters: Readonly<Record<string, SqlValue | undefined>>): Result<string, SqlRefusal> {
  const bound = reportSql(reports[id], parameters);
  return bound.ok ? bound : err({ code: 'bad-parameter', message: bound.error.message, suggestion: `Report ${id} takes ${Object.keys(reports[id].parameters).join(', ') || 'no parameters'}.` });
}

/** Names and types of the columns are held against the report's description by the golden tests. */
const objectsOf = <Row>({ columns, rows }: SqlTable): Row[] => rows.map((row) => Object.fromEntries(columns.map(({ name }, i) => [name, row[i] ?? null])) as Row);
