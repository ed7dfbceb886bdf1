/**
 * A host's own files and tools → samples. Values without a time get the time of the import; a line or a round of output that
 * comes again without a new time is taken for the next second, because that is how `docker stats` and `systemd-cgtop` print.
 * What another file says once more (two mounts of one controller, vmstat after /proc/meminfo) is a duplicate. Every line is read,
 * or dropped and counted.
 */
import { err, ok, US_PER_SECOND, type Result } from '@/engine/kernel';
import { appendRow, builtColumns, columnsBuilder, type ColumnsBuilder } from '../../recording/columns';
import { addIssue, dropRow, issueList, keepRow, listedIssues, rowCounter, type ImportIssue, type IssueList, type RowCounter } from '../../recording/import-issue';
import { IMPORT_LIMITS, tooLarge } from '../../recording/limits';
import { canonicalLabels } from '../../series/labels';
import type { TableImport } from '../table-import';
import { captureLines, type CaptureLine } from './capture-lines';

export type HostCaptureOptions = { /** Name of the input. */ readonly where: string; /** For values before the first time in the text, µs since the Unix epoch. */ readonly atUs: number };

type Capture = {
  readonly builder: ColumnsBuilder;
  readonly counter: RowCounter;
  readonly issues: IssueList;
  readonly where: string;
  atUs: number;
  host: string;
  /** Where each series of this time was read. */
  readonly atThisTime: Map<string, string>;
  /** Usage and inactive page cache per cgroup at this time: the working set is their difference. */
  readonly usage: Map<string, { used?: number; inactive?: number }>;
  /** By file name: how many lines of files that nobody reads, and the first of them. */
  readonly unread: Map<string, { lines: number; readonly first: number }>;
  /** Titles of what gave values at this time, and of those whose round of output is over. */
  readonly toolsAtThisTime: Set<string>;
  readonly endedRounds: Set<string>;
  guessedTimes: number;
  /** Of times that were read as UTC although they say otherwise. */
  readonly zones: Set<string>;
};

const fileBase = (where: string) => where.replace(/^.*[/\\]/, '').replace(/(\.[a-z0-9]{1,8}){1,2}$/i, '');

export function importHostCapture(text: string, { where, atUs }: HostCaptureOptions): Result<TableImport, ImportIssue[]> {
  const capture: Capture = { builder: columnsBuilder(), counter: rowCounter(), issues: issueList(), where, atUs, host: fileBase(where) || 'host', atThisTime: new Map(), usage: new Map(), unread: new Map(), toolsAtThisTime: new Set(), endedRounds: new Set(), guessedTimes: 0, zones: new Set() };
  for (const line of captureLines(text, where)) {
    takeLine(capture, line);
    if (capture.counter.rows > IMPORT_LIMITS.rowsMax) return err([tooLarge(where, 'rowsMax', capture.counter.rows)]);
  }
  const { counter, issues, builder } = capture;
  if (counter.kept === 0) return err([{ where, code: 'no-data', what: `no value in it (${counter.rows} lines were dropped)`, next: 'Capture files so that their names are in the text: head -v -n -0 /proc/stat /proc/meminfo /proc/pressure/*' }, ...unreadIssues(capture), ...listedIssues(issues)]);
  return ok({ columns: builtColumns(builder), declared: new Map(), counts: counter, warnings: [...timeWarnings(capture), ...unreadIssues(capture), ...listedIssues(issues)] });
}

function timeWarnings({ guessedTimes, zones, where }: Capture): ImportIssue[] {
  const guessed: ImportIssue = { where, code: 'missing', what: `${guessedTimes} times values came again without a time: one second was taken for each`, next: 'Print the time before each round: date +%s.%N' };
  const zoned: ImportIssue = { where, code: 'wrong-type', what: `times are in ${[...zones].join(', ')}, which does not say how far from UTC: they were read as UTC`, next: 'Capture with TZ=UTC, or print date +%s.%N.' };
  return [...(guessedTimes === 0 ? [] : [guessed]), ...(zones.size === 0 ? [] : [zoned])];
}

function takeLine(capture: Capture, line: CaptureLine): void {
  switch (line.kind) {
    case 'time':
      if (line.zone !== null) capture.zones.add(line.zone);
      return startTime(capture, line.atUs);
    case 'round':
      if (capture.toolsAtThisTime.has(line.reader.title)) capture.endedRounds.add(line.reader.title);
      return;
    case 'host':
      capture.host = line.name || capture.host;
      return;
    case 'unknown':
      return dropUnknown(capture, line);
    case 'cut':
      return dropLine(capture, line.number, { code: 'truncated', what: 'the last line does not end in a newline, so its number may be cut', next: 'Copy the whole text, its last newline included.' });
    case 'line':
      return takeReadings(capture, line);
  }
}

/** Whole folders are captured: a file that nobody reads is told once, however many groups have it. */
function dropUnknown(capture: Capture, { number, text, path }: Extract<CaptureLine, { kind: 'unknown' }>): void {
  if (path === '') return dropLine(capture, number, { code: 'not-parsable', what: `“${text.slice(0, 60)}” is of no file that is known`, next: DELETE });
  dropRow(capture.counter, 'malformed');
  const file = path.slice(path.lastIndexOf('/') + 1);
  const known = capture.unread.get(file);
  if (known === undefined) capture.unread.set(file, { lines: 1, first: number });
  else known.lines += 1;
}

const unreadIssues = ({ unread, where }: Capture): ImportIssue[] =>
  [...unread].slice(0, UNREAD_MAX).map(([file, { lines, first }]) => ({ where: `${where} line ${first}`, code: 'unsupported', what: `${lines} ${lines === 1 ? 'line' : 'lines'} of files called ${file}, which nothing here reads`, next: 'Leave them out of the capture; what is read is listed in docs/reference/recording-format.md.' }));

const UNREAD_MAX = 50;
const DELETE = 'Correct or delete the line.';

function takeReadings(capture: Capture, { number, text, path, reader }: Extract<CaptureLine, { kind: 'line' }>): void {
  const readings = text.length > IMPORT_LIMITS.lineCharactersMax ? null : reader.read(text, path);
  if (readings === null) return dropLine(capture, number, { code: 'not-parsable', what: `“${text.slice(0, 60)}” is no line of ${reader.title}`, next: reader.advice ?? DELETE });
  const labelled = readings.map(({ signal, labels, value }) => ({ signal, labelsText: canonicalLabels([...labels, ['node', capture.host]]), value }));
  const source = reader.source?.(path) ?? path;
  if (capture.endedRounds.has(reader.title) || labelled.some(({ signal, labelsText }) => capture.atThisTime.get(`${signal}{${labelsText}}`) === source)) guessNextTime(capture);
  for (const each of labelled) keep(capture, each, source);
  if (readings.length > 0) capture.toolsAtThisTime.add(reader.title);
}

function dropLine({ counter, issues, where }: Capture, number: number, issue: Omit<ImportIssue, 'where'>): void {
  dropRow(counter, 'malformed');
  addIssue(issues, { where: `${where} line ${number}`, ...issue });
}

function startTime(capture: Capture, atUs: number): void {
  capture.atUs = atUs;
  capture.atThisTime.clear();
  capture.usage.clear();
  capture.toolsAtThisTime.clear();
  capture.endedRounds.clear();
}

function guessNextTime(capture: Capture): void {
  startTime(capture, capture.atUs + US_PER_SECOND);
  capture.guessedTimes += 1;
}

function keep(capture: Capture, { signal, labelsText, value }: { readonly signal: string; readonly labelsText: string; readonly value: number }, source: string): void {
  const series = `${signal}{${labelsText}}`;
  if (capture.atThisTime.has(series)) return dropRow(capture.counter, 'duplicate');
  capture.atThisTime.set(series, source);
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
