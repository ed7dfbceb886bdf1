import { expect, test } from 'vitest';
import { METRIC_NAME } from '../importers/exposition-line';
import { usedInFrames } from '../frames/series-role';
import { familyOf, guessedKind, guessedUnit, signalNamed, SIGNALS } from './catalogue';

test('a signal is listed once, under a legal name, with a meaning', () => {
  expect(new Set(SIGNALS.map(({ name }) => name)).size).toBe(SIGNALS.length);
  for (const { name, help } of SIGNALS) expect([METRIC_NAME.test(name), help.endsWith('.')]).toEqual([true, true]);
});

test('by Prometheus’ convention counters end in _total, apart from the kernel’s own names', () => {
  expect(SIGNALS.filter(({ name, kind }) => kind === 'counter' && !name.endsWith('_total')).map(({ name }) => name)).toEqual(['node_vmstat_oom_kill', 'container_memory_failcnt']);
  expect(SIGNALS.filter(({ name, kind }) => kind !== 'counter' && name.endsWith('_total'))).toEqual([]);
});

test('the unit in a name is the unit of the signal', () => {
  for (const { name, unit } of SIGNALS) if (guessedUnit(name) !== '') expect(`${name} ${unit}`).toBe(`${name} ${guessedUnit(name)}`);
});

test('every sample that ends in a frame is of a signal in the catalogue', () => {
  const samples = SIGNALS.flatMap(({ name, kind }) => (kind === 'histogram' ? [`${name}_bucket`, `${name}_sum`, `${name}_count`] : [name]));
  expect(samples.filter(usedInFrames)).toHaveLength(29);
});

test('samples of a histogram belong to its family, whether the catalogue or the text knows it', () => {
  expect(familyOf('http_request_duration_seconds_bucket')).toBe('http_request_duration_seconds');
  expect(familyOf('my_sizes_count')).toBe('my_sizes_count');
  expect(familyOf('my_sizes_count', (family) => family === 'my_sizes')).toBe('my_sizes');
  expect([guessedKind('x_total'), guessedKind('x'), signalNamed('x')]).toEqual(['counter', 'untyped', undefined]);
});
