/**
 * Prometheus text as a person saves it: `curl …/metrics`, once or again and again into one file, perhaps with `date +%s.%N`
 * before each. Such text has no time and no target. A time printed before a scrape is its time, else what node_exporter itself
 * says (`node_time_seconds`), else the time of the import. What node_exporter and cAdvisor expose belongs to a host: it is named
 * as `node_uname_info` says, else by the file, and its job by its exporter, as Prometheus would have labelled it.
 */
import { ok, type Result } from '@/engine/kernel';
import type { ImportIssue } from '../recording/import-issue';
import type { TargetLabels } from './exposition-line';
import { importScrapes, type Scrape } from './exposition-text';
import { captureTime } from './host/capture-time';
import { parseNumberText } from './number-text';
import type { TableImport } from './table-import';

export type SavedScrapesOptions = { readonly where: string; /** For text without any time, µs since the Unix epoch. */ readonly atUs: number };

export function importSavedScrapes(text: string, { where, atUs }: SavedScrapesOptions): Result<TableImport, ImportIssue[]> {
  const parts = scrapesIn(text);
  const scrapes = parts.map((part): Scrape => ({ ...part, atUs: part.atUs ?? atUs }));
  const table = importScrapes(text, scrapes, { where, targetLabels: targetOf(text, where) });
  const timeless = parts.filter((part) => part.atUs === null).length;
  if (!table.ok || timeless < 2 || !table.value.columns.atUs.includes(atUs)) return table; // or samples have times of their own
  return ok({ ...table.value, warnings: [{ where, code: 'missing', what: `${timeless} scrapes have no time: only the first of them counts`, next: 'Print the time before each: date +%s.%N; curl -s http://HOST:PORT/metrics' }, ...table.value.warnings] });
}

type Part = { readonly text: string; readonly line: number; readonly atUs: number | null };

/** A line that is nothing but a time; what looks like one is asked of `captureTime`. */
const TIME_LINE = /^(?:[#@] ?)?(?:\d{10}(?:\.\d+)?|\d{13}|\d{16}|\d{19}|\d{4}-\d\d-\d\d[T ][^\n]*|(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) [^\n]*)\r?$/gm;
const OWN_TIME = /^node_time_seconds(?:\{[^}]*\})? (\S+)/m;

/** Where a part begins, and where the one before it ends. */
type Cut = { readonly ends: number; readonly begins: number; readonly atUs: number | null };

/** Parts begin at times, and where the first comment of the text comes again: an exporter describes a metric once. */
function scrapesIn(text: string): readonly Part[] {
  const cuts: Cut[] = [{ ends: 0, begins: 0, atUs: null }, ...timesIn(text), ...repeatsOfFirst(text)].sort((x, y) => x.begins - y.begins || x.ends - y.ends);
  const parts: Part[] = [];
  let [line, counted] = [1, 0];
  let carried: number | null = null;
  for (const [i, cut] of cuts.entries()) {
    const own = text.slice(cut.begins, cuts[i + 1]?.ends);
    const atUs: number | null = cut.atUs ?? carried;
    carried = own.trim() === '' ? atUs : null;
    if (own.trim() === '') continue;
    line += newlinesIn(text, counted, cut.begins);
    counted = cut.begins;
    parts.push({ text: own, line, atUs: atUs ?? ownTimeUs(own) });
  }
  return parts;
}

const timesIn = (text: string): Cut[] =>
  [...text.matchAll(TIME_LINE)].flatMap((match) => {
    const time = captureTime(match[0]);
    return time === null ? [] : [{ ends: match.index, begins: match.index + match[0].length + 1, atUs: time.atUs }];
  });

function repeatsOfFirst(text: string): Cut[] {
  const first = /^# (?:HELP|TYPE) [^\n]*/m.exec(text);
  if (first === null) return [];
  const found: Cut[] = [];
  for (let at = text.indexOf(`\n${first[0]}`, first.index); at >= 0; at = text.indexOf(`\n${first[0]}`, at + 1)) found.push({ ends: at + 1, begins: at + 1, atUs: null });
  return found;
}

function newlinesIn(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}

function ownTimeUs(text: string): number | null {
  const seconds = parseNumberText(OWN_TIME.exec(text)?.[1] ?? '');
  return seconds === null || !(seconds > 0 && Number.isFinite(seconds)) ? null : Math.round(seconds * 1e6);
}

const OF_HOST = /^(node_(?:cpu_seconds_total|memory_MemTotal_bytes|filesystem_size_bytes|load1)|container_(?:cpu_usage_seconds_total|memory_usage_bytes))[ {]/m;
const NAMED_TARGET = /^(?:node|container)_[^\n]*[{,](?:instance|node)="/m;
const HOST_NAME = /^node_uname_info\{[^\n]*nodename="([^"\n]+)"/m;

function targetOf(text: string, where: string): TargetLabels {
  const signal = OF_HOST.exec(text)?.[1];
  if (signal === undefined || NAMED_TARGET.test(text)) return [];
  const file = where.replace(/^.*[/\\]/, '').replace(/(\.[a-z0-9]{1,8}){1,2}$/i, '');
  return [['job', signal.startsWith('node_') ? 'node_exporter' : 'cadvisor'], ['instance', HOST_NAME.exec(text)?.[1] ?? (file || 'host')]];
}
