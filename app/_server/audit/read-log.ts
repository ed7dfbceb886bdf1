/** Reads the log back, in pages, and verifies what the database holds. */
import { asc, desc, gte, lt } from 'drizzle-orm';
import type { Database, Transaction } from '../database/database';
import { auditLeaves, control } from '../database/schema';
import type { AuditEntry, AuditLeaf } from './audit-entry';
import { headLine, leafLine } from './export-format';
import { verifyChain, type AuditHead, type ChainVerdict } from './verify-chain';

const PAGE = 500;

export type AuditRow = AuditEntry & { readonly hash: string };

/** Newest first. `before` is an index: pass the last row's to page on. */
export async function listAudit(db: Database, { before, limit }: { before?: number | undefined; limit: number }): Promise<AuditRow[]> {
  const query = db.select().from(auditLeaves).orderBy(desc(auditLeaves.index)).limit(limit);
  const rows = await (before === undefined ? query : query.where(lt(auditLeaves.index, before)));
  return rows.map((leaf) => ({ ...(JSON.parse(leaf.entry) as AuditEntry), hash: leaf.hash }));
}

/** The head is read first: leaves appended during a long export belong to the next one. */
export async function* exportAudit(db: Database): AsyncGenerator<string> {
  const head = await auditHead(db);
  for await (const page of pages(db, head.leaves)) yield page.map(leafLine).join('');
  yield headLine(head);
}

/** One snapshot for the head and the leaves: what is appended meanwhile is the next verification's business. */
export const verifyLog = (db: Database): Promise<ChainVerdict> =>
  db.transaction(
    async (tx) => {
      const head = await auditHead(tx);
      const leaves: AuditLeaf[] = [];
      for await (const page of pages(tx, Number.MAX_SAFE_INTEGER)) leaves.push(...page);
      return verifyChain(leaves, head);
    },
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  );

export async function auditHead(db: Database | Transaction): Promise<AuditHead> {
  const [row] = await db.select({ leaves: control.auditLeaves, head: control.auditHead }).from(control);
  if (row === undefined) throw new Error('the control row is missing: the migrations did not run');
  return row;
}

async function* pages(db: Database | Transaction, end: number): AsyncGenerator<AuditLeaf[]> {
  for (let from = 0; from < end; ) {
    const page = await db.select().from(auditLeaves).where(gte(auditLeaves.index, from)).orderBy(asc(auditLeaves.index)).limit(Math.min(PAGE, end - from));
    if (page.length === 0) return;
    yield page;
    from = page.at(-1)!.index + 1;
  }
}
