/**
 * What a person reads before an import is used: what was understood, what the twin does not model and what
 * that means, what was assumed in place of what no file says, what was dropped and why. Counts add up:
 * every object and every field that was read stands in exactly one of them.
 */
import type { SpecIssue } from '@/engine/twin';

export type SourceFormat = 'kubernetes' | 'terraform' | 'compose' | 'not recognised';

export type CardSource = { readonly file: string; readonly format: SourceFormat; readonly documents: number; readonly objects: number };
export type CardKind = { readonly kind: string; readonly count: number; readonly detail: string };
export type CardGap = {
  /** A kind, or a field of one: `Pod.spec.hostNetwork`. */
  readonly what: string;
  readonly scope: 'object' | 'field';
  readonly count: number;
  readonly consequence: string;
};
export type CardAssumption = {
  readonly what: string;
  readonly value: string;
  /** How many nodes, workloads or pods it was used for. */
  readonly count: number;
  readonly because: string;
  /** What would take its place. */
  readonly instead: string;
};
export type CardDrop = { readonly what: string; readonly count: number; readonly because: string };

export type ObjectCounts = { readonly read: number; readonly understood: number; readonly withoutEffect: number; readonly notModelled: number; readonly dropped: number; readonly refused: number };
export type FieldCounts = { readonly read: number; readonly modelled: number; readonly withoutEffect: number; readonly notModelled: number };

export type FitCard = {
  readonly sentence: string;
  readonly sources: readonly CardSource[];
  readonly understood: readonly CardKind[];
  readonly notModelled: readonly CardGap[];
  readonly assumed: readonly CardAssumption[];
  /** How the twin begins: who stands where he ran, who waits, who had to move and why. Empty until there is a twin. */
  readonly begins: readonly CardAssumption[];
  readonly dropped: readonly CardDrop[];
  readonly issues: readonly SpecIssue[];
  /** Issues beyond those listed. */
  readonly furtherIssues: number;
  readonly objects: ObjectCounts;
  readonly fields: FieldCounts;
};
