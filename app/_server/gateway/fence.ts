/** Bumps the epoch that every INTENT must name; whoever executes with the old one stops at its next step. */
import { eq } from 'drizzle-orm';
import { appendLeaf } from '../audit/append-leaf';
import { control } from '../database/schema';
import type { Actor } from './actor';
import type { Move } from './gateway-transaction';

export async function bumpFence({ tx, control: row, nowUs }: Move, actor: Actor, why: string): Promise<number> {
  const fence = row.fence + 1;
  await tx.update(control).set({ fence }).where(eq(control.one, 1));
  await appendLeaf(tx, { atUs: nowUs, kind: 'fence-bumped', actor: actor.id, id: null, planId: null, detail: { fence, why } });
  return fence;
}
