/**
 * ISO 8601 / RFC 3339 instants ↔ microseconds since the Unix epoch, without Date. Days are counted with the
 * civil calendar of Howard Hinnant's days_from_civil (proleptic Gregorian, years 1970 to 2255 here).
 */
import { US_PER_SECOND } from '@/engine/kernel';

const ISO = /^(\d{4})-(\d{2})-(\d{2})(?:[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s?([Zz]|[+-]\d{2}(?::?\d{2})?)?)?$/;
const US_PER_DAY = 86_400 * US_PER_SECOND;

/** `2026-01-31`, `2026-01-31T10:00`, `2026-01-31 10:00:00.123456+02:00`; UTC where no zone is written. null when it is no instant. */
export function parseIsoTimeUs(text: string): number | null {
  const match = ISO.exec(text.trim());
  if (match === null) return null;
  const [year, month, day, hour, minute, second] = [1, 2, 3, 4, 5, 6].map((group) => Number(match[group] ?? 0));
  if (year! < 1970 || year! > 2254 || month! < 1 || month! > 12 || day! < 1 || day! > daysIn(year!, month!)) return null;
  if (hour! > 23 || minute! > 59 || second! > 60) return null; // 60: a leap second is the first of the next minute, as in POSIX
  const offsetMinutes = zoneMinutes(match[8]);
  if (offsetMinutes === null) return null;
  const fractionUs = Number((match[7] ?? '').padEnd(6, '0').slice(0, 6));
  return daysFromCivil(year!, month!, day!) * US_PER_DAY + ((hour! * 60 + minute! - offsetMinutes) * 60 + second!) * US_PER_SECOND + fractionUs;
}

/** RFC 3339 in UTC; fractions only where there are some. `atUs` from 0 to the year 2255. */
export function isoTime(atUs: number): string {
  const day = Math.floor(atUs / US_PER_DAY);
  const rest = Math.round(atUs - day * US_PER_DAY);
  const seconds = Math.floor(rest / US_PER_SECOND);
  const fraction = rest % US_PER_SECOND;
  const [year, month, date] = civilFromDays(day);
  const two = (n: number) => String(n).padStart(2, '0');
  const tail = fraction === 0 ? '' : `.${String(fraction).padStart(6, '0').replace(/0+$/, '')}`;
  return `${year}-${two(month)}-${two(date)}T${two(Math.floor(seconds / 3_600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}${tail}Z`;
}

function zoneMinutes(zone: string | undefined): number | null {
  if (zone === undefined || zone === 'Z' || zone === 'z') return 0;
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(3).replace(':', '') || 0);
  if (hours > 23 || minutes > 59) return null;
  return (zone[0] === '-' ? -1 : 1) * (hours * 60 + minutes);
}

const isLeap = (year: number) => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
const daysIn = (year: number, month: number) => (month === 2 ? (isLeap(year) ? 29 : 28) : month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31);

/** Days since 1970-01-01; years begin in March, so the leap day is the last of its year. */
function daysFromCivil(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468;
}

function civilFromDays(days: number): [year: number, month: number, day: number] {
  const z = days + 719_468;
  const era = Math.floor(z / 146_097);
  const dayOfEra = z - era * 146_097;
  const yearOfEra = Math.floor((dayOfEra - Math.floor(dayOfEra / 1_460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const m = Math.floor((5 * dayOfYear + 2) / 153);
  const month = m < 10 ? m + 3 : m - 9;
  return [yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - Math.floor((153 * m + 2) / 5) + 1];
}
