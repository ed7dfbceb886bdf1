/** A migrated PGlite in memory, for tests of what sits on top of the database. A clone costs a seventh of a new one. */
import { PGlite } from '@electric-sql/pglite';
import { drizzle } from 'drizzle-orm/pglite';
import { migrate } from 'drizzle-orm/pglite/migrator';
import * as schema from '../schema';
import type { OpenDatabase } from '../database';

export const MIGRATIONS = 'app/_server/database/migrations';

/** `clone` copies what is in it now. */
export type MemoryDatabase = OpenDatabase & { clone(): Promise<OpenDatabase> };

export async function memoryDatabase(): Promise<MemoryDatabase> {
  const client = await PGlite.create();
  await migrate(drizzle({ client, schema }), { migrationsFolder: MIGRATIONS });
  const clone = async () => opened(await PGlite.create({ loadDataDir: await client.dumpDataDir('none') }));
  return { ...opened(client), clone };
}

const opened = (client: PGlite): OpenDatabase => ({ db: drizzle({ client, schema }), engine: 'pglite', close: () => client.close() });
