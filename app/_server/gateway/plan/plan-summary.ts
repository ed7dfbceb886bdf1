/** A plan as lists and live updates show it. */
import type { plans } from '../../database/schema';
import type { PlanNote } from '../plan-note';
import type { PlanState } from '../plan-state';

export type PlanRow = typeof plans.$inferSelect;

export type PlanSummary = {
  readonly id: string;
  readonly planId: string;
  readonly state: PlanState;
  readonly title: string;
  readonly author: string;
  readonly connector: string;
  readonly rehearsed: boolean;
  readonly createdAtUs: number;
  readonly expiresAtUs: number;
  readonly movedAtUs: number;
  readonly note: PlanNote | null;
};

export const summaryOf = (row: PlanRow): PlanSummary => ({
  id: row.id,
  planId: row.planId,
  state: row.state,
  title: row.title,
  author: row.author,
  connector: row.connector,
  rehearsed: row.rehearsed,
  createdAtUs: row.createdAtUs,
  expiresAtUs: row.expiresAtUs,
  movedAtUs: row.movedAtUs,
  note: row.note === null ? null : (JSON.parse(row.note) as PlanNote),
});
