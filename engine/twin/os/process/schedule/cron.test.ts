import { expect, test } from 'vitest';
import { civilDate, nextRun, parseCron, type Cron } from './cron';

const HOUR = 3_600e6;
const DAY = 24 * HOUR;
const D_2026_11_21 = 20_778 * DAY; // a Saturday
const cron = (text: string): Cron => {
  const parsed = parseCron(text);
  if (!parsed.ok) throw new Error(`${text}: ${parsed.error.field}`);
  return parsed.value;
};
const next = (text: string, after = D_2026_11_21) => {
  const at = nextRun(cron(text), after);
  if (at === null) return null;
  const { year, month, dayOfMonth } = civilDate(Math.floor(at / DAY));
  return `${year}-${month}-${dayOfMonth} ${(at % DAY) / HOUR}`;
};

test.each([
  ['30 2 * * *', '2026-11-21 2.5'], ['*/20 * * * *', '2026-11-21 0.3333333333333333'], ['0 0 * * *', '2026-11-22 0'], ['0 9 * * mon-fri', '2026-11-23 9'], ['0 0 1 1 *', '2027-1-1 0'],
  ['0 12 29 feb *', '2028-2-29 12'], ['0 0 13 * fri', '2026-11-27 0'], ['@weekly', '2026-11-22 0'], ['15 6 * * 7', '2026-11-22 6.25'], ['0 0 30 2 *', null],
])('%s runs next at %s', (text, at) => expect(next(text)).toBe(at));

test.each(['* * * *', '60 * * * *', '* 24 * * *', '* * 0 * *', '*/0 * * * *', '5-1 * * * *', 'a * * * *', '* * * 13 *', '', '1,,2 * * * *'])('"%s" is refused', (text) => expect(parseCron(text).ok).toBe(false));
