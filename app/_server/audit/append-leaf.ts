/**
 * Appends one leaf inside the caller's transaction, so that what happened and its record commit together or
 * not at all. The caller holds the control row's lock (`gatewayTransaction`), which gives the chain its order.
 */
import { eq } from 'drizzle-orm';
import type { Transaction } from '../database/database';
import { auditLeaves, control } from '../database/schema';
import { makeLeaf, type AuditEntry, type AuditLeaf } from './audit-entry';

export async function appendLeaf(tx: Transaction, event: Omit<AuditEntry, 'index'>): Promise<AuditLeaf> {
  const [head] = await tx.select({ leaves: control.auditLeaves, hash: control.auditHead }).from(control);
  if (head === undefined) throw new Error('the control row is missing: the migrations did not run');
  const leaf = makeLeaf(head.hash, { ...event, index: head.leaves });
  await tx.insert(auditLeaves).values({ ...leaf, subject: event.id });
  await tx.update(control).set({ auditLeaves: leaf.index + 1, auditHead: leaf.hash }).where(eq(control.one, 1));
  return leaf;
}
