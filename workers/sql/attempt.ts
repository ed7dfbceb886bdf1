/** Work that may be refused, and turns for work that must not overlap. */
import { err, ok, type Result } from '@/engine/kernel';
import type { SqlRefusal } from '../sql-api';
import { refusalOf, SqlRefused } from './refusal';

export async function attempt<T>(work: () => Promise<T>): Promise<Result<T, SqlRefusal>> {
  try {
    return ok(await work());
  } catch (error) {
    return err(refusalOf(error));
  }
}

export function orThrow<T>(result: Result<T, SqlRefusal>): T {
  if (!result.ok) throw new SqlRefused(result.error);
  return result.value;
}

/** Runs what it is given one after another, in the order given. */
export function queueOf() {
  let last: Promise<unknown> = Promise.resolve();
  return <T>(work: () => Promise<T>): Promise<T> => {
    const next = last.then(work);
    last = next.catch(() => undefined);
    return next;
  };
}
