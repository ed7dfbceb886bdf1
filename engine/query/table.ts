/**
 * Tables as data: one description gives the DDL, the row type and the documentation, so the three cannot
 * drift apart. Times are BIGINT microseconds (as in frames), because DuckDB in the browser has no time
 * zones; money is DOUBLE US dollars at this edge only.
 */
export type SqlType = 'VARCHAR' | 'BIGINT' | 'INTEGER' | 'DOUBLE' | 'BOOLEAN';

export type Column = { readonly type: SqlType; readonly nullable: boolean; readonly about: string };

export type Table<Columns extends Readonly<Record<string, Column>> = Readonly<Record<string, Column>>> = {
  readonly name: string;
  readonly about: string;
  readonly columns: Columns;
};

type Value<Type extends SqlType> = Type extends 'VARCHAR' ? string : Type extends 'BOOLEAN' ? boolean : number;
type Cell<C extends Column> = C['nullable'] extends true ? Value<C['type']> | null : Value<C['type']>;

/** What one row of the table is in TypeScript. */
export type RowOf<T extends Table> = { readonly [Name in keyof T['columns']]: Cell<T['columns'][Name]> };

type Required<Type extends SqlType> = { readonly type: Type; readonly nullable: false; readonly about: string };
type Optional<Type extends SqlType> = { readonly type: Type; readonly nullable: true; readonly about: string };

const required = <Type extends SqlType>(type: Type) => (about: string): Required<Type> => ({ type, nullable: false, about });
const optional = <Type extends SqlType>(type: Type) => (about: string): Optional<Type> => ({ type, nullable: true, about });

export const text = required('VARCHAR');
export const bigint = required('BIGINT');
export const integer = required('INTEGER');
export const double = required('DOUBLE');
export const boolean = required('BOOLEAN');
export const textOrNull = optional('VARCHAR');
export const bigintOrNull = optional('BIGINT');
export const integerOrNull = optional('INTEGER');
export const doubleOrNull = optional('DOUBLE');
export const booleanOrNull = optional('BOOLEAN');

export const table = <Columns extends Readonly<Record<string, Column>>>(name: string, about: string, columns: Columns): Table<Columns> => ({ name, about, columns });

export function createTableSql({ name, columns }: Table): string {
  const lines = Object.entries(columns).map(([column, { type, nullable }]) => `  ${column} ${type}${nullable ? '' : ' NOT NULL'}`);
  return `CREATE TABLE IF NOT EXISTS ${name} (\n${lines.join(',\n')}\n)`;
}
