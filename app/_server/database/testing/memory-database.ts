/** A migrated PGlite in memory, for tests of what sits on top of the database. */
import { PGlite } from '@electric-sql/pglite';
import { drizzle } from 'drizzle-orm/pglite';
import { migrate } from 'drizzle-orm/pglite/migrator';
import * as schema from '../schema';
import type { OpenDatabase } from '../database';

export const MIGRATIONS = 'app/_server/database/migrations';

export async function memoryDatabase(): Promise<OpenDatabase> {
  const client = await PGlite.create();
  const db = drizzle({ client, schema });
  await migrate(db, { migrationsFolder: MIGRATIONS });
  return { db, engine: 'pglite', close: () => client.close() };
}
