/** docs/reference/queries.md, made from the tables and reports themselves; a test fails when the two drift apart. */
import { reports, tables, type Column, type Report, type Table } from '@/engine/query';

const CELL = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

const columnRows = (columns: Readonly<Record<string, Column>>) => Object.entries(columns).map(([name, { type, nullable, about }]) => `| \`${name}\` | ${type}${nullable ? ', may be null' : ''} | ${CELL(about)} |`);

const tableSection = ({ name, about, columns }: Table) => [`### ${name}`, '', about, '', '| column | type | meaning |', '|---|---|---|', ...columnRows(columns), ''];

function reportSection({ id, title, question, parameters, columns, sql }: Report): string[] {
  const asked = Object.entries(parameters).map(([name, { initial, about }]) => `- \`$${name}\` (${JSON.stringify(initial)}): ${about}`);
  return [`### ${title}`, '', `\`${id}\` — ${question}`, '', ...(asked.length === 0 ? [] : [...asked, '']), '| column | type | meaning |', '|---|---|---|', ...columnRows(columns), '', '```sql', sql.trim(), '```', ''];
}

export function queryReference(): string {
  return [
    '# Tables and reports',
    '',
    'Written by `node --import tsx scripts/write-reference.ts` from `engine/query`; do not edit by hand.',
    '',
    'Every page fills the same tables in the DuckDB that runs in the browser, and every report is SQL over them. Times are',
    'BIGINT microseconds: since the start of the run for simulated runs, since the Unix epoch for recorded and live ones.',
    'Null means “not measured”, never 0. Typed SQL may be one reading statement; files, network and settings are closed to it.',
    '',
    '## Tables',
    '',
    ...Object.values(tables).flatMap(tableSection),
    '## Reports',
    '',
    'A report’s `$name` is replaced by a literal before it runs, so the SQL shown on the page is the SQL that ran.',
    '',
    ...Object.values(reports).flatMap(reportSection),
  ].join('\n');
}
