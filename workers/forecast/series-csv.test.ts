import { describe, expect, test } from 'vitest';
import { forecastCsvHeader, forecastCsvRows, parseSeriesCsv } from './series-csv';

const read = (csv: string) => {
  const parsed = parseSeriesCsv(csv);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
  return parsed.value;
};

describe('series from CSV', () => {
  test('rows may come in any order and columns too; several series keep their order of appearance', () => {
    expect(read('value,step,series\n2,1,b\n1,0,b\n9,0,a\n').series).toEqual([{ name: 'b', values: [1, 2] }, { name: 'a', values: [9] }]);
  });
  test('missing steps and empty values are gaps', () => {
    expect(read('series,step,value\na,0,1\na,1,\na,3,NA\na,4,5\n')).toMatchObject({ series: [{ values: [1, null, null, null, 5] }], emptyValues: 2 });
  });
  test('a step of 60 is one step', () => expect(read('series,step,value\na,0,1\na,60,2\na,180,3').series[0]!.values).toEqual([1, 2, null, 3]));
  test('a repeated step is counted and the last one wins', () => expect(read('series,step,value\na,0,1\na,0,2')).toMatchObject({ series: [{ values: [2] }], duplicates: 1 }));
  test('quoted names and Windows line ends are read', () => expect(read('series,step,value\r\n"a, ""b""",0,1\r\n').series[0]!.name).toBe('a, "b"'));
  test('every bad line is named; beyond ten they are counted', () => {
    expect(parseSeriesCsv('series,step,value\na,x,1\na,1,abc')).toEqual({ ok: false, error: [{ line: 2, message: 'the step is "x", not a whole number' }, { line: 3, message: 'the value is "abc", not a number' }] });
    const many = parseSeriesCsv(`series,step,value\n${'a,x,1\n'.repeat(30)}`);
    expect(!many.ok && many.error[10]!.message).toBe('and 20 more');
  });
  test('a wrong header, an empty file and a file of a header say so', () => {
    for (const csv of ['', 'a,b\n1,2', 'series,step,value\n']) expect(parseSeriesCsv(csv)).toMatchObject({ ok: false, error: [{ line: 1 }] });
  });
  test('steps far apart are refused instead of filling the memory', () => {
    expect(parseSeriesCsv('series,step,value\na,0,1\na,9007199254740991,2\na,1,1')).toMatchObject({ ok: false });
  });
});

describe('forecast to CSV', () => {
  test('one column pair per level, empty where no bound is known', () => {
    expect(forecastCsvHeader([0.8, 0.95, 0.999])).toBe('series,h,mean,lo80,hi80,lo95,hi95,lo99.9,hi99.9\n');
    expect(forecastCsvRows('a,b', { model: 'naive', mean: [1.5], bands: [{ level: 0.8, basis: 'none', lower: [null], upper: [2] }] })).toBe('"a,b",1,1.5,,2\n');
  });
});
