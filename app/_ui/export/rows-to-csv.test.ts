import { expect, test } from 'vitest';
import { rowsToCsv } from './rows-to-csv';

test('commas, quotes and line breaks are quoted', () => {
  expect(rowsToCsv(['a', 'b,c'], [['say "x"', 'two\nlines']])).toBe('a,"b,c"\r\n"say ""x""","two\nlines"\r\n');
});

test('what was not measured is empty and numbers keep their digits', () => {
  expect(rowsToCsv(['v'], [[null], [0.1], [-2]])).toBe('v\r\n\r\n0.1\r\n-2\r\n');
});

test('text that looks like a formula is not run by a spreadsheet', () => {
  expect(rowsToCsv(['v'], [['=HYPERLINK("x")']])).toBe('v\r\n"\'=HYPERLINK(""x"")"\r\n');
});
