/** DuckDB in this browser, one worker per tab, loaded when first asked for. */
'use client';

import { proxy, wrap, type Remote } from 'comlink';
import type { SqlApi, SqlProgress } from '@/workers/sql-api';

export type { SqlApi, SqlExport, SqlProgress, SqlRefusal, SqlTable } from '@/workers/sql-api';

let client: Remote<SqlApi> | null = null;

export function sqlClient(): Remote<SqlApi> {
  client ??= wrap<SqlApi>(new Worker(new URL('../../../workers/sql.worker.ts', import.meta.url), { type: 'module', name: 'sql' }));
  return client;
}

export const sqlProgress = (onProgress: (progress: SqlProgress) => void) => proxy(onProgress);

/** The value of an answer, or an error in the database's own words. */
export function orThrow<T>(answer: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: { readonly message: string; readonly suggestion: string } }): T {
  if (answer.ok) return answer.value;
  throw new Error(`${answer.error.message} ${answer.error.suggestion}`);
}
