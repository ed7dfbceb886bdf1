/** Reads the inputs of a fact with a schema; what does not fit becomes one sentence with its path. */
import type { z } from 'zod';
import { FactError } from './fact';

export function readInput<T extends z.ZodType>(schema: T, value: unknown): z.output<T> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const sentences = parsed.error.issues.slice(0, 3).map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new FactError(sentences.join('; '));
}
