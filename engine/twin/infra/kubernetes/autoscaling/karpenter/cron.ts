/** Five-field cron expressions in UTC (lists, ranges, steps, @hourly … @yearly), on minutes since the epoch. */
export type Cron = { readonly minutes: ReadonlySet<number>; readonly hours: ReadonlySet<number>; readonly days: ReadonlySet<number>; readonly months: ReadonlySet<number>; readonly weekdays: ReadonlySet<number>; readonly anyDay: boolean; readonly anyWeekday: boolean };

const SHORTHANDS: Readonly<Record<string, string>> = { '@hourly': '0 * * * *', '@daily': '0 0 * * *', '@midnight': '0 0 * * *', '@weekly': '0 0 * * 0', '@monthly': '0 0 1 * *', '@yearly': '0 0 1 1 *', '@annually': '0 0 1 1 *' };
const FIELD = /^(\*|\d{1,2}(?:-\d{1,2})?)(?:\/(\d{1,2}))?$/;

/** Null when it is not one. */
export function parseCron(text: string): Cron | null {
  const fields = (Object.hasOwn(SHORTHANDS, text) ? SHORTHANDS[text]! : text.trim()).split(/\s+/);
  if (fields.length !== 5) return null;
  const [minutes, hours, days, months, weekdays] = [fieldSet(fields[0]!, 0, 59), fieldSet(fields[1]!, 0, 23), fieldSet(fields[2]!, 1, 31), fieldSet(fields[3]!, 1, 12), fieldSet(fields[4]!, 0, 7)];
  if (!minutes || !hours || !days || !months || !weekdays) return null;
  if (weekdays.has(7)) weekdays.add(0);
  return { minutes, hours, days, months, weekdays, anyDay: fields[2] === '*', anyWeekday: fields[4] === '*' };
}

function fieldSet(text: string, min: number, max: number): Set<number> | null {
  const values = new Set<number>();
  for (const part of text.split(',')) {
    const match = FIELD.exec(part);
    if (match === null) return null;
    const [, range, stepText] = match;
    const [from, to] = range === '*' ? [min, max] : range!.split('-').map(Number);
    const step = stepText === undefined ? 1 : Number(stepText);
    const last = to ?? (stepText === undefined ? from! : max);
    if (from! < min || last > max || from! > last || step < 1) return null;
    for (let value = from!; value <= last; value += step) values.add(value);
  }
  return values;
}

/** Day and weekday are OR-ed when both are restricted, as cron does. */
export function cronMatches({ minutes, hours, days, months, weekdays, anyDay, anyWeekday }: Cron, epochMinute: number): boolean {
  const epochDay = Math.floor(epochMinute / 1_440);
  const ofDay = epochMinute - epochDay * 1_440;
  if (!minutes.has(ofDay % 60) || !hours.has(Math.floor(ofDay / 60))) return false;
  const { month, day } = civilDate(epochDay);
  const weekday = (((epochDay + 4) % 7) + 7) % 7; // 1970-01-01 was a Thursday
  if (!months.has(month)) return false;
  if (anyDay || anyWeekday) return days.has(day) && weekdays.has(weekday);
  return days.has(day) || weekdays.has(weekday);
}

/** Month and day of the Gregorian calendar from days since 1970-01-01, by the 400-year cycle that starts in March. */
export function civilDate(epochDay: number): { readonly month: number; readonly day: number } {
  const shifted = epochDay + 719_468;
  const ofEra = shifted - Math.floor(shifted / 146_097) * 146_097;
  const yearOfEra = Math.floor((ofEra - Math.floor(ofEra / 1_460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) / 365);
  const ofYear = ofEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * ofYear + 2) / 153);
  return { month: marchMonth < 10 ? marchMonth + 3 : marchMonth - 9, day: ofYear - Math.floor((153 * marchMonth + 2) / 5) + 1 };
}
