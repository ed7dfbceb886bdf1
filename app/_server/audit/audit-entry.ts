/** What the log remembers of each event, and how one leaf follows another. */
import { canonicalJson, sha256 } from '@/engine/kernel';

export type AuditKind =
  | 'plan-created' | 'plan-moved' | 'approval-given' | 'approval-revoked'
  | 'intent' | 'outcome' | 'promise-scored' | 'loop-turn'
  | 'kill-switch' | 'kill-switch-released' | 'fence-bumped' | 'connector-mode' | 'fleet-fault' | 'unknown-resolved';

export type AuditEntry = {
  readonly index: number;
  readonly atUs: number;
  readonly kind: AuditKind;
  /** Who caused it: a person, a service account, or the part of Orrery that did. */
  readonly actor: string;
  readonly id: string | null;
  readonly planId: string | null;
  /** Plain JSON; what there is to know beyond the rest. */
  readonly detail: unknown;
};

export type AuditLeaf = { readonly index: number; readonly prev: string; readonly entry: string; readonly hash: string };

export const AUDIT_GENESIS = '0'.repeat(64);

export const leafHash = (prev: string, entry: string): string => sha256(prev + entry);

export function makeLeaf(prev: string, entry: AuditEntry): AuditLeaf {
  const text = canonicalJson(entry);
  return { index: entry.index, prev, entry: text, hash: leafHash(prev, text) };
}
