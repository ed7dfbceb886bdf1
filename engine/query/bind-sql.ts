/**
 * Puts parameter values into SQL text as literals. A `$name` inside a string, a quoted name or a comment is
 * text, not a parameter; DuckDB strings know one escape ('' for '), so quoting cannot be broken out of.
 */
import { err, ok, type Result } from '@/engine/kernel';
import type { BindRefusal, Report, SqlValue } from './report';

const TOKEN = /'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\/\*[\s\S]*?\*\/|\$([A-Za-z_]\w*)/g;

/** The text with every parameter replaced; refuses names that the text does not use and values SQL cannot say. */
export function bindSql(sql: string, values: Readonly<Record<string, SqlValue>>): Result<string, BindRefusal> {
  const used = new Set<string>();
  let refusal: BindRefusal | null = null;
  const bound = sql.replace(TOKEN, (token: string, name: string | undefined) => {
    if (name === undefined) return token;
    used.add(name);
    const value = values[name];
    const literal = value === undefined ? null : literalOf(value);
    if (literal !== null) return literal;
    refusal ??= value === undefined ? missing(name) : badValue(name, value);
    return token;
  });
  if (refusal !== null) return err(refusal);
  const extra = Object.keys(values).find((name) => !used.has(name));
  if (extra !== undefined) return err({ code: 'unknown-parameter', parameter: extra, message: `the SQL has no parameter $${extra}` });
  return ok(bound);
}

/** The text of a report with its parameters; those not given keep their initial value. */
export function reportSql(made: Report, given: Readonly<Record<string, SqlValue | undefined>>): Result<string, BindRefusal> {
  const values: Record<string, SqlValue> = {};
  for (const [name, { initial }] of Object.entries(made.parameters)) values[name] = given[name] ?? initial;
  const extra = Object.keys(given).find((name) => !(name in made.parameters));
  if (extra !== undefined) return err({ code: 'unknown-parameter', parameter: extra, message: `report ${made.id} has no parameter ${extra}` });
  return bindSql(made.sql, values);
}

/** SQL literal of a value; null when there is none (NaN, ±∞, a NUL character). */
export function literalOf(value: SqlValue): string | null {
  if (value === null) return 'NULL';
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : null;
  if (typeof value === 'string') return value.includes('\0') ? null : `'${value.replaceAll("'", "''")}'`;
  if (value.length === 0) return '(NULL)';
  const items = value.map(literalOf);
  return items.includes(null) ? null : `(${items.join(', ')})`;
}

const missing = (parameter: string): BindRefusal => ({ code: 'missing-parameter', parameter, message: `no value for $${parameter}` });
const badValue = (parameter: string, value: SqlValue): BindRefusal => ({ code: 'bad-value', parameter, message: `SQL has no literal for ${String(value)} ($${parameter})` });
