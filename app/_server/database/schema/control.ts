/**
 * What governs every action: the fence and kill switch (one row, locked by every gateway transaction, so
 * moves have one order), the modes of the connectors, and the hash chain of the audit log.
 */
import { bigint, boolean, index, integer, pgTable, text } from 'drizzle-orm/pg-core';
import { microseconds } from './plans';

export const control = pgTable('control', {
  one: integer('one').primaryKey(),
  /** Bumped by the kill switch, a new executor and a revoked approval. An INTENT with an older one is refused. */
  fence: bigint('fence', { mode: 'number' }).notNull(),
  stopped: boolean('stopped').notNull(),
  stoppedBy: text('stopped_by'),
  stoppedAtUs: microseconds('stopped_at_us'),
  /** Head of the audit chain, kept apart from the leaves: a log cut at its end no longer matches. */
  auditLeaves: bigint('audit_leaves', { mode: 'number' }).notNull(),
  auditHead: text('audit_head').notNull(),
});

export type ConnectorMode = 'off' | 'read' | 'dry-run' | 'live';

export const connectorModes = pgTable('connector_modes', {
  connector: text('connector').primaryKey(),
  mode: text('mode').$type<ConnectorMode>().notNull(),
  changedBy: text('changed_by').notNull(),
  changedAtUs: microseconds('changed_at_us').notNull(),
});

/** Append-only: triggers refuse UPDATE, DELETE and TRUNCATE. `hash` = sha256(prev ‖ entry). */
export const auditLeaves = pgTable(
  'audit_leaves',
  {
    index: bigint('index', { mode: 'number' }).primaryKey(),
    prev: text('prev').notNull(),
    /** Canonical JSON of an AuditEntry. */
    entry: text('entry').notNull(),
    hash: text('hash').notNull(),
    /** The entry's plan, again, to find a plan's history by; proof lies in `entry` alone. */
    subject: text('subject'),
  },
  (table) => [index('audit_subject').on(table.subject)],
);
