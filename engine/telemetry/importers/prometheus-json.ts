/**
 * Answers of Prometheus' HTTP API: `/api/v1/query_range` (matrix) and `/api/v1/query` (vector, scalar).
 * A row is one [time, value] pair. Native histograms are not taken; their pairs are counted as dropped.
 */
import { err, ok, type Result } from '@/engine/kernel';
import { appendRow, builtColumns, columnsBuilder, type ColumnsBuilder } from '../recording/columns';
import { dropRow, keepRow, listedIssues, rowCounter, type DropReason, type ImportIssue, type RowCounter } from '../recording/import-issue';
import { jsonReader, kindOf, objectAt, parseJson, reject, type JsonObject, type JsonReader } from '../recording/json-reader';
import { IMPORT_LIMITS, tooLarge } from '../recording/limits';
import { canonicalLabels, LABEL_NAME } from '../series/labels';
import { parseNumberText, valueFault } from './number-text';
import type { TableImport } from './table-import';

const NAME_LABEL = '__name__';
/** Expressions have no metric name: `rate(x[1m])` comes back without `__name__`. */
const UNNAMED = 'query_result';
const NEXT = 'Ask again with: curl -G http://HOST:9090/api/v1/query_range -d query=… -d start=… -d end=… -d step=1s';

type Taking = { readonly reader: JsonReader; readonly builder: ColumnsBuilder; readonly counter: RowCounter };

export function importPrometheusJson(text: string, where: string): Result<TableImport, ImportIssue[]> {
  const json = parseJson(text, where);
  if (!json.ok) return json;
  const reader = jsonReader(where);
  const root = objectAt(reader, json.value, '');
  if (root === null) return err(listedIssues(reader));
  const refused = remoteError(root, where);
  if (refused !== null) return err([refused]);
  const data = objectAt(reader, root.members.get('data'), 'data');
  if (data === null) return err(listedIssues(reader));
  const taking: Taking = { reader, builder: columnsBuilder(), counter: rowCounter() };
  takeResult(taking, data);
  const { counter } = taking;
  if (counter.rows > IMPORT_LIMITS.rowsMax) return err([tooLarge(where, 'rowsMax', counter.rows)]);
  if (counter.kept === 0) return err([{ where, code: 'no-data', what: `no sample in it (${counter.rows} pairs were dropped)`, next: NEXT }, ...listedIssues(reader)]);
  return ok({ columns: builtColumns(taking.builder), declared: new Map(), counts: counter, warnings: listedIssues(reader) });
}

/** `{"status":"error","errorType":"bad_data","error":"…"}`, as Prometheus answers a bad query. */
function remoteError(root: JsonObject, where: string): ImportIssue | null {
  if (root.members.get('status') !== 'error') return null;
  const part = (key: string) => {
    const value = root.members.get(key);
    return typeof value === 'string' ? value.slice(0, 300) : '';
  };
  return { where, code: 'remote-error', what: `Prometheus answered with an error: ${part('errorType')}: ${part('error')}`, next: 'Correct the query and ask again.' };
}

function takeResult(taking: Taking, data: JsonObject): void {
  const type = data.members.get('resultType');
  const result = data.members.get('result');
  if (type === 'scalar') {
    takePair(taking, UNNAMED, '', result, 'data.result');
    return;
  }
  if (type !== 'matrix' && type !== 'vector') {
    reject(taking.reader, 'data.resultType', 'unsupported', `is ${typeof type === 'string' ? `“${type.slice(0, 40)}”` : kindOf(type)}, not matrix, vector or scalar`, NEXT);
    return;
  }
  if (!Array.isArray(result)) {
    reject(taking.reader, 'data.result', 'wrong-type', `is ${kindOf(result)}, not a list`, NEXT);
    return;
  }
  result.forEach((entry: unknown, i) => takeSeries(taking, entry, `data.result[${i}]`, type));
}

function takeSeries(taking: Taking, entry: unknown, path: string, type: 'matrix' | 'vector'): void {
  const series = objectAt(taking.reader, entry, path);
  if (series === null) return dropRow(taking.counter, 'malformed');
  const native = series.members.get(type === 'matrix' ? 'histograms' : 'histogram');
  if (native !== undefined) {
    reject(taking.reader, path, 'unsupported', 'holds native histograms', 'Query the classic _bucket series, or histogram_quantile(…) of it.');
    dropMany(taking.counter, 'malformed', type === 'matrix' && Array.isArray(native) ? native.length : 1);
  }
  const pairs: unknown = type === 'vector' && series.members.has('value') ? [series.members.get('value')] : series.members.get('values');
  if (pairs === undefined && native !== undefined) return;
  if (!Array.isArray(pairs)) {
    reject(taking.reader, path, 'wrong-type', `has no list of ${type === 'matrix' ? 'values' : 'value'}`, NEXT);
    return dropRow(taking.counter, 'malformed');
  }
  const identity = identityOf(taking.reader, series);
  if (identity === null) return dropMany(taking.counter, 'bad-labels', pairs.length);
  pairs.forEach((pair: unknown, i) => takePair(taking, identity.name, identity.labelsText, pair, `${path}.values[${i}]`));
}

function identityOf(reader: JsonReader, series: JsonObject): { name: string; labelsText: string } | null {
  const metric = objectAt(reader, series.members.get('metric') ?? {}, `${series.path}.metric`);
  if (metric === null) return null;
  const labels: [string, string][] = [];
  let name = UNNAMED;
  for (const [label, value] of metric.members) {
    if (typeof value !== 'string') return reject(reader, `${series.path}.metric.${label.slice(0, 60)}`, 'wrong-type', `is ${kindOf(value)}, not text`, 'Label values are strings.');
    if (label === NAME_LABEL) name = value;
    else if (LABEL_NAME.test(label)) labels.push([label, value]);
    else return reject(reader, `${series.path}.metric`, 'wrong-type', `“${label.slice(0, 60)}” is not a label name`, 'Label names are letters, digits and underscores.');
  }
  return { name, labelsText: canonicalLabels(labels) };
}

function takePair(taking: Taking, name: string, labelsText: string, pair: unknown, path: string): void {
  if (taking.counter.rows > IMPORT_LIMITS.rowsMax) return;
  const [time, text]: readonly unknown[] = Array.isArray(pair) && pair.length === 2 ? pair : [undefined, undefined];
  if (typeof time !== 'number' || typeof text !== 'string') {
    reject(taking.reader, path, 'wrong-type', 'is not a pair [seconds, "value"]', NEXT);
    return dropRow(taking.counter, 'malformed');
  }
  const value = parseNumberText(text);
  const fault = valueFault(value);
  if (value === null || fault !== null) {
    if (fault === 'malformed') reject(taking.reader, path, 'not-parsable', `“${text.slice(0, 40)}” is not a number`, NEXT);
    return dropRow(taking.counter, fault ?? 'malformed');
  }
  appendRow(taking.builder, Math.round(time * 1_000_000), name, labelsText, value);
  keepRow(taking.counter);
}

function dropMany(counter: RowCounter, reason: DropReason, rows: number): void {
  for (let i = 0; i < rows; i += 1) dropRow(counter, reason);
}
