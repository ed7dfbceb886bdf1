/** What was done and what came of it: executions, the intents and outcomes of their steps, and the promises they are held to. */
import { bigint, boolean, doublePrecision, index, integer, pgTable, serial, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { microseconds, plans } from './plans';

export type Direction = 'forward' | 'undo';
export type ExecutionMode = 'dry-run' | 'live';

export const executions = pgTable(
  'executions',
  {
    serial: serial('serial').primaryKey(),
    id: text('id').notNull().references(() => plans.id),
    planId: text('plan_id').notNull(),
    direction: text('direction').$type<Direction>().notNull(),
    mode: text('mode').$type<ExecutionMode>().notNull(),
    executedBy: text('executed_by').notNull(),
    fence: bigint('fence', { mode: 'number' }).notNull(),
    startedAtUs: microseconds('started_at_us').notNull(),
    /** When the last step's outcome was written: settling begins here, then the verify window. */
    appliedAtUs: microseconds('applied_at_us'),
    endedAtUs: microseconds('ended_at_us'),
  },
  (table) => [index('executions_plan').on(table.id)],
);

/** Committed before the effect. `idempotencyKey` is sha256(planId‖step), `undo` appended for the way back. */
export const intents = pgTable(
  'intents',
  {
    serial: serial('serial').primaryKey(),
    execution: integer('execution').notNull().references(() => executions.serial),
    planId: text('plan_id').notNull(),
    step: integer('step').notNull(),
    attempt: integer('attempt').notNull(),
    fence: bigint('fence', { mode: 'number' }).notNull(),
    idempotencyKey: text('idempotency_key').notNull(),
    effectClass: text('effect_class').$type<'A' | 'B' | 'C'>().notNull(),
    expectedVersion: text('expected_version').notNull(),
    live: boolean('live').notNull(),
    leaf: bigint('leaf', { mode: 'number' }).notNull(),
    atUs: microseconds('at_us').notNull(),
  },
  (table) => [uniqueIndex('intents_attempt').on(table.execution, table.step, table.attempt), index('intents_at').on(table.atUs)],
);

export const outcomes = pgTable('outcomes', {
  intent: integer('intent').primaryKey().references(() => intents.serial),
  result: text('result').$type<'applied' | 'already' | 'recorded' | 'refused' | 'unknown'>().notNull(),
  version: text('version'),
  detail: text('detail'),
  atUs: microseconds('at_us').notNull(),
});

/** What a person found out about an attempt whose outcome stayed unknown. */
export const resolutions = pgTable('resolutions', {
  intent: integer('intent').primaryKey().references(() => intents.serial),
  tookEffect: boolean('took_effect').notNull(),
  version: text('version'),
  resolvedBy: text('resolved_by').notNull(),
  atUs: microseconds('at_us').notNull(),
});

/** One promised metric of one executed plan. Measured, inside and verdict stay null until the verify window has closed. */
export const promises = pgTable(
  'promises',
  {
    serial: serial('serial').primaryKey(),
    id: text('id').notNull().references(() => plans.id),
    planId: text('plan_id').notNull(),
    actionKind: text('action_kind').notNull(),
    metric: text('metric').notNull(),
    subject: text('subject').notNull(),
    /** Canonical JSON of the Prediction, and of the do-nothing one. */
    prediction: text('prediction').notNull(),
    doNothing: text('do_nothing'),
    mode: text('mode').$type<ExecutionMode>().notNull(),
    promisedAtUs: microseconds('promised_at_us').notNull(),
    measured: doublePrecision('measured'),
    inside: boolean('inside'),
    verdict: text('verdict').$type<'improved' | 'no-effect' | 'worse' | 'inconclusive'>(),
    scoredAtUs: microseconds('scored_at_us'),
  },
  (table) => [uniqueIndex('promises_metric').on(table.planId, table.metric, table.subject), index('promises_at').on(table.promisedAtUs)],
);

/** What the dry-run connector would have sent. */
export const dryRunRecords = pgTable('dry_run_records', {
  serial: serial('serial').primaryKey(),
  connector: text('connector').notNull(),
  planId: text('plan_id').notNull(),
  step: integer('step').notNull(),
  command: text('command').notNull(),
  expectedVersion: text('expected_version').notNull(),
  idempotencyKey: text('idempotency_key').notNull(),
  atUs: microseconds('at_us').notNull(),
});
