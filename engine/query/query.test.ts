import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bindSql, checkStatement, createTableSql, literalOf, reports, reportSql, runTable, tables } from '.';

describe('parameters', () => {
  test('a name in the text becomes a literal', () => expect(bindSql('a = $x AND b IN $list AND c = $none', { x: 1.5, list: ["it's", 'b'], none: null })).toEqual({ ok: true, value: "a = 1.5 AND b IN ('it''s', 'b') AND c = NULL" }));
  test('a name inside a string, a quoted name or a comment is text', () => {
    const sql = `'$x' "$x" -- $x\n/* $x */ $x`;
    expect(bindSql(sql, { x: 7 })).toEqual({ ok: true, value: `'$x' "$x" -- $x\n/* $x */ 7` });
  });
  test('a value that looks like a parameter is not replaced again', () => expect(bindSql('$a $b', { a: '$b', b: 1 })).toEqual({ ok: true, value: `'$b' 1` }));
  test('an empty list matches nothing', () => expect(literalOf([])).toBe('(NULL)'));
  test('missing, unknown and unspeakable values are refused by name', () => {
    expect(bindSql('$a', {})).toMatchObject({ ok: false, error: { code: 'missing-parameter', parameter: 'a' } });
    expect(bindSql('1', { a: 1 })).toMatchObject({ ok: false, error: { code: 'unknown-parameter', parameter: 'a' } });
    expect(bindSql('$a', { a: NaN })).toMatchObject({ ok: false, error: { code: 'bad-value', parameter: 'a' } });
    expect(bindSql('$a', { a: 'x\0y' })).toMatchObject({ ok: false, error: { code: 'bad-value' } });
  });
  test('no string can end its own literal', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }).filter((text) => !text.includes('\0')), (text) => {
        const literal = literalOf(text)!;
        return literal.startsWith("'") && literal.endsWith("'") && literal.slice(1, -1).replaceAll("''", '') === text.replaceAll("'", '') && (literal.slice(1, -1).match(/'/g) ?? []).length === 2 * (text.match(/'/g) ?? []).length;
      }),
      { seed: 20261121 },
    );
  });
});

describe('reports', () => {
  test.each(Object.values(reports))('$id runs with its initial values and uses every parameter it declares', (made) => {
    expect(reportSql(made, {})).toMatchObject({ ok: true });
    for (const name of Object.keys(made.parameters)) expect(made.sql).toContain(`$${name}`);
  });
  test('ids and keys agree', () => expect(Object.entries(reports).every(([key, made]) => key === made.id)).toBe(true));
});

describe('tables', () => {
  test('DDL has one line per column, NOT NULL where null has no meaning', () => {
    const ddl = createTableSql(runTable);
    expect(ddl).toContain('CREATE TABLE IF NOT EXISTS run (');
    expect(ddl).toContain('  run_id VARCHAR NOT NULL,');
    expect(ddl).toContain('  carbon_kg DOUBLE\n)');
  });
  test('keys and names agree', () => expect(Object.entries(tables).every(([key, { name }]) => key === name)).toBe(true));
});

describe('one reading statement', () => {
  test.each(['SELECT 1', '  (SELECT 1)', 'with a as (select 1) from a;', "FROM run -- ; DROP TABLE run", "SELECT $$ a;b $$", 'SELECT ";" FROM x;;  ', '/* ; */ SUMMARIZE run'])('passes: %s', (sql) => expect(checkStatement(sql).ok).toBe(true));
  test.each([
    ['', 'empty'],
    ['  ; -- x', 'empty'],
    ['SELECT 1; SELECT 2', 'several-statements'],
    ["SELECT ';'; DELETE FROM run", 'several-statements'],
    ['drop table run', 'not-read-only'],
    ['(DELETE FROM run)', 'not-read-only'],
    ['/* SELECT */ SET x = 1', 'not-read-only'],
    ['; SELECT 1', 'empty'],
  ])('does not pass: %s (%s)', (sql, code) => expect(checkStatement(sql)).toMatchObject({ ok: false, error: { code } }));
  test('any text gets an answer', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => typeof checkStatement(text).ok === 'boolean'), { seed: 20261121 });
  });
});
