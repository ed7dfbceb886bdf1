import { expect, test } from 'vitest';
import { cluster } from '@/engine/twin';
import { LENSES } from './lens';
import { paintNodes, stepOf } from './paint-nodes';
import { Code, paletteOf } from './palette';

const { PictureNodeState: N } = cluster;
const states = Object.values(N);
const colourOf: Readonly<Record<string, string>> = { '--paper': '#000000', '--ink': '#ffffff', '--risk-3': '#ff0000' };

test('a node somebody must look at keeps its code under every lens, whatever its share', () => {
  const troubled = states.filter((state) => state !== N.ready);
  for (const lens of LENSES) expect([...paintNodes(lens, Uint8Array.from(troubled), new Float64Array(troubled.length).fill(0.5), null)]).toEqual(troubled.map((state) => Code.nodeBase + state));
});

test('a share that is not measured is not painted as 0', () => {
  const [measured, unmeasured] = paintNodes(LENSES[1]!, Uint8Array.from([N.ready, N.ready]), Float64Array.from([0, Number.NaN]), null);
  expect(measured).toBe(Code.steps);
  expect(unmeasured).not.toBe(measured);
});

test('a share lies in the last step it reaches', () => {
  for (const { steps } of LENSES) steps.forEach((step, i) => expect(stepOf(steps, step.from)).toBe(i));
  expect(stepOf(LENSES[0]!.steps, 7)).toBe(LENSES[0]!.steps.length - 1);
});

test('every code a node can have is in the palette, and steps leave room for what is lit', () => {
  for (const lens of LENSES) {
    const { css, rgb } = paletteOf(lens, (name) => colourOf[name] ?? '#808080');
    expect(Code.steps + lens.steps.length).toBeLessThanOrEqual(Code.lit);
    for (const base of [0, Code.lit, Code.dimmed]) for (const state of states) expect(css[Code.nodeBase + state + base]).toMatch(/^rgb\(/);
    expect(rgb.length).toBe(css.length * 3);
    expect(css[Code.nodeBase + N.notReady]).toBe('rgb(255 0 0)');
    expect(css[Code.nodeBase + N.notReady + Code.dimmed]).toBe('rgb(51 0 0)');
  }
});
