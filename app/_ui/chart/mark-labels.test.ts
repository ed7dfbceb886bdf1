import { expect, test } from 'vitest';
import { markLabels } from './mark-labels';

const area = { left: 56, right: 400, top: 8, bottom: 150 };
const scales = (limitY: number) => ({ x: (value: number) => 56 + value, y: () => limitY, area, unit: 'ms' });

test('a label stands at the top beside its line', () => {
  expect(markLabels([{ at: 10, label: 'kill node-a1' }], [], scales(100))).toEqual([{ mark: { at: 10, label: 'kill node-a1' }, px: 66, y: 17, anchor: 'start' }]);
});

test('a label goes below that of a limit which is in its way, and only then', () => {
  const limit = [{ label: 'objective 250 ms', value: 250 }];
  const lineOf = (at: number, limitY: number) => markLabels([{ at, label: 'Kill node-a1' }], limit, scales(limitY))[0]!.y;
  expect(lineOf(10, 24)).toBe(45);
  expect(lineOf(150, 24)).toBe(17);
  expect(lineOf(10, 120)).toBe(17);
  expect(lineOf(150, 15)).toBe(31); // the line itself would go through it
});

test('marks that are close to one another have their labels under one another', () => {
  const ys = markLabels([0, 5, 10].map((at) => ({ at, label: 'restart' })), [], scales(120)).map(({ y }) => y);
  expect(ys).toEqual([17, 31, 45]);
});

test('at the end of the plot a label stands left of its line', () => {
  expect(markLabels([{ at: 340, label: 'kill node-a1' }], [], scales(120))[0]!.anchor).toBe('end');
});

test('where there is no room at all it stays at the top', () => {
  const many = Array.from({ length: 40 }, (_, i) => ({ at: i % 3, label: 'restart' }));
  expect(markLabels(many, [], scales(120)).at(-1)!.y).toBe(17);
});
