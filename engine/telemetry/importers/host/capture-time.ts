/**
 * When something was captured: seconds (or whole ms, µs, ns) since 1970, ISO 8601, or what `date` prints. A zone that is only
 * an abbreviation does not say how far from UTC it is: the time is then taken as UTC, and the zone told with it.
 */
import { parseIsoTimeUs } from '../../recording/iso-time';

export type CaptureTime = { readonly atUs: number; /** Not known how far from UTC; null where it is. */ readonly zone: string | null };

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
/** µs of what a whole number of so many digits counts: `date +%s%3N`, `%s%6N`, `%s%N`. */
const US_BY_DIGITS: Readonly<Record<number, number>> = { 13: 1_000, 16: 1, 19: 1e-3 };

/** Of a line that is nothing but a time, perhaps after # or @; null for any other. */
export function captureTime(line: string): CaptureTime | null {
  const text = line.replace(/^[#@]\s*/, '').trim();
  if (/^\d{10}(\.\d{1,9})?$/.test(text)) return { atUs: Math.round(Number(text) * 1e6), zone: null };
  const factor = /^\d+$/.test(text) ? US_BY_DIGITS[text.length] : undefined;
  if (factor !== undefined) return { atUs: Math.round(Number(text) * factor), zone: null };
  return /^\d{4}-\d\d-\d\d[T ]\d\d:/.test(text) ? isoTime(text) : dateTime(text);
}

function isoTime(text: string): CaptureTime | null {
  const abbreviation = /\s([A-Za-z]{2,5})$/.exec(text)?.[1];
  if (abbreviation === undefined) {
    const atUs = parseIsoTimeUs(text);
    return atUs === null ? null : { atUs, zone: null };
  }
  return zoned(text.slice(0, -abbreviation.length).trim(), abbreviation);
}

function zoned(local: string, abbreviation: string): CaptureTime | null {
  const isUtc = /^(?:UTC|GMT|Z)$/i.test(abbreviation);
  const atUs = parseIsoTimeUs(`${local}Z`);
  return atUs === null ? null : { atUs, zone: isUtc ? null : abbreviation };
}

/** `Sat Nov 21 13:15:34 UTC 2026` and the orders of other locales in English; every word of it must be one of a date. */
function dateTime(text: string): CaptureTime | null {
  if (text.length > 60 || !/\d:\d\d:\d\d/.test(text)) return null;
  const found = { month: '', day: '', clock: '', half: '', zone: '', year: '' };
  const words = text.split(/[\s,]+/);
  if (words.length < 5 || words.length > 7) return null;
  for (const word of words) {
    const part = partOf(word);
    if (part === null) return null;
    if (part === 'weekday') continue;
    if (found[part] !== '') return null;
    found[part] = word;
  }
  const { month, day, clock, half, zone, year } = found;
  if (month === '' || day === '' || clock === '' || year === '') return null;
  const two = (n: number) => String(n).padStart(2, '0');
  const [hour, ...rest] = clock.split(':');
  const hours = half === '' ? Number(hour) : (Number(hour) % 12) + (half.toUpperCase() === 'PM' ? 12 : 0);
  const local = `${year}-${two(MONTHS.indexOf(month) + 1)}-${two(Number(day))}T${two(hours)}:${rest.join(':')}`;
  if (!/^[+-]/.test(zone)) return zoned(local, zone === '' ? 'local time' : zone);
  const atUs = parseIsoTimeUs(`${local}${zone}`);
  return atUs === null ? null : { atUs, zone: null };
}

function partOf(word: string): 'weekday' | 'month' | 'day' | 'clock' | 'half' | 'zone' | 'year' | null {
  if (/^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)$/.test(word)) return 'weekday';
  if (MONTHS.includes(word)) return 'month';
  if (/^\d{1,2}$/.test(word)) return 'day';
  if (/^\d{1,2}:\d\d:\d\d$/.test(word)) return 'clock';
  if (/^[AP]M$/i.test(word)) return 'half';
  if (/^\d{4}$/.test(word)) return 'year';
  return /^(?:[A-Z]{2,5}|[+-]\d\d(?::?\d\d)?)$/.test(word) ? 'zone' : null;
}
