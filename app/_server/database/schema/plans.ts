/**
 * Plans and the approvals of them. `id` stays with a plan for life; `planId` is the SHA-256 of the body's
 * canonical JSON and changes with every edit or new rehearsal, so approvals (which name it) go void.
 * Times are microseconds since the Unix epoch.
 */
import { bigint, boolean, index, integer, pgTable, serial, text, uniqueIndex } from 'drizzle-orm/pg-core';
import type { PlanState } from '../../gateway/plan-state';

export const microseconds = (name: string) => bigint(name, { mode: 'number' });

export const plans = pgTable(
  'plans',
  {
    id: text('id').primaryKey(),
    planId: text('plan_id').notNull(),
    state: text('state').$type<PlanState>().notNull(),
    /** Canonical JSON: a DraftBody until the rehearsal, the PlanBody after it. */
    body: text('body').notNull(),
    rehearsed: boolean('rehearsed').notNull(),
    title: text('title').notNull(),
    author: text('author').notNull(),
    connector: text('connector').notNull(),
    createdAtUs: microseconds('created_at_us').notNull(),
    expiresAtUs: microseconds('expires_at_us').notNull(),
    movedAtUs: microseconds('moved_at_us').notNull(),
    /** Why it is where it is: canonical JSON of a PlanNote, null when the state says it all. */
    note: text('note'),
    /** Counts the moves. A writer names the revision it read, and loses when another came first. */
    revision: integer('revision').notNull(),
  },
  (table) => [index('plans_state').on(table.state), index('plans_created').on(table.createdAtUs), uniqueIndex('plans_plan_id').on(table.planId)],
);

export const approvals = pgTable(
  'approvals',
  {
    serial: serial('serial').primaryKey(),
    id: text('id').notNull().references(() => plans.id),
    planId: text('plan_id').notNull(),
    approver: text('approver').notNull(),
    /** The approver is also the author; only the single-operator policy lets that in. */
    selfApproved: boolean('self_approved').notNull(),
    approvedAtUs: microseconds('approved_at_us').notNull(),
    expiresAtUs: microseconds('expires_at_us').notNull(),
    revokedAtUs: microseconds('revoked_at_us'),
  },
  (table) => [index('approvals_plan').on(table.id, table.planId)],
);
