/** A text of any known format → a table of samples. */
import { err, type Result } from '@/engine/kernel';
import type { ImportIssue } from '../recording/import-issue';
import { importCsv } from './csv-import';
import type { CsvMapping } from './csv-mapping';
import { importHostCapture } from './host/host-capture';
import { importHostlabRequests } from './host/hostlab-requests';
import { importHostlabSeries, type HostlabFacts } from './host/hostlab-series';
import { importPrometheusJson } from './prometheus-json';
import { importSavedScrapes } from './saved-scrapes';
import type { ImportFormat } from './sniff-format';
import type { TableImport } from './table-import';

export type ImportTextOptions = { readonly where: string; /** For text without timestamps, µs since the Unix epoch. */ readonly atUs: number; readonly csvMapping?: CsvMapping; /** Of a laboratory record that came with its series. */ readonly facts?: HostlabFacts };

export const FORMAT_TITLES: Readonly<Record<ImportFormat, string>> = {
  parquet: 'telemetry table (Parquet)',
  gzip: 'gzip',
  'recording-manifest': 'recording manifest',
  'prometheus-json': 'Prometheus query result (JSON)',
  'exposition-text': 'Prometheus or OpenMetrics text',
  'host-capture': 'files of a host (/proc, cgroups, container tables)',
  'hostlab-series': 'series of a host laboratory record',
  'hostlab-requests': 'requests of a host laboratory record',
  'hostlab-record': 'a host laboratory record (JSON)',
  csv: 'CSV',
  'unknown-json': 'JSON',
  binary: 'a binary file',
  empty: 'an empty file',
  unknown: 'text',
};

const KNOWN = 'Known are: a recording folder, Parquet with its four columns, Prometheus query_range JSON, Prometheus or OpenMetrics text, files of /proc and cgroups, docker stats, systemd-cgtop, vmstat, df, CSV; each also as .gz.';

export function importText(text: string, format: ImportFormat, { where, atUs, csvMapping, facts }: ImportTextOptions): Result<TableImport, ImportIssue[]> {
  switch (format) {
    case 'prometheus-json':
      return importPrometheusJson(text, where);
    case 'exposition-text':
      return importSavedScrapes(text, { where, atUs });
    case 'host-capture':
      return importHostCapture(text, { where, atUs });
    case 'hostlab-series':
      return importHostlabSeries(text, { where, atUs, ...(facts === undefined ? {} : { facts }) });
    case 'hostlab-requests':
      return importHostlabRequests(text, { where, atUs, ...(facts === undefined ? {} : { facts }) });
    case 'hostlab-record':
      return err([{ where, code: 'missing', what: 'is a record without its series', next: 'Drop the series files (ID.rN.csv.gz) together with it.' }]);
    case 'csv':
      return importCsv(text, where, csvMapping);
    case 'empty':
      return err([{ where, code: 'empty', what: 'the file is empty', next: 'Check that the download or copy finished.' }]);
    default:
      return err([{ where, code: 'unknown-format', what: `is ${FORMAT_TITLES[format]} of no known kind`, next: KNOWN }]);
  }
}
