/**
 * One schema and one migrations folder on two engines: PGlite in the data folder by default, Postgres when
 * DATABASE_URL names one. Everything above this file sees only `Database`.
 */
import { migrate as migratePglite } from 'drizzle-orm/pglite/migrator';
import { migrate as migratePostgres } from 'drizzle-orm/node-postgres/migrator';
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';
import { sql } from 'drizzle-orm';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { acquireLock } from './lock-file';
import * as schema from './schema';

export type Schema = typeof schema;
export type Database = PgDatabase<PgQueryResultHKT, Schema>;
export type Transaction = Parameters<Parameters<Database['transaction']>[0]>[0];

export type OpenDatabase = {
  readonly db: Database;
  readonly engine: 'pglite' | 'postgres';
  /** Flushes and closes; the lock file goes with it. */
  close(): Promise<void>;
};

export type DatabaseConfig = { readonly dataFolder: string; readonly databaseUrl: string | null; readonly migrationsFolder: string };

export const openDatabase = (config: DatabaseConfig): Promise<OpenDatabase> =>
  config.databaseUrl === null ? openPglite(config) : openPostgres(config.databaseUrl, config.migrationsFolder);

async function openPglite({ dataFolder, migrationsFolder }: DatabaseConfig): Promise<OpenDatabase> {
  const lock = acquireLock(dataFolder);
  try {
    const folder = join(dataFolder, 'pg');
    mkdirSync(folder, { recursive: true });
    const [{ PGlite }, { drizzle }] = await Promise.all([import('@electric-sql/pglite'), import('drizzle-orm/pglite')]);
    const client = await PGlite.create(folder);
    const db = drizzle({ client, schema });
    await migratePglite(db, { migrationsFolder });
    const close = async () => {
      await client.close();
      lock.release();
    };
    return { db, engine: 'pglite', close };
  } catch (error) {
    lock.release();
    throw error;
  }
}

const MIGRATION_LOCK = 728_608_001; // any number, as long as every Orrery server takes the same one

async function openPostgres(connectionString: string, migrationsFolder: string): Promise<OpenDatabase> {
  const [{ Pool }, { drizzle }] = await Promise.all([import('pg').then((module) => module.default), import('drizzle-orm/node-postgres')]);
  const pool = new Pool({ connectionString, max: 8, connectionTimeoutMillis: 10_000 });
  pool.on('error', (error) => console.error(`database: an idle connection was lost: ${error.message}`));
  try {
    const client = await pool.connect();
    try {
      const session = drizzle({ client, schema });
      await session.execute(sql`SELECT pg_advisory_lock(${MIGRATION_LOCK})`);
      await migratePostgres(session, { migrationsFolder });
      await session.execute(sql`SELECT pg_advisory_unlock(${MIGRATION_LOCK})`);
    } finally {
      client.release();
    }
  } catch (error) {
    await pool.end();
    throw error;
  }
  return { db: drizzle({ client: pool, schema }), engine: 'postgres', close: () => pool.end() };
}

/** Drizzle says which query failed; the reason is in `cause`. */
export const reasonOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
};
