/**
 * crontab(5): minute hour day-of-month month day-of-week, with lists, ranges, steps and names. When both day fields are restricted either
 * one is enough. Times are UTC, in µs since the Unix epoch; a host that was down does not catch up (a systemd timer with Persistent= does, once).
 */
import { err, ok, type Result } from '@/engine/kernel';

export type Cron = { readonly minutes: readonly number[]; readonly hours: readonly number[]; readonly days: readonly number[]; readonly months: readonly number[]; readonly weekdays: readonly number[]; readonly anyDay: boolean; readonly anyWeekday: boolean };
export type CronRefusal = { readonly code: 'fields' | 'field'; readonly field: string; readonly text: string };

const SHORTHANDS: Readonly<Record<string, string>> = { '@hourly': '0 * * * *', '@daily': '0 0 * * *', '@midnight': '0 0 * * *', '@weekly': '0 0 * * 0', '@monthly': '0 0 1 * *', '@yearly': '0 0 1 1 *', '@annually': '0 0 1 1 *' };
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

export function parseCron(text: string): Result<Cron, CronRefusal> {
  const words = (SHORTHANDS[text.trim()] ?? text.trim()).split(/\s+/);
  if (words.length !== 5) return err({ code: 'fields', field: '', text });
  const [minute, hour, day, month, weekday] = words as [string, string, string, string, string];
  const fields = [['minute', minute, 0, 59, []], ['hour', hour, 0, 23, []], ['day', day, 1, 31, []], ['month', month, 1, 12, MONTHS], ['weekday', weekday, 0, 7, WEEKDAYS]] as const;
  const parsed = fields.map(([, word, low, high, names]) => parseField(word, low, high, names));
  const bad = parsed.findIndex((values) => values === null);
  if (bad >= 0) return err({ code: 'field', field: fields[bad]![0], text: fields[bad]![1] });
  const [minutes, hours, days, months, weekdays] = parsed as [number[], number[], number[], number[], number[]];
  return ok({ minutes, hours, days, months, weekdays: weekdays.map((each) => each % 7), anyDay: day.startsWith('*'), anyWeekday: weekday.startsWith('*') });
}

function parseField(word: string, low: number, high: number, names: readonly string[]): number[] | null {
  const values: number[] = [];
  for (const part of word.toLowerCase().split(',')) {
    const match = /^(\*|([a-z0-9]+)(?:-([a-z0-9]+))?)(?:\/(\d+))?$/.exec(part);
    if (match === null) return null;
    const numberOf = (text: string) => (names.includes(text) ? names.indexOf(text) + low : Number(text));
    const from = match[1] === '*' ? low : numberOf(match[2]!);
    const to = match[1] === '*' ? high : match[3] !== undefined ? numberOf(match[3]) : match[4] !== undefined ? high : from;
    const step = match[4] === undefined ? 1 : Number(match[4]);
    if (!(from >= low && to <= high && from <= to && step >= 1)) return null;
    for (let value = from; value <= to; value += step) values.push(value);
  }
  return values;
}

const MINUTE_US = 60e6;
const DAY_US = 86_400e6;
const DAYS_SEARCHED = 366 * 8 + 2; // 29 February, and eight years without one around 2100

/** The next minute strictly after `afterUs` at which it runs, or null when there is none (30 February). */
export function nextRun(cron: Cron, afterUs: number): number | null {
  const first = Math.floor(afterUs / MINUTE_US) * MINUTE_US + MINUTE_US;
  for (let day = Math.floor(first / DAY_US), n = 0; n < DAYS_SEARCHED; day += 1, n += 1) {
    if (!runsOnDay(cron, day)) continue;
    for (const hour of ascending(cron.hours))
      for (const minute of ascending(cron.minutes)) {
        const at = day * DAY_US + (hour * 60 + minute) * MINUTE_US;
        if (at >= first) return at;
      }
  }
  return null;
}

const ascending = (values: readonly number[]) => [...new Set(values)].sort((x, y) => x - y);

function runsOnDay(cron: Cron, day: number): boolean {
  const { month, dayOfMonth } = civilDate(day);
  if (!cron.months.includes(month)) return false;
  const byDay = cron.days.includes(dayOfMonth);
  const byWeekday = cron.weekdays.includes((((day + 4) % 7) + 7) % 7); // 1970-01-01 was a Thursday
  return cron.anyDay || cron.anyWeekday ? byDay && byWeekday : byDay || byWeekday;
}

/** Days since the epoch to a date of the Gregorian calendar (H. Hinnant, "chrono-compatible low-level date algorithms"). */
export function civilDate(day: number): { readonly year: number; readonly month: number; readonly dayOfMonth: number } {
  const z = day + 719_468;
  const era = Math.floor(z / 146_097);
  const ofEra = z - era * 146_097;
  const yearOfEra = Math.floor((ofEra - Math.floor(ofEra / 1_460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) / 365);
  const ofYear = ofEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * ofYear + 2) / 153);
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfMonth: ofYear - Math.floor((153 * shifted + 2) / 5) + 1 };
}
