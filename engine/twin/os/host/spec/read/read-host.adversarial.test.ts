import { expect, test } from 'vitest';
import { parseHost } from './read-host';

const GOOD = { name: 'h', cpus: 2, memoryMib: 512, groups: [{ name: 'g', quotaMs: 50 }], programs: [{ name: 'p', group: 'g', load: { kind: 'busy', threads: 1 }, memoryMib: 10 }] };

test('a good host is read as it was written', () => {
  const read = parseHost(GOOD);
  expect(read.ok && JSON.parse(JSON.stringify(read.value))).toEqual(GOOD);
});

const wrong: readonly (readonly [string, unknown, string])[] = [
  ['nothing', undefined, ''],
  ['a list', [], 'cpus'],
  ['no program', { ...GOOD, programs: [] }, 'programs'],
  ['no such group', { ...GOOD, programs: [{ ...GOOD.programs[0], group: 'x' }] }, 'programs[0].group'],
  ['a parent that comes later', { ...GOOD, groups: [{ name: 'g', parent: 'h' }, { name: 'h' }] }, 'groups[0].parent'],
  ['two groups of one name', { ...GOOD, groups: [{ name: 'g' }, { name: 'g' }] }, 'groups'],
  ['a CPU that is not there', { ...GOOD, groups: [{ name: 'g', cpus: [2] }] }, 'groups[0].cpus[0]'],
  ['a burst above the quota', { ...GOOD, groups: [{ name: 'g', quotaMs: 10, burstMs: 20 }] }, 'groups[0].burstMs'],
  ['half a CPU', { ...GOOD, cpus: 1.5 }, 'cpus'],
  ['a misspelt key', { ...GOOD, memory: 1 }, 'memory'],
  ['an unknown load', { ...GOOD, programs: [{ ...GOOD.programs[0], load: { kind: 'magic' } }] }, 'programs[0].load.kind'],
  ['not a number', { ...GOOD, memoryMib: NaN }, 'memoryMib'],
  ['__proto__', JSON.parse('{"__proto__": 1, "name": "h"}'), '__proto__'],
];

test.each(wrong)('%s is refused with a path', (_, value, path) => {
  const read = parseHost(value);
  expect(read.ok).toBe(false);
  if (!read.ok) expect(read.error.map((issue) => issue.path)).toContain(path);
});
