/** The promise ledger as it is read, and how well its bands have held: coverage and bias per metric and action. */
import type { Prediction, Verdict } from '@/engine/loop';
import { asc, desc, eq, isNotNull, lt } from 'drizzle-orm';
import type { Database } from '../../database/database';
import { plans, promises, type ExecutionMode } from '../../database/schema';

export type PromiseRow = {
  readonly id: string;
  readonly planId: string;
  readonly title: string;
  readonly actionKind: string;
  readonly mode: ExecutionMode;
  readonly prediction: Prediction;
  readonly doNothing: Prediction | null;
  readonly promisedAtUs: number;
  /** Null until the verify window has closed, and for good where nothing was measured. */
  readonly measured: number | null;
  readonly inside: boolean | null;
  readonly verdict: Verdict | null;
  readonly scoredAtUs: number | null;
};

export type Calibration = {
  readonly metric: string;
  readonly actionKind: string;
  readonly scored: number;
  readonly inside: number;
  /** Share of scored promises that fell inside, and the level they promised. */
  readonly coverage: number;
  readonly level: number;
  /** Mean of (measured − predicted) / predicted; null when no predicted mean was above zero. */
  readonly bias: number | null;
};

const selectPromises = (db: Database) => db.select({ promise: promises, title: plans.title }).from(promises).innerJoin(plans, eq(plans.id, promises.id));
type Selected = Awaited<ReturnType<typeof selectPromises>>[number];

const rowOf = ({ promise, title }: Selected): PromiseRow => {
  const { id, planId, actionKind, mode, promisedAtUs, measured, inside, verdict, scoredAtUs } = promise;
  const prediction = JSON.parse(promise.prediction) as Prediction;
  return { id, planId, title, actionKind, mode, prediction, doNothing: promise.doNothing === null ? null : (JSON.parse(promise.doNothing) as Prediction), promisedAtUs, measured, inside, verdict, scoredAtUs };
};

export const promisesOf = async (db: Database, id: string): Promise<PromiseRow[]> => (await selectPromises(db).where(eq(promises.id, id)).orderBy(asc(promises.serial))).map(rowOf);

/** Newest first. `before` is a `promisedAtUs`: pass the last one's to page on. */
export async function listPromises(db: Database, { before, limit }: { readonly before?: number | undefined; readonly limit: number }): Promise<PromiseRow[]> {
  const query = selectPromises(db).orderBy(desc(promises.promisedAtUs), desc(promises.serial)).limit(limit);
  return (await (before === undefined ? query : query.where(lt(promises.promisedAtUs, before)))).map(rowOf);
}

export async function promiseCalibration(db: Database): Promise<Calibration[]> {
  const scored = (await selectPromises(db).where(isNotNull(promises.measured)).orderBy(asc(promises.serial))).map(rowOf);
  const groups = new Map<string, PromiseRow[]>();
  for (const row of scored) {
    const key = `${row.prediction.metric}\n${row.actionKind}`;
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups.values()].map(calibrationOf);
}

function calibrationOf(rows: readonly PromiseRow[]): Calibration {
  const inside = rows.filter((row) => row.inside === true).length;
  const errors = rows.flatMap(({ measured, prediction }) => (measured === null || prediction.mean <= 0 ? [] : [(measured - prediction.mean) / prediction.mean]));
  const { prediction, actionKind } = rows[0]!;
  return {
    metric: prediction.metric,
    actionKind,
    scored: rows.length,
    inside,
    coverage: inside / rows.length,
    level: rows.reduce((sum, row) => sum + row.prediction.level, 0) / rows.length,
    bias: errors.length === 0 ? null : errors.reduce((sum, error) => sum + error, 0) / errors.length,
  };
}
