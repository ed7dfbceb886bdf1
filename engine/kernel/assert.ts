/**
 * The two ways a thing can be wrong: `invariant` for our own bugs, `Result` for the world's refusals.
 */
export class InvariantError extends Error {
  override readonly name = 'InvariantError';
}

/** States what must be true here. On in production: a wrong twin is worse than a stopped one. */
export function invariant(condition: boolean, message: string): asserts condition {
  if (!condition) throw new InvariantError(message);
}

/** The branch that the compiler proved empty; reaching it means that untyped data came in. */
export function unreachable(value: never): never {
  throw new InvariantError(`unhandled case: ${JSON.stringify(value)}`);
}

export type Result<T, E> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: E };

export const ok = <T>(value: T): { readonly ok: true; readonly value: T } => ({ ok: true, value });
export const err = <E>(error: E): { readonly ok: false; readonly error: E } => ({ ok: false, error });
