/**
 * Request and item files of host laboratory records: one row per request, when it came (µs since its load began), how long
 * it took and how it ended. They become what the service itself would have exposed: counters and a histogram, twice a
 * second. Requests are those of the measured server (`srv`), items those of the numbered process.
 */
import { err, ok, US_PER_SECOND, type Result } from '@/engine/kernel';
import { appendRow, builtColumns, columnsBuilder, type ColumnsBuilder } from '../../recording/columns';
import { addIssue, dropRow, issueList, keepRow, listedIssues, rowCounter, type ImportIssue, type RowCounter } from '../../recording/import-issue';
import { IMPORT_LIMITS, tooLarge } from '../../recording/limits';
import { canonicalLabels } from '../../series/labels';
import { csvRecords } from '../csv-records';
import type { TableImport } from '../table-import';
import type { HostCaptureOptions } from './host-capture';
import type { HostlabFacts } from './hostlab-series';

const STEP_US = US_PER_SECOND / 2;
/** Longer than any run: a time beyond it is damage. */
const LENGTH_US_MAX = 1_800 * US_PER_SECOND;
const LOAD_PERCENT_MAX = 1_000;
/** From a millisecond to eleven seconds, each 1.5 times the one before. */
const BOUNDS_US = Array.from({ length: 23 }).reduce<number[]>((bounds) => [...bounds, Math.round(bounds.at(-1)! * 1.5)], [1_000]);
const SERVER = 'srv';

type Served = { readonly load: number; readonly service: string; readonly endUs: number; readonly latencyUs: number; readonly code: string };
type Places = { readonly load: number; readonly process: number; readonly at: number; readonly latency: number; readonly code: number };

export const looksLikeHostlabRequests = (head: string) => placesOf(head.slice(0, head.indexOf('\n')).trim().split(',')) !== null && head.includes('\n');

function placesOf(names: readonly string[]): Places | null {
  const [at, latency] = names.includes('lat_us') ? [names.indexOf('at_us'), names.indexOf('lat_us')] : [names.indexOf('arrive_us'), names.indexOf('latency_us')];
  const places = { load: names.indexOf('load_pct'), process: names.indexOf('proc'), at, latency, code: names.indexOf('code') };
  return at < 0 || latency < 0 || !names.includes('work_us') ? null : places;
}

export function importHostlabRequests(text: string, { where, atUs, facts }: HostCaptureOptions & { readonly facts?: HostlabFacts }): Result<TableImport, ImportIssue[]> {
  const counter = rowCounter();
  const issues = issueList();
  const served: Served[] = [];
  let places: Places | null = null;
  for (const { fields, line } of csvRecords(text, ',')) {
    if (places === null) {
      places = placesOf(fields);
      if (places === null) break;
      continue;
    }
    const row = servedOf(fields, places);
    if (row !== null) served.push(row);
    else {
      dropRow(counter, 'malformed');
      addIssue(issues, { where: `${where} line ${line}`, code: 'not-parsable', what: `“${fields.join(',').slice(0, 60)}” is no request with a time and a latency`, next: 'Correct or delete the line.' });
    }
  }
  if (served.length === 0) return err([{ where, code: 'no-data', what: `no request in it (${counter.rows} were dropped)`, next: 'A request file begins with a line of column names: at_us, work_us, lat_us, code.' }, ...listedIssues(issues)]);
  const builder = columnsBuilder();
  const node = where.replace(/^.*[/\\]/, '').replace(/\..*$/, '') || 'host';
  for (const load of [...new Set(served.map((each) => each.load))]) {
    const startUs = facts?.loads.get(load) ?? atUs;
    for (const service of [...new Set(served.map((each) => each.service))]) exposeService(builder, counter, served.filter((each) => each.load === load && each.service === service), { startUs, service, node });
    if (counter.rows > IMPORT_LIMITS.rowsMax) return err([tooLarge(where, 'rowsMax', counter.rows)]);
  }
  return ok({ columns: builtColumns(builder), declared: new Map(), counts: counter, warnings: listedIssues(issues) });
}

function servedOf(fields: readonly string[], { load, process, at, latency, code }: Places): Served | null {
  const number = (place: number) => (place < 0 || fields[place] === undefined || fields[place] === '' ? NaN : Number(fields[place]));
  const [cameUs, latencyUs] = [number(at), number(latency)];
  const percent = load < 0 ? 0 : number(load);
  const of = process < 0 ? '0' : (fields[process] ?? '');
  const status = code < 0 ? '200' : (fields[code] ?? '');
  if (!(cameUs >= 0 && latencyUs >= 0 && cameUs + latencyUs <= LENGTH_US_MAX) || !(percent >= 0 && percent <= LOAD_PERCENT_MAX) || !/^\d{1,4}$/.test(of) || !/^\d{1,3}$/.test(status)) return null;
  return { load: percent, service: process < 0 ? SERVER : `process-${of}`, endUs: cameUs + latencyUs, latencyUs, code: status };
}

type Exposed = { readonly startUs: number; readonly service: string; readonly node: string };

/** Counters as they stood at every half second, from zero at the start of the load. */
function exposeService(builder: ColumnsBuilder, counter: RowCounter, served: readonly Served[], { startUs, service, node }: Exposed): void {
  const ended = [...served].sort((a, b) => a.endUs - b.endUs || a.latencyUs - b.latencyUs);
  const codes = new Map<string, number>(ended.map(({ code }) => [code, 0]));
  const buckets = BOUNDS_US.map(() => 0);
  let [next, count, sumUs] = [0, 0, 0];
  const own = (more: readonly (readonly [string, string])[] = []) => canonicalLabels([['service', service], ['node', node], ...more]);
  const steps = Math.ceil((ended.at(-1)?.endUs ?? 0) / STEP_US) + 1;
  for (let step = 0; step <= steps; step += 1) {
    for (; next < ended.length && ended[next]!.endUs <= step * STEP_US; next += 1) {
      const { latencyUs, code } = ended[next]!;
      count += 1;
      sumUs += latencyUs;
      codes.set(code, codes.get(code)! + 1);
      BOUNDS_US.forEach((bound, i) => {
        if (latencyUs <= bound) buckets[i]! += 1;
      });
    }
    const put = (signal: string, labelsText: string, value: number) => {
      appendRow(builder, startUs + step * STEP_US, signal, labelsText, value);
      keepRow(counter);
    };
    for (const [code, total] of codes) put('http_requests_total', own([['code', code]]), total);
    BOUNDS_US.forEach((bound, i) => put('http_request_duration_seconds_bucket', own([['le', String(bound / US_PER_SECOND)]]), buckets[i]!));
    put('http_request_duration_seconds_bucket', own([['le', '+Inf']]), count);
    put('http_request_duration_seconds_sum', own(), sumUs / US_PER_SECOND);
    put('http_request_duration_seconds_count', own(), count);
  }
}
