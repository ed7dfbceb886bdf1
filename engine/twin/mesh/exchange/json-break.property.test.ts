import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonBreak } from './json-break';

const isJson = (text: string) => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

describe('where JSON breaks', () => {
  it('is behind the end of whatever is JSON', () => {
    fc.assert(fc.property(fc.json(), (text) => {
      expect(jsonBreak(`${text}\n`)).toMatchObject({ atEnd: true, line: text.split('\n').length + 1, column: 1 });
    }), { seed: 5, numRuns: 300 });
  });

  it('is the end of a text that was cut off', () => {
    fc.assert(
      fc.property(fc.object(), fc.double({ min: 0, max: 1, noNaN: true }), (value, share) => {
        const text = JSON.stringify({ routers: [value], links: [] }, null, 1);
        const cut = text.slice(0, 1 + Math.floor(share * (text.length - 2)));
        const { line, atEnd } = jsonBreak(cut);
        expect([atEnd, line]).toEqual([true, cut.trimEnd().split('\n').length === line ? line : cut.split('\n').length]);
      }),
      { seed: 6, numRuns: 300 },
    );
  });

  it('is found in every text that JSON.parse refuses, and never beyond it', () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(), fc.constantFrom(',', '}', ']', '"', ':', 'x', '', '\\'), (json, place, put) => {
        const at = place % (json.length + 1);
        const text = `${json.slice(0, at)}${put}${json.slice(at + 1)}`;
        const { line, column } = jsonBreak(text);
        const lines = text.split('\n');
        expect(line).toBeLessThanOrEqual(lines.length);
        expect(column).toBeLessThanOrEqual(lines[line - 1]!.length + 1);
        const broke = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0) + column - 1;
        expect(text.slice(broke).trim() === '' && isJson(text)).toBe(isJson(text));
      }),
      { seed: 7, numRuns: 500 },
    );
  });

  it.each([
    ['{"a": 1,\n "b" 2}', { line: 2, column: 6, atEnd: false }],
    ['{"a": [1, 2', { line: 1, column: 12, atEnd: true }],
    ['{"a": "cut of', { line: 1, column: 7, atEnd: true }],
    ['{"a": tru', { line: 1, column: 7, atEnd: true }],
    ['{"a": 01}', { line: 1, column: 7, atEnd: false }],
    ['{"a": 1,}', { line: 1, column: 9, atEnd: false }],
    ['[1] 2', { line: 1, column: 5, atEnd: false }],
    ['', { line: 1, column: 1, atEnd: true }],
  ])('of %j is %j', (text, place) => {
    expect(jsonBreak(text)).toEqual(place);
  });
});
