import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isoTime, parseIsoTimeUs } from './iso-time';

const dateUs = (text: string) => Date.parse(text) * 1_000;

test('instants agree with the platform’s Date, from 1970 to 2254', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 8_988_000_000_000 }), (ms) => {
      const text = new Date(ms).toISOString();
      expect(parseIsoTimeUs(text)).toBe(ms * 1_000);
      expect(dateUs(isoTime(ms * 1_000))).toBe(ms * 1_000);
    }),
    { seed: 1, numRuns: 5_000 },
  );
});

test('zones, spaces, short forms and microseconds are read', () => {
  expect(parseIsoTimeUs('2024-02-29')).toBe(dateUs('2024-02-29T00:00:00Z'));
  expect(parseIsoTimeUs('2024-02-29 12:30')).toBe(dateUs('2024-02-29T12:30:00Z'));
  expect(parseIsoTimeUs('2024-02-29T12:30:01.123456+05:30')).toBe(dateUs('2024-02-29T12:30:01+05:30') + 123_456);
  expect(parseIsoTimeUs('2024-02-29t12:30:01,5-0800')).toBe(dateUs('2024-02-29T12:30:01-08:00') + 500_000);
  expect(parseIsoTimeUs('2016-12-31T23:59:60Z')).toBe(dateUs('2017-01-01T00:00:00Z'));
  expect(isoTime(1_700_000_000_250_000)).toBe('2023-11-14T22:13:20.25Z');
});

test.each(['', 'now', '2023-02-29', '2023-13-01', '2023-00-10', '1969-12-31', '2023-01-01T24:00', '2023-01-01T10:60', '2023-01-01T10:00+25:00', '20230101', '2023-1-1', '1700000000'])('“%s” is no instant', (text) => {
  expect(parseIsoTimeUs(text)).toBeNull();
});
