import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { colourBlindDistance, contrastRatio, parseThemes } from './contrast';

const themes = parseThemes(readFileSync(new URL('./tokens.css', import.meta.url), 'utf8'));
const grounds = ['paper', 'sheet', 'well'];
const numbered = (name: string, from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => `${name}-${from + i}`);

for (const [name, tokens] of themes) {
  const token = (key: string) => {
    const value = tokens.get(key);
    if (value === undefined) throw new Error(`${name} has no --${key}`);
    return value;
  };

  test(`${name}: text reads at 4.5:1 or better on every ground`, () => {
    const texts = ['ink', 'ink-2', 'ink-3', 'good', 'bad', 'mode-sim', 'mode-replay', 'mode-dry-run', 'mode-live', ...numbered('series', 1, 6)];
    const poor = texts.flatMap((text) => grounds.map((ground) => ({ text, ground, ratio: contrastRatio(token(text), token(ground)) }))).filter((pair) => pair.ratio < 4.5);
    expect(poor).toEqual([]);
  });

  test(`${name}: marks and field borders stand out at 3:1 or better on every ground`, () => {
    const marks = ['line-strong', ...numbered('risk', 0, 4)];
    const poor = marks.flatMap((mark) => grounds.map((ground) => ({ mark, ground, ratio: contrastRatio(token(mark), token(ground)) }))).filter((pair) => pair.ratio < 3);
    expect(poor).toEqual([]);
  });

  test(`${name}: text on a mode accent or on a high risk reads at 4.5:1 or better`, () => {
    for (const mode of ['sim', 'replay', 'dry-run', 'live']) expect(contrastRatio(token('on-mode'), token(`mode-${mode}`))).toBeGreaterThanOrEqual(4.5);
    for (const level of numbered('risk', 2, 4)) expect(contrastRatio(token('on-risk'), token(level))).toBeGreaterThanOrEqual(4.5);
  });

  test(`${name}: neighbouring risks stay apart for protanopes, deuteranopes and tritanopes`, () => {
    for (let level = 0; level < 4; level += 1) {
      expect(colourBlindDistance(token(`risk-${level}`), token(`risk-${level + 1}`)), `risk ${level} and ${level + 1}`).toBeGreaterThan(8);
    }
  });
}

test('both themes define the same tokens', () => {
  const [light, dark] = [...themes.values()];
  expect([...dark!.keys()].sort()).toEqual([...light!.keys()].sort());
});

test('a ratio of 21 to 1 is black on white', () => {
  expect(contrastRatio('#000000', '#ffffff')).toBeCloseTo(21, 6);
});
