/**
 * A conformance fact: one object with an id, an operation, inputs and what upstream says about them
 * (docs/reference/kubernetes-rules.md). An operation turns the inputs into an answer; everything that can go
 * wrong in a fact file is told with its place, and the rest of the facts still run.
 */
import type { kubernetes } from '@/engine/twin';

export type Fact = Readonly<Record<string, unknown>> & { readonly id: string; readonly op: string; readonly expect?: unknown };

export type FactFile = { readonly path: string; readonly area: string; readonly group: string; readonly facts: readonly Fact[] };

/** What was made of a fact; `unread` names inputs that nobody looked at, so the answer may miss the point. */
export type Reply = { readonly answer: unknown; readonly unread: readonly string[] };

/** Answers a fact; it may throw `FactError` for inputs it cannot read. */
export type Operation = (fact: Fact, version: kubernetes.KubernetesVersion) => Reply;
export type Operations = Readonly<Record<string, Operation>>;

export class FactError extends Error {
  override readonly name = 'FactError';
}
