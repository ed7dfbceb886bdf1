/**
 * A report is SQL text plus the description of its rows; the text is what the page shows and what runs.
 * Parameters are written `$name` in the text and put in as literals: a prepared statement is slower than a
 * plain one in DuckDB-wasm (1.6 against 0.7 ms) and would hide from the reader what really ran.
 */
import type { Column, RowOf } from './table';

export type SqlValue = string | number | boolean | null | readonly string[];
export type Parameter = { readonly initial: SqlValue; readonly about: string };

export type Report<
  Columns extends Readonly<Record<string, Column>> = Readonly<Record<string, Column>>,
  Parameters extends Readonly<Record<string, Parameter>> = Readonly<Record<string, Parameter>>,
> = {
  readonly id: string;
  readonly title: string;
  readonly question: string;
  readonly parameters: Parameters;
  readonly columns: Columns;
  readonly sql: string;
};

export type ReportRow<R extends Report> = RowOf<{ readonly name: string; readonly about: string; readonly columns: R['columns'] }>;
type Widened<V> = V extends readonly string[] ? readonly string[] : V extends string ? string : V extends number ? number : V extends boolean ? boolean : V;
/** Values for the parameters; the ones left out keep their initial value. */
export type ReportParameters<R extends Report> = { readonly [Name in keyof R['parameters']]?: Widened<R['parameters'][Name]['initial']> };

export const report = <const Columns extends Readonly<Record<string, Column>>, const Parameters extends Readonly<Record<string, Parameter>>>(
  made: Report<Columns, Parameters>,
): Report<Columns, Parameters> => made;

export type BindRefusal = { readonly code: 'unknown-parameter' | 'missing-parameter' | 'bad-value'; readonly parameter: string; readonly message: string };
