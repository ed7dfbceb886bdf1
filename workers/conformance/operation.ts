/**
 * An operation: its inputs by a schema, and what it makes of them. Keys that the schema does not know are left out and
 * told with their path: a rule the engine has never heard of must not pass for one it follows. What does not fit becomes
 * one sentence with its path.
 */
import type { kubernetes } from '@/engine/twin';
import type { z } from 'zod';
import { FactError, type Fact, type Operation } from './fact';

/** What a fact says of itself; besides these, values of older releases beside the current ones. */
const ABOUT = ['id', 'op', 'basis', 'verified', 'from', 'expect'];
const OLD_VALUE = /_k8s_\d+_\d+$/;

export function operation<T extends z.ZodType>(schema: T, answer: (input: z.output<T>, version: kubernetes.KubernetesVersion, fact: Fact) => unknown): Operation {
  return (fact, version) => {
    const { input, unread } = readInput(schema, Object.fromEntries(Object.entries(fact).filter(([key]) => !ABOUT.includes(key) && !OLD_VALUE.test(key))));
    return { answer: answer(input, version, fact), unread };
  };
}

type Path = readonly PropertyKey[];

function readInput<T extends z.ZodType>(schema: T, given: unknown): { readonly input: z.output<T>; readonly unread: readonly string[] } {
  const read = schema.safeParse(given);
  if (read.success) return { input: read.data, unread: [] };
  const unknown = read.error.issues.flatMap((issue) => (issue.code === 'unrecognized_keys' ? issue.keys.map((key): Path => [...issue.path, key]) : []));
  if (unknown.length === 0) throw new FactError(sentences(read.error));
  const known = structuredClone(given);
  for (const path of unknown) remove(known, path);
  const again = schema.safeParse(known);
  if (!again.success) throw new FactError(sentences(again.error));
  return { input: again.data, unread: unknown.map((path) => path.join('.')) };
}

const sentences = ({ issues }: z.ZodError) => issues.slice(0, 3).map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ');

function remove(value: unknown, path: Path): void {
  const parent = path.slice(0, -1).reduce<unknown>((at, key) => (isObject(at) ? at[key] : undefined), value);
  if (isObject(parent)) delete parent[path.at(-1)!];
}

const isObject = (value: unknown): value is Record<PropertyKey, unknown> => typeof value === 'object' && value !== null;
