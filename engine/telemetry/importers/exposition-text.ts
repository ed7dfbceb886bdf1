/**
 * The Prometheus text format 0.0.4 and OpenMetrics 1.0, as scraped or as saved to a file. Lines with their
 * own timestamps keep them (milliseconds in Prometheus text, seconds in OpenMetrics); others get the time of
 * the scrape (saved scrapes: saved-scrapes.ts). Exemplars and comments are read over, bad lines are dropped and counted one by one.
 */
import { err, ok, type Result } from '@/engine/kernel';
import { appendRow, builtColumns, columnsBuilder, type ColumnsBuilder } from '../recording/columns';
import { addIssue, dropRow, issueList, keepRow, listedIssues, rowCounter, type ImportIssue, type IssueList, type RowCounter } from '../recording/import-issue';
import { IMPORT_LIMITS, tooLarge } from '../recording/limits';
import type { RecordedSignal } from '../recording/manifest';
import type { SignalKind } from '../catalogue/signal';
import { labelReader, METRIC_NAME, parseExpositionLine, type LabelReader, type TargetLabels } from './exposition-line';
import type { TableImport } from './table-import';
import { textLines, type TextLine } from './text-lines';

export type ExpositionOptions = {
  /** Time of the scrape, µs since the Unix epoch: for lines without a timestamp. */
  readonly atUs: number;
  /** Name of the input in issues. */
  readonly where: string;
  readonly targetLabels?: TargetLabels;
};

/** One scrape of a text that may hold several; `line`: the number of its first line, `atUs`: for lines without a timestamp. */
export type Scrape = { readonly text: string; readonly line: number; readonly atUs: number };

type Reading = { readonly builder: ColumnsBuilder; readonly counter: RowCounter; readonly issues: IssueList; readonly declared: Map<string, RecordedSignal>; readonly labels: LabelReader; readonly usPerTimestamp: number; readonly where: string };

export const importExpositionText = (text: string, { atUs, where, targetLabels }: ExpositionOptions): Result<TableImport, ImportIssue[]> => importScrapes(text, [{ text, line: 1, atUs }], { where, targetLabels });

/** `text` is the whole of which `scrapes` are parts. */
export function importScrapes(text: string, scrapes: readonly Scrape[], { where, targetLabels }: Pick<ExpositionOptions, 'where' | 'targetLabels'>): Result<TableImport, ImportIssue[]> {
  if (text.trim() === '') return err([{ where, code: 'empty', what: 'the text is empty', next: 'Scrape the endpoint again: curl -s http://HOST:PORT/metrics' }]);
  const into: Reading = { builder: columnsBuilder(), counter: rowCounter(), issues: issueList(), declared: new Map(), labels: labelReader(targetLabels), usPerTimestamp: isOpenMetrics(text) ? 1_000_000 : 1_000, where };
  for (const scrape of scrapes) if (!readScrape(into, scrape)) return err([tooLarge(where, 'rowsMax', into.counter.rows + 1)]);
  const { counter, issues, declared, builder } = into;
  if (counter.kept === 0) return err([{ where, code: 'no-data', what: `no sample in it (${counter.rows} lines were dropped)`, next: 'Expected lines such as http_requests_total{service="a"} 12' }, ...listedIssues(issues)]);
  return ok({ columns: builtColumns(builder), declared, counts: counter, warnings: listedIssues(issues) });
}

/** false: there are too many rows. */
function readScrape({ builder, counter, issues, declared, labels, usPerTimestamp, where }: Reading, scrape: Scrape): boolean {
  let ended = false;
  for (const line of textLines(scrape.text)) {
    if (line.text.trim() === '') continue;
    if (line.text.startsWith('#')) {
      if (/^#[ \t]*EOF[ \t]*$/.test(line.text)) ended = true;
      else readMetadata(line.text, declared);
      continue;
    }
    if (counter.rows >= IMPORT_LIMITS.rowsMax) return false;
    const fault = lineFault(line, ended);
    const sample = fault === null ? parseExpositionLine(line.text.trimStart(), labels) : err(fault);
    if (!sample.ok) {
      dropRow(counter, sample.error.reason);
      if (sample.error.reason !== 'not-a-number' && sample.error.reason !== 'infinite') addIssue(issues, { where: `${where} line ${scrape.line + line.number - 1}`, code: fault?.code ?? 'not-parsable', what: sample.error.what, next: fault?.next ?? 'Correct or delete the line.' });
      continue;
    }
    const { name, labelsText, value, timestamp } = sample.value;
    appendRow(builder, timestamp === null ? scrape.atUs : Math.round(timestamp * usPerTimestamp), name, labelsText, value);
    keepRow(counter);
  }
  return true;
}

/** Only OpenMetrics ends in `# EOF` and has `# UNIT`; it counts seconds where Prometheus counts milliseconds. */
const isOpenMetrics = (text: string) => /(^|\n)#[ \t]*(EOF[ \t\r]*(\n|$)|UNIT )/.test(text);

type WholeLineFault = { readonly reason: 'malformed'; readonly code: ImportIssue['code']; readonly what: string; readonly next: string };

function lineFault(line: TextLine, afterEnd: boolean): WholeLineFault | null {
  if (afterEnd) return { reason: 'malformed', code: 'not-parsable', what: 'a sample after # EOF', next: 'Import each scrape as a file of its own.' };
  if (line.text.length > IMPORT_LIMITS.lineCharactersMax) return { reason: 'malformed', ...tooLarge('', 'lineCharactersMax', line.text.length) };
  if (!line.ended) return { reason: 'malformed', code: 'truncated', what: 'the last line does not end in a newline, so its number may be cut', next: 'Copy the whole text, its last newline included.' };
  return null;
}

const KINDS: ReadonlyMap<string, SignalKind> = new Map([['counter', 'counter'], ['gauge', 'gauge'], ['histogram', 'histogram']]);

function readMetadata(line: string, declared: Map<string, RecordedSignal>): void {
  const [, keyword, name, value] = /^#\s*(TYPE|UNIT)\s+(\S+)\s*(\S*)/.exec(line) ?? [];
  if (keyword === undefined || name === undefined || value === undefined || !METRIC_NAME.test(name)) return;
  const before = declared.get(name) ?? { name, kind: 'untyped', unit: '' };
  const described: RecordedSignal = keyword === 'UNIT' ? { ...before, unit: value } : { ...before, kind: KINDS.get(value) ?? 'untyped' };
  declared.set(name, described);
  // OpenMetrics declares a counter without the _total that its samples carry.
  if (described.kind === 'counter' && !name.endsWith('_total')) declared.set(`${name}_total`, { ...described, name: `${name}_total` });
}
