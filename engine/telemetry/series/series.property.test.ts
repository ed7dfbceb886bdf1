import fc from 'fast-check';
import { expect, test } from 'vitest';
import { NO_SYSTEM_HINTS } from '../recording/manifest';
import { appendRow, builtColumns, columnsBuilder } from '../recording/columns';
import { droppedRows } from '../recording/import-issue';
import { sortColumns } from '../recording/sort-columns';
import { framesFromSeries } from '../frames/frames-from-series';
import { canonicalLabels, parseLabels } from './labels';
import { rate } from './rate';
import { seriesFromColumns } from './series';

const START_US = 1.7e15;
type Row = { at: number; signal: string; labels: string; value: number };
const rowArbitrary: fc.Arbitrary<Row> = fc.record({
  at: fc.oneof(fc.integer({ min: 0, max: 40 }).map((second) => START_US + second * 1e6), fc.constantFrom(NaN, -1, Infinity)),
  signal: fc.constantFrom('a', 'b_total', ''),
  labels: fc.constantFrom('', 'x="1"', 'y="2",x="1"', 'x="1",y="2"', 'broken'),
  value: fc.oneof(fc.double(), fc.integer()),
});
const rowsArbitrary = fc.array(rowArbitrary, { maxLength: 200 });

function columnsOf(rows: readonly Row[]) {
  const builder = columnsBuilder(1);
  for (const { at, signal, labels, value } of rows) appendRow(builder, at, signal, labels, value);
  return builtColumns(builder);
}
function imported(rows: readonly Row[]) {
  const result = seriesFromColumns(columnsOf(rows), 't');
  if (!result.ok) throw new Error('refused');
  return result.value;
}

test('every row is kept or dropped for a reason, and series come out sorted, once, in time order', () => {
  fc.assert(
    fc.property(rowsArbitrary, (rows) => {
      const { set, counts } = imported(rows);
      expect(counts.rows).toBe(rows.length);
      expect(counts.kept + droppedRows(counts)).toBe(rows.length);
      expect(set.series.reduce((sum, { atUs }) => sum + atUs.length, 0)).toBe(counts.kept);
      const keys = set.series.map(({ signal, labelsText }) => `${signal}\u0000${labelsText}`);
      expect(keys).toEqual([...new Set(keys)].sort());
      for (const { atUs, values } of set.series) {
        for (let i = 1; i < atUs.length; i += 1) expect(atUs[i]!).toBeGreaterThan(atUs[i - 1]!);
        expect(values.every((value) => Number.isFinite(value))).toBe(true);
      }
    }),
    { seed: 7, numRuns: 300 },
  );
});

test('sorting a table for writing changes no series', () => {
  fc.assert(
    fc.property(rowsArbitrary, (rows) => {
      const result = seriesFromColumns(sortColumns(columnsOf(rows)), 't');
      expect(result.ok && result.value.counts).toEqual(imported(rows).counts);
      expect(result.ok && result.value.set.series.map(({ atUs, values }) => [[...atUs], [...values]])).toEqual(imported(rows).set.series.map(({ atUs, values }) => [[...atUs], [...values]]));
    }),
    { seed: 8, numRuns: 200 },
  );
});

test('labels written canonically read back as they were, whatever their values hold', () => {
  const labels = fc.dictionary(fc.stringMatching(/^[a-zA-Z_][a-zA-Z0-9_]{0,8}$/), fc.string({ unit: 'binary' }).filter((value) => value !== ''), { noNullPrototype: false });
  fc.assert(
    fc.property(labels, (object) => {
      const text = canonicalLabels(Object.entries(object));
      const read = parseLabels(text);
      if (!read.ok) throw new Error(read.error);
      expect(new Map(read.value)).toEqual(new Map(Object.entries(object)));
      expect(canonicalLabels([...read.value].reverse())).toBe(text);
    }),
    { seed: 9, numRuns: 2_000 },
  );
});

const stepsArbitrary = fc.array(fc.record({ gap: fc.integer({ min: 1, max: 4 }), add: fc.integer({ min: 0, max: 1_000 }), restart: fc.boolean() }), { minLength: 1, maxLength: 60 });

test('frames add up: rate × window over all frames is what the counter counted, restarts and short gaps included', () => {
  fc.assert(
    fc.property(stepsArbitrary, (steps) => {
      let at = START_US;
      let value = 5;
      let counted = 0;
      const rows: Row[] = [{ at, signal: 'http_requests_total', labels: 'service="a"', value }];
      for (const { gap, add, restart } of steps) {
        at += gap * 1e6;
        const next = restart ? add : value + add;
        counted += next < value ? next : next - value;
        value = next;
        rows.push({ at, signal: 'http_requests_total', labels: 'service="a"', value });
      }
      const frames = framesFromSeries(imported(rows).set, { scrapeSeconds: 1, hints: NO_SYSTEM_HINTS });
      const summed = frames.reduce((sum, frame) => sum + ((frame.services[0]?.servedRps ?? 0) * frame.windowUs) / 1e6, 0);
      expect(summed).toBeCloseTo(counted, 6);
    }),
    { seed: 10, numRuns: 300 },
  );
});

test('the rate of an evenly growing counter is its slope, at any moment and over any range', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 5, max: 60 }), fc.integer({ min: 60, max: 100 }), (slope, range, end) => {
      const series = { atUs: Float64Array.from({ length: 101 }, (_, i) => i * 1e6), values: Float64Array.from({ length: 101 }, (_, i) => 1e6 + i * slope) };
      expect(rate(series, end * 1e6, range * 1e6)).toBeCloseTo(slope, 6);
    }),
    { seed: 11, numRuns: 500 },
  );
});
