/** CSV → samples, by a mapping. A row, as counted, is one offered sample: a record of a long table, a value cell of a wide one. */
import { err, ok, type Result } from '@/engine/kernel';
import { appendRow, builtColumns, columnsBuilder, type ColumnsBuilder } from '../recording/columns';
import { addIssue, dropRow, issueList, keepRow, listedIssues, rowCounter, type DropReason, type ImportIssue, type IssueList, type RowCounter } from '../recording/import-issue';
import { parseIsoTimeUs } from '../recording/iso-time';
import { IMPORT_LIMITS, tooLarge } from '../recording/limits';
import { canonicalLabels, parseLabels } from '../series/labels';
import { guessCsvMapping, type CsvLong, type CsvMapping, type CsvTimeUnit } from './csv-mapping';
import { csvRecords, type CsvRecord } from './csv-records';
import { parseNumberText, valueFault } from './number-text';
import type { TableImport } from './table-import';

export type CsvImport = TableImport & { readonly mapping: CsvMapping };

type Taking = { readonly mapping: CsvMapping; readonly where: string; readonly builder: ColumnsBuilder; readonly counter: RowCounter; readonly issues: IssueList; readonly canonical: Map<string, string | null>; headerWidth: number };

/** Without a mapping the guessed one is used, and given back to be shown. */
export function importCsv(text: string, where: string, given?: CsvMapping): Result<CsvImport, ImportIssue[]> {
  if (text.trim() === '') return err([{ where, code: 'empty', what: 'the file is empty', next: 'Export with a header and at least one row.' }]);
  const guessed = given === undefined ? guessCsvMapping(text, where) : ok(given);
  if (!guessed.ok) return guessed;
  const mapping = guessed.value;
  const taking: Taking = { mapping, where, builder: columnsBuilder(), counter: rowCounter(), issues: issueList(), canonical: new Map(), headerWidth: Infinity };
  const { counter, issues } = taking;
  let skipHeader = mapping.header;
  for (const record of csvRecords(text, mapping.delimiter)) {
    if (skipHeader) {
      skipHeader = false;
      taking.headerWidth = record.fields.length;
      noteUnmapped(taking, record);
      continue;
    }
    takeRecord(taking, record);
    if (counter.rows > IMPORT_LIMITS.rowsMax) return err([tooLarge(where, 'rowsMax', counter.rows)]);
  }
  if (counter.kept === 0) return err([{ where, code: 'no-data', what: `no sample in it (${counter.rows} were dropped)`, next: 'Check the mapping: which column is the time, in which unit, and which are values?' }, ...listedIssues(issues)]);
  return ok({ columns: builtColumns(taking.builder), declared: new Map(), counts: counter, warnings: listedIssues(issues), mapping });
}

function takeRecord(taking: Taking, record: CsvRecord): void {
  const { shape, time } = taking.mapping;
  const samples = shape.kind === 'long' ? 1 : shape.values.length;
  if (record.broken) return dropRecord(taking, record, samples, 'malformed', 'a quote is not closed or is followed by text');
  if (record.fields.length > taking.headerWidth) return dropRecord(taking, record, samples, 'malformed', `has ${record.fields.length} fields, the header has ${taking.headerWidth}: an unquoted delimiter shifts the columns`);
  const cell = (record.fields[time.column] ?? '').trim();
  const atUs = csvTimeUs(cell, time.unit);
  if (atUs === null) return dropRecord(taking, record, samples, 'bad-time', `“${cell.slice(0, 40)}” is not a time in ${time.unit}`);
  if (shape.kind === 'long') return takeLong(taking, record, atUs, shape);
  for (const { column, signal, labelsText } of shape.values) takeValue(taking, record, atUs, signal, labelsText, column);
}

/** Columns that become nothing are said, not lost in silence. */
function noteUnmapped({ mapping, where, issues }: Taking, header: CsvRecord): void {
  const { shape, time } = mapping;
  const mapped = shape.kind === 'wide' ? shape.values.map(({ column }) => column) : [shape.value, shape.labelsText, 'column' in shape.signal ? shape.signal.column : null, ...shape.labels.map(({ column }) => column)];
  const left = header.fields.filter((name, column) => column !== time.column && !mapped.includes(column) && name.trim() !== '');
  if (left.length > 0) addIssue(issues, { where: `${where} line ${header.line}`, code: 'wrong-type', what: `columns without numbers are left out: ${left.slice(0, 8).join(', ').slice(0, 200)}${left.length > 8 ? ', …' : ''}`, next: 'Map them as labels if they name things.' });
}

function dropRecord(taking: Taking, record: CsvRecord, samples: number, reason: DropReason, what: string): void {
  for (let i = 0; i < samples; i += 1) dropRow(taking.counter, reason);
  addIssue(taking.issues, { where: `${taking.where} line ${record.line}`, code: 'not-parsable', what, next: 'Correct the line, or the mapping when all lines are so.' });
}

function takeLong(taking: Taking, record: CsvRecord, atUs: number, shape: CsvLong): void {
  const signal = 'name' in shape.signal ? shape.signal.name : (record.fields[shape.signal.column] ?? '').trim();
  if (signal === '') return dropRecord(taking, record, 1, 'malformed', 'no signal name');
  const labelsText = labelsOf(taking, record, shape);
  if (labelsText === null) return dropRecord(taking, record, 1, 'bad-labels', 'labels are not name="value" pairs');
  takeValue(taking, record, atUs, signal, labelsText, shape.value);
}

function labelsOf(taking: Taking, record: CsvRecord, shape: CsvLong): string | null {
  const written = shape.labelsText === null ? '' : (record.fields[shape.labelsText] ?? '').trim();
  const key = shape.labels.reduce((text, { column }) => `${text}\u0000${record.fields[column] ?? ''}`, written);
  const known = taking.canonical.get(key);
  if (known !== undefined) return known;
  const parsed = parseLabels(written.replace(/^\{(.*)\}$/, '$1'));
  const own = shape.labels.map(({ column, name }): [string, string] => [name, (record.fields[column] ?? '').trim()]);
  const canonical = parsed.ok ? canonicalLabels(new Map([...parsed.value, ...own])) : null;
  if (taking.canonical.size < IMPORT_LIMITS.seriesMax) taking.canonical.set(key, canonical);
  return canonical;
}

function takeValue(taking: Taking, record: CsvRecord, atUs: number, signal: string, labelsText: string, column: number): void {
  const cell = (record.fields[column] ?? '').trim();
  if (cell === '') return dropRow(taking.counter, 'no-value');
  const value = parseNumberText(taking.mapping.decimalComma ? cell.replace(',', '.') : cell);
  const fault = valueFault(value);
  if (value === null || fault !== null) {
    if (fault === 'malformed') addIssue(taking.issues, { where: `${taking.where} line ${record.line}, column ${column + 1}`, code: 'not-parsable', what: `“${cell.slice(0, 40)}” is not a number`, next: 'Leave the cell empty where nothing was measured.' });
    return dropRow(taking.counter, fault ?? 'malformed');
  }
  appendRow(taking.builder, atUs, signal, labelsText, value);
  keepRow(taking.counter);
}

const US_PER_UNIT = { s: 1_000_000, ms: 1_000, us: 1, ns: 0.001 } as const;

export function csvTimeUs(cell: string, unit: CsvTimeUnit): number | null {
  if (unit === 'iso') return parseIsoTimeUs(cell);
  const time = parseNumberText(cell);
  if (time === null || !Number.isFinite(time) || time < 0) return null;
  return Math.round(time * US_PER_UNIT[unit]);
}
