/**
 * The books of an import: every object and every field gets exactly one entry, at the place where its fate
 * is decided, so that nothing is lost without being told.
 */
import type { SpecIssue } from '@/engine/twin';
import { CLUSTER_IMPORT_LIMITS } from '../import-limits';
import type { CardAssumption, CardSource } from './fit-card';

export type ObjectFate = 'understood' | 'withoutEffect' | 'notModelled' | 'dropped' | 'refused';
export type FieldFate = 'modelled' | 'withoutEffect' | 'notModelled';

type Count = { count: number; readonly words: string };

export type Ledger = {
  readonly sources: CardSource[];
  readonly issues: SpecIssue[];
  furtherIssues: number;
  objectsRead: number;
  /** By `fate kind`; the words are the consequence, or why. */
  readonly objects: Map<string, Count & { readonly fate: ObjectFate; readonly kind: string }>;
  readonly fieldCounts: Record<FieldFate, number>;
  readonly fieldGaps: Map<string, Count>;
  readonly assumptions: CardAssumption[];
};

export const newLedger = (): Ledger => ({
  sources: [],
  issues: [],
  furtherIssues: 0,
  objectsRead: 0,
  objects: new Map(),
  fieldCounts: { modelled: 0, withoutEffect: 0, notModelled: 0 },
  fieldGaps: new Map(),
  assumptions: [],
});

export function noteObject(ledger: Ledger, fate: ObjectFate, kind: string, words = ''): void {
  const key = `${fate} ${kind} ${words}`;
  const entry = ledger.objects.get(key);
  if (entry === undefined) ledger.objects.set(key, { fate, kind, count: 1, words });
  else entry.count += 1;
}

export function noteField(ledger: Ledger, fate: FieldFate, field: string, consequence = ''): void {
  ledger.fieldCounts[fate] += 1;
  if (fate !== 'notModelled') return;
  const entry = ledger.fieldGaps.get(field);
  if (entry === undefined) ledger.fieldGaps.set(field, { count: 1, words: consequence });
  else entry.count += 1;
}

export function noteIssues(ledger: Ledger, issues: readonly SpecIssue[]): void {
  for (const issue of issues) {
    if (ledger.issues.length < CLUSTER_IMPORT_LIMITS.issuesMax) ledger.issues.push(issue);
    else ledger.furtherIssues += 1;
  }
}

export const noteIssue = (ledger: Ledger, path: string, message: string, suggestion: string, code: SpecIssue['code'] = 'not-parsable') => noteIssues(ledger, [{ path, code, message, suggestion }]);

export function assume(ledger: Ledger, assumption: CardAssumption): void {
  if (assumption.count > 0) ledger.assumptions.push(assumption);
}

export function countOf(ledger: Ledger, fate: ObjectFate): number {
  let sum = 0;
  for (const entry of ledger.objects.values()) if (entry.fate === fate) sum += entry.count;
  return sum;
}
