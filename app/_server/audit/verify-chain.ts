/**
 * Verifies an audit log: every leaf follows the one before it, every hash is that of its text, and the last
 * one is the head that was kept apart. A flipped byte, a dropped, swapped, duplicated or relinked leaf and
 * a log cut at its end all fail, and the answer names the first bad leaf.
 */
import { canonicalJson } from '@/engine/kernel';
import { AUDIT_GENESIS, leafHash, type AuditLeaf } from './audit-entry';

export type AuditHead = { readonly leaves: number; readonly head: string };
export type ChainVerdict = { readonly ok: boolean; readonly leaves: number; readonly head: string; readonly firstBad: number | null; readonly why: string | null };

export function verifyChain(leaves: readonly AuditLeaf[], kept: AuditHead): ChainVerdict {
  let prev = AUDIT_GENESIS;
  for (const [index, leaf] of leaves.entries()) {
    const why = faultOf(leaf, index, prev);
    if (why !== null) return { ok: false, leaves: leaves.length, head: prev, firstBad: index, why };
    prev = leaf.hash;
  }
  const verdict = { leaves: leaves.length, head: prev };
  if (leaves.length !== kept.leaves) return { ...verdict, ok: false, firstBad: Math.min(leaves.length, kept.leaves), why: `the head counts ${kept.leaves} leaves, the log holds ${leaves.length}` };
  if (prev !== kept.head) return { ...verdict, ok: false, firstBad: Math.max(0, leaves.length - 1), why: 'the last leaf is not the head' };
  return { ...verdict, ok: true, firstBad: null, why: null };
}

function faultOf(leaf: AuditLeaf, index: number, prev: string): string | null {
  if (leaf.index !== index) return `expected leaf ${index}, found ${leaf.index}`;
  if (leaf.prev !== prev) return 'it does not follow the leaf before it';
  if (leafHash(leaf.prev, leaf.entry) !== leaf.hash) return 'its hash is not that of its text';
  return entryFault(leaf.entry, index);
}

function entryFault(text: string, index: number): string | null {
  try {
    const entry: unknown = JSON.parse(text);
    if (typeof entry !== 'object' || entry === null || !('index' in entry) || entry.index !== index) return 'its text names another place in the log';
    return canonicalJson(entry) === text ? null : 'its text is not canonical JSON';
  } catch {
    return 'its text is not JSON';
  }
}
