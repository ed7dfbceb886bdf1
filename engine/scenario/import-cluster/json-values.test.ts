import { expect, test } from 'vitest';
import { jsonValues } from './json-values';

test('one value, one per line, and one after another are all read', () => {
  expect(jsonValues(' {"a":[1,{"b":"}{\\"]["}]} ').values).toEqual([{ a: [1, { b: '}{"][' }] }]);
  expect(jsonValues('{"a":1}\n{"a":2}\n')).toEqual({ values: [{ a: 1 }, { a: 2 }], damaged: [] });
  expect(jsonValues('{\n "a": 1\n}\n{\n "a": 2\n}[3]').values).toEqual([{ a: 1 }, { a: 2 }, [3]]);
});

test('a damaged value is told by its line, those around it are read, and its text is not repeated', () => {
  expect(jsonValues('{"a":1}\n{"a":secret}\n{"a":3}')).toEqual({ values: [{ a: 1 }, { a: 3 }], damaged: [{ line: 2, what: 'not JSON' }] });
  expect(jsonValues('{"a":1}\n{"a":[\n{"a":3}\n')).toEqual({ values: [{ a: 1 }, { a: 3 }], damaged: [{ line: 2, what: 'not JSON' }] });
  expect(jsonValues('{"a":1}\n{\n"a":[')).toEqual({ values: [{ a: 1 }], damaged: [{ line: 2, what: 'cut short: its brackets do not close' }] });
  expect(jsonValues('')).toEqual({ values: [], damaged: [] });
});
