import { expect, test } from 'vitest';
import { captureTime } from './capture-time';

const AT_US = 1_795_267_205_250_000;
const SECOND_US = AT_US - 250_000;

test.each([
  ['1795267205.25', AT_US],
  ['1795267205', SECOND_US],
  ['1795267205250', AT_US],
  ['1795267205250000', AT_US],
  ['1795267205250000000', AT_US],
  ['# 1795267205.25', AT_US],
  ['@1795267205', SECOND_US],
  ['2026-11-21T13:20:05.25Z', AT_US],
  ['2026-11-21T14:20:05.25+01:00', AT_US],
  ['2026-11-21 13:20:05.250000000+00:00', AT_US],
  ['2026-11-21 13:20:05 UTC', SECOND_US],
  ['Sat Nov 21 13:20:05 UTC 2026', SECOND_US],
  ['Sat Nov 21 01:20:05 PM UTC 2026', SECOND_US],
  ['Sat 21 Nov 2026 01:20:05 PM GMT', SECOND_US],
  ['Sat Nov 21 18:50:05 +0530 2026', SECOND_US],
])('“%s” is that moment', (text, atUs) => {
  expect(captureTime(text)).toEqual({ atUs, zone: null });
});

test('midnight and noon of a clock of twelve hours are 0 and 12', () => {
  const hourOf = (text: string) => ((captureTime(text)?.atUs ?? 0) / 3_600e6) % 24;
  expect(hourOf('Sat Nov 21 12:00:00 AM UTC 2026')).toBe(0);
  expect(hourOf('Sat Nov 21 12:00:00 PM UTC 2026')).toBe(12);
});

test('a zone that is only an abbreviation is taken as UTC and told', () => {
  expect(captureTime('Sat Nov 21 13:20:05 CET 2026')).toEqual({ atUs: SECOND_US, zone: 'CET' });
  expect(captureTime('2026-11-21 13:20:05 CET')).toEqual({ atUs: SECOND_US, zone: 'CET' });
});

test.each(['17952672', '12345678901', 'Sat', 'Sat Nov 21', '13:20:05', 'Sat Nov 31 13:20:05 UTC 2026', 'Nov 21 13:20:05 web-1 kernel: oom', '2026-13-01T00:00:00Z', 'cpu0 1 2 3', '', '1795267205 5', '13:20:05 up 3 days, 2 users, load average: 0.1'])('“%s” is none', (text) => {
  expect(captureTime(text)).toBeNull();
});
