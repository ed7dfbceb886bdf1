/** The SQL API over one database that opens on first use. */
import { tables, type TableName } from '@/engine/query';
import type { SqlApi, SqlOpening } from '../sql-api';
import { attempt } from './attempt';
import { openDatabase, type Database, type DuckPorts } from './database';
import { SqlRefused } from './refusal';
import { sqlReads } from './sql-reads';
import { sqlWrites } from './sql-writes';

export function sqlService(ports: DuckPorts): SqlApi {
  let opening: Promise<Database> | null = null;
  const database = (onProgress?: (opening: SqlOpening) => void) => {
    opening ??= openDatabase(ports, onProgress).catch((error: unknown) => {
      opening = null;
      throw new SqlRefused({ code: 'not-open', message: `the database did not open: ${error instanceof Error ? error.message : String(error)}`, suggestion: 'Reload the page; if it stays so, the browser may lack WebAssembly exceptions or memory.' });
    });
    return opening;
  };
  const described = (Object.keys(tables) as TableName[]).map((name) => ({ name, about: tables[name].about }));
  return {
    open: (onProgress) => attempt(async () => ({ duckdbVersion: (await database(onProgress)).version, tables: described })),
    ...sqlWrites(database),
    ...sqlReads(database),
    close: async () => {
      const opened = await opening?.catch(() => null);
      opening = null;
      await opened?.duck.terminate();
    },
  };
}
