/**
 * The series files of host laboratory records: CSV, seconds since the start, cumulative counters per column
 * (`cpu0_user_ticks`, `psi_cpu_some_us`, `w.g1:cpu_ns`), named here as exporters name the same things. Files of
 * service records hold one block per load, each with times of its own: blocks are laid one after another.
 */
import { err, ok, US_PER_SECOND, type Result } from '@/engine/kernel';
import { appendRow, builtColumns, columnsBuilder } from '../../recording/columns';
import { addIssue, dropRow, issueList, keepRow, listedIssues, rowCounter, type ImportIssue } from '../../recording/import-issue';
import { canonicalLabels } from '../../series/labels';
import { csvRecords } from '../csv-records';
import type { TableImport } from '../table-import';
import { nameOfKey } from './host-reading';
import type { HostCaptureOptions } from './host-capture';

type Column = { readonly signal: string; readonly labelsText: string; readonly factor: number };
type Known = readonly [signal: string, factor: number];

const TICKS_PER_SECOND = 100;
/** Between two blocks: long enough that rates do not reach across. */
const GAP_US = 60 * US_PER_SECOND;

const HOST_COLUMNS: Readonly<Record<string, Known>> = {
  ctxt: ['node_context_switches_total', 1],
  forks: ['node_forks_total', 1],
  procs_running: ['node_procs_running', 1],
  procs_blocked: ['node_procs_blocked', 1],
  load1: ['node_load1', 1],
  mem_free_kb: ['node_memory_MemFree_bytes', 1_024],
  mem_avail_kb: ['node_memory_MemAvailable_bytes', 1_024],
  cached_kb: ['node_memory_Cached_bytes', 1_024],
  dirty_kb: ['node_memory_Dirty_bytes', 1_024],
};
const GROUP_COLUMNS: Readonly<Record<string, Known>> = {
  cpu_ns: ['container_cpu_usage_seconds_total', 1e-9],
  nr_periods: ['container_cpu_cfs_periods_total', 1],
  nr_throttled: ['container_cpu_cfs_throttled_periods_total', 1],
  throttled_ns: ['container_cpu_cfs_throttled_seconds_total', 1e-9],
  quota_us: ['container_spec_cpu_quota', 1],
  mem_usage: ['container_memory_usage_bytes', 1],
  mem_limit: ['container_spec_memory_limit_bytes', 1],
  mem_rss: ['container_memory_rss', 1],
  mem_cache: ['container_memory_cache', 1],
  mem_inactive_file: ['container_memory_total_inactive_file_bytes', 1],
  mem_active_file: ['container_memory_total_active_file_bytes', 1],
  mem_failcnt: ['container_memory_failcnt', 1],
  oom_kill: ['container_oom_events_total', 1],
  procs: ['container_processes', 1],
};

/** Its first column is `t_s` (after `load_pct` in service records) and it counts CPU ticks. */
export const looksLikeHostlab = (head: string) => /^(load_pct,)?t_s,(?:[^\n]*,)?cpu\d+_user_ticks,/.test(head);

/** What the record beside the series says of it. */
export type HostlabFacts = { readonly memoryBytes: number | null; readonly loads: ReadonlyMap<number, number> };

export function importHostlabSeries(text: string, { where, atUs, facts }: HostCaptureOptions & { readonly facts?: HostlabFacts }): Result<TableImport, ImportIssue[]> {
  const builder = columnsBuilder();
  const counter = rowCounter();
  const issues = issueList();
  const node = where.replace(/^.*[/\\]/, '').replace(/\..*$/, '') || 'host';
  let columns: readonly (Column | null)[] = [];
  let timeColumn = 0;
  let loadColumn = -1;
  let load = NaN;
  const size = facts === undefined || facts.memoryBytes === null ? null : { ...column(['node_memory_MemTotal_bytes', 1], [], node), value: facts.memoryBytes };
  let startUs = atUs;
  let lastUs = -Infinity;
  for (const { fields, broken, line } of csvRecords(text, ',')) {
    if (columns.length === 0) {
      timeColumn = fields.indexOf('t_s');
      loadColumn = fields.indexOf('load_pct');
      columns = fields.map((name) => (name === 't_s' || name === 'load_pct' ? null : columnOf(name, node)));
      continue;
    }
    const seconds = Number(fields[timeColumn] || NaN);
    if (broken || fields.length !== columns.length || !Number.isFinite(seconds)) {
      for (const column of columns) if (column !== null) dropRow(counter, 'malformed');
      addIssue(issues, { where: `${where} line ${line}`, code: 'not-parsable', what: `${fields.length} fields, time “${fields[timeColumn] ?? ''}”; the header has ${columns.length}`, next: 'Correct or delete the line.' });
      continue;
    }
    const asked = loadColumn < 0 ? NaN : Number(fields[loadColumn] || NaN);
    if (startUs + seconds * US_PER_SECOND < lastUs || (Number.isFinite(asked) && asked !== load)) startUs = Math.max(facts?.loads.get(asked) ?? (lastUs === -Infinity ? atUs : lastUs + GAP_US), lastUs - seconds * US_PER_SECOND);
    load = asked;
    lastUs = Math.round(startUs + seconds * US_PER_SECOND);
    if (size !== null) {
      appendRow(builder, lastUs, size.signal, size.labelsText, size.value);
      keepRow(counter);
    }
    columns.forEach((column, i) => {
      if (column === null) return;
      const value = fields[i] === '' ? NaN : Number(fields[i]);
      if (!Number.isFinite(value)) return dropRow(counter, fields[i] === '' ? 'no-value' : 'malformed');
      appendRow(builder, lastUs, column.signal, column.labelsText, value * column.factor);
      keepRow(counter);
    });
  }
  if (timeColumn < 0 || counter.kept === 0) return err([{ where, code: 'no-data', what: timeColumn < 0 ? 'has no column t_s' : `no value in it (${counter.rows} were dropped)`, next: 'A series begins with a line of column names, t_s among them.' }, ...listedIssues(issues)]);
  return ok({ columns: builtColumns(builder), declared: new Map(), counts: counter, warnings: listedIssues(issues) });
}

function columnOf(name: string, node: string): Column {
  const [, group, key] = /^([^:]+):(.+)$/.exec(name) ?? [];
  if (group !== undefined && key !== undefined) return groupColumn(group, key, node);
  const known = Object.hasOwn(HOST_COLUMNS, name) ? HOST_COLUMNS[name]! : null;
  if (known !== null) return column(known, [], node);
  const cpu = /^cpu(\d+)_([a-z]+)_ticks$/.exec(name);
  if (cpu !== null) return column(['node_cpu_seconds_total', 1 / TICKS_PER_SECOND], [['cpu', cpu[1]!], ['mode', cpu[2]!]], node);
  const pressure = /^psi_(cpu|memory|io)_(some|full)_(us|avg\d+)$/.exec(name);
  if (pressure !== null) return pressureColumn(pressure[1]!, pressure[2] === 'some' ? 'waiting' : 'stalled', pressure[3]!, node);
  return column([name.startsWith('vm_') ? `node_vmstat_${nameOfKey(name.slice(3))}` : `hostlab_${nameOfKey(name)}`, 1], [], node);
}

function pressureColumn(resource: string, state: string, what: string, node: string): Column {
  const name = `node_pressure_${resource}_${state}`;
  return what === 'us' ? column([`${name}_seconds_total`, 1e-6], [], node) : column([`${name}_percent`, 1], [['window', `${what.slice(3)}s`]], node);
}

/** `w.g1` is group g1 of the workloads, `s.srv` a service, `all` and `ctl` the laboratory's own sums. */
function groupColumn(group: string, key: string, node: string): Column {
  const path = `/${group.replace(/\./g, '/')}`;
  const service = /^[ws]\.(.+)$/.exec(group)?.[1] ?? '';
  const known: Known = Object.hasOwn(GROUP_COLUMNS, key) ? GROUP_COLUMNS[key]! : [`container_${nameOfKey(key)}`, 1];
  return column(known, [['id', path], ['service', service]], node);
}

const column = ([signal, factor]: Known, labels: readonly (readonly [string, string])[], node: string): Column => ({ signal, factor, labelsText: canonicalLabels([...labels, ['node', node]]) });
