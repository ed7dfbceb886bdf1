/**
 * A series as it comes (nulls, NaN, infinities, leading and trailing gaps) made into a history, with a
 * list of what was wrong and counts of what was dropped.
 */
import { err, ok, type Result } from '@/engine/kernel';
import type { History } from './forecaster';

export type ForecastIssue = {
  readonly path: string;
  readonly code: 'empty' | 'out-of-range' | 'too-long' | 'not-finite';
  readonly message: string;
  readonly suggestion: string;
};

export type SeriesSummary = {
  readonly points: number;
  readonly observed: number;
  readonly gaps: number;
  /** Values that were infinite or not a number and count as gaps. */
  readonly notFinite: number;
  /** Steps cut off because nothing was observed before or after. */
  readonly trimmed: number;
  /** Steps left out because the history is longer than any model here gains from. */
  readonly older: number;
  /** Seasons the history is long enough for (two full ones). */
  readonly seasonsUsed: readonly number[];
  readonly seasonsDropped: readonly number[];
};

/** Longer histories are refused; of long ones the recent part is used (and said): no model here gains from more. */
export const LONGEST_HISTORY = 200_000;
const LONGEST_USED = 20_000;
const SEASONS_USED = 10;
export const LONGEST_HORIZON = 10_000;
/** Squares of larger values would overflow. */
const LARGEST = 1e100;

export type HistoryInput = { readonly values: readonly (number | null)[]; readonly seasons: readonly number[] };

/** Leading gaps are cut; trailing ones stay, because the forecast starts after them. */
export function historyFrom({ values, seasons }: HistoryInput): Result<{ readonly history: History; readonly summary: SeriesSummary }, readonly ForecastIssue[]> {
  const issues = inputIssues(values, seasons);
  if (issues.length > 0) return err(issues);
  const first = firstObserved(values, 0);
  if (first === values.length) return err([{ path: 'values', code: 'empty', message: `none of the ${values.length} values is a number`, suggestion: 'Give at least one observed value.' }]);
  const used = Math.max(LONGEST_USED, SEASONS_USED * Math.max(1, ...seasons));
  const from = Math.max(first, firstObserved(values, values.length - used));
  const kept = Float64Array.from(values.slice(from), (value) => (isObserved(value) ? value : NaN));
  const observed = kept.reduce((count, value) => count + (value === value ? 1 : 0), 0);
  const wanted = [...new Set(seasons)].sort((x, y) => x - y);
  const seasonsUsed = wanted.filter((season) => season > 1 && kept.length >= 2 * season);
  const summary = {
    points: values.length,
    observed,
    gaps: kept.length - observed,
    notFinite: values.filter((value) => value !== null && !Number.isFinite(value)).length,
    trimmed: first,
    older: from - first,
    seasonsUsed,
    seasonsDropped: wanted.filter((season) => !seasonsUsed.includes(season)),
  };
  return ok({ history: { values: kept, seasons: seasonsUsed }, summary });
}

/** What is wrong with a question about the future. */
export function requestIssues(horizon: number, levels: readonly number[]): ForecastIssue[] {
  const issues: ForecastIssue[] = [];
  if (!Number.isInteger(horizon) || horizon < 1 || horizon > LONGEST_HORIZON) {
    issues.push({ path: 'horizon', code: 'out-of-range', message: `the horizon is ${horizon}`, suggestion: `Give a whole number of steps from 1 to ${LONGEST_HORIZON}.` });
  }
  levels.forEach((level, i) => {
    if (!(level > 0 && level < 1)) issues.push({ path: `levels[${i}]`, code: 'out-of-range', message: `the level is ${level}`, suggestion: 'Give a share between 0 and 1, as in 0.8.' });
  });
  return issues;
}

/** Index of the first observed value from `start` on; the last observed one when all after are gaps. */
function firstObserved(values: readonly (number | null)[], start: number): number {
  const from = Math.max(0, start);
  const found = values.findIndex((value, i) => i >= from && isObserved(value));
  return found >= 0 ? found : from === 0 ? values.length : values.findLastIndex(isObserved);
}

const isObserved = (value: number | null): value is number => value !== null && Number.isFinite(value);

function inputIssues(values: readonly (number | null)[], seasons: readonly number[]): ForecastIssue[] {
  const issues: ForecastIssue[] = [];
  if (values.length > LONGEST_HISTORY) {
    issues.push({ path: 'values', code: 'too-long', message: `${values.length} values`, suggestion: `Give the last ${LONGEST_HISTORY} or use a wider step.` });
  }
  const monster = values.findIndex((value) => value !== null && Number.isFinite(value) && Math.abs(value) > LARGEST);
  if (monster >= 0) issues.push({ path: `values[${monster}]`, code: 'out-of-range', message: `the value is ${values[monster]}`, suggestion: `Give values up to ±${LARGEST}, in a larger unit if need be.` });
  seasons.forEach((season, i) => {
    if (!Number.isInteger(season) || season < 1) issues.push({ path: `seasons[${i}]`, code: 'out-of-range', message: `the season is ${season}`, suggestion: 'Give a whole number of steps.' });
  });
  return issues;
}
