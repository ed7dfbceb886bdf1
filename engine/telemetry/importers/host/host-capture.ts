/**
 * A host's own files and tools → samples. Values without a time get the time of the import; a value that comes
 * again without a new time is taken for the next second, because that is how `docker stats` and
 * `systemd-cgtop` print. Every line is read, or dropped and counted.
 */
import { err, ok, US_PER_SECOND, type Result } from '@/engine/kernel';
import { appendRow, builtColumns, columnsBuilder, type ColumnsBuilder } from '../../recording/columns';
import { addIssue, dropRow, issueList, keepRow, listedIssues, rowCounter, type ImportIssue, type IssueList, type RowCounter } from '../../recording/import-issue';
import { IMPORT_LIMITS, tooLarge } from '../../recording/limits';
import { canonicalLabels } from '../../series/labels';
import type { TableImport } from '../table-import';
import { captureLines, type CaptureLine } from './capture-lines';
import type { HostReading } from './host-reading';

export type HostCaptureOptions = { /** Name of the input. */ readonly where: string; /** For values before the first time in the text, µs since the Unix epoch. */ readonly atUs: number };

type Capture = {
  readonly builder: ColumnsBuilder;
  readonly counter: RowCounter;
  readonly issues: IssueList;
  readonly where: string;
  atUs: number;
  host: string;
  readonly atThisTime: Set<string>;
  /** Usage and inactive page cache per cgroup at this time: the working set is their difference. */
  readonly usage: Map<string, { used?: number; inactive?: number }>;
  guessedTimes: number;
};

const fileBase = (where: string) => where.replace(/^.*[/\\]/, '').replace(/(\.[a-z0-9]{1,8}){1,2}$/i, '');

export function importHostCapture(text: string, { where, atUs }: HostCaptureOptions): Result<TableImport, ImportIssue[]> {
  const capture: Capture = { builder: columnsBuilder(), counter: rowCounter(), issues: issueList(), where, atUs, host: fileBase(where) || 'host', atThisTime: new Set(), usage: new Map(), guessedTimes: 0 };
  for (const line of captureLines(text, where)) {
    takeLine(capture, line);
    if (capture.counter.rows > IMPORT_LIMITS.rowsMax) return err([tooLarge(where, 'rowsMax', capture.counter.rows)]);
  }
  const { counter, issues, builder } = capture;
  if (counter.kept === 0) return err([{ where, code: 'no-data', what: `no value in it (${counter.rows} lines were dropped)`, next: 'Capture files so that their names are in the text: head -v -n -0 /proc/stat /proc/meminfo /proc/pressure/*' }, ...listedIssues(issues)]);
  return ok({ columns: builtColumns(builder), declared: new Map(), counts: counter, warnings: [...timeWarnings(capture), ...listedIssues(issues)] });
}

function timeWarnings({ guessedTimes, where }: Capture): ImportIssue[] {
  if (guessedTimes === 0) return [];
  return [{ where, code: 'missing', what: `${guessedTimes} times values came again without a time: one second was taken for each`, next: 'Print the time before each round: date +%s.%N' }];
}

function takeLine(capture: Capture, line: CaptureLine): void {
  if (line.kind === 'time') startTime(capture, line.atUs);
  else if (line.kind === 'host') capture.host = line.name || capture.host;
  else if (line.kind === 'unknown') dropLine(capture, line.number, `“${line.text.slice(0, 60)}” is of no file that is known${line.path === '' ? '' : ` (${line.path})`}`);
  else {
    const readings = line.text.length > IMPORT_LIMITS.lineCharactersMax ? null : line.reader.read(line.text, line.path);
    if (readings === null) dropLine(capture, line.number, `“${line.text.slice(0, 60)}” is no line of ${line.reader.title}`);
    else for (const each of readings) keep(capture, each);
  }
}

function dropLine({ counter, issues, where }: Capture, number: number, what: string): void {
  dropRow(counter, 'malformed');
  addIssue(issues, { where: `${where} line ${number}`, code: 'not-parsable', what, next: 'Correct or delete the line.' });
}

function startTime(capture: Capture, atUs: number): void {
  capture.atUs = atUs;
  capture.atThisTime.clear();
  capture.usage.clear();
}

function keep(capture: Capture, { signal, labels, value }: HostReading): void {
  const labelsText = canonicalLabels([...labels, ['node', capture.host]]);
  const series = `${signal}{${labelsText}}`;
  if (capture.atThisTime.has(series)) {
    startTime(capture, capture.atUs + US_PER_SECOND);
    capture.guessedTimes += 1;
  }
  capture.atThisTime.add(series);
  appendRow(capture.builder, capture.atUs, signal, labelsText, value);
  keepRow(capture.counter);
  noteWorkingSet(capture, signal, labelsText, value);
}

/** What cAdvisor and the kubelet look at: usage less the page cache that could go at once. */
function noteWorkingSet(capture: Capture, signal: string, labelsText: string, value: number): void {
  const part = signal === 'container_memory_usage_bytes' ? 'used' : signal === 'container_memory_total_inactive_file_bytes' ? 'inactive' : null;
  if (part === null) return;
  const known = { ...capture.usage.get(labelsText), [part]: value };
  capture.usage.set(labelsText, known);
  if (known.used === undefined || known.inactive === undefined) return;
  appendRow(capture.builder, capture.atUs, 'container_memory_working_set_bytes', labelsText, Math.max(0, known.used - known.inactive));
  keepRow(capture.counter);
}
