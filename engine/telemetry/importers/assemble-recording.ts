/** A table of samples, with or without a manifest → the recording as the product uses it. Where every importer ends. */
import { err, ok, type Result } from '@/engine/kernel';
import type { Frame } from '../frame';
import { estimateScrapeSeconds, FRAMES_MAX, frameTimes } from '../frames/frame-times';
import { FRAME_SAMPLES_MAX, recordedFrames } from '../frames/frames-from-series';
import { labelNamesIn, signalsIn } from '../recording/describe-columns';
import type { ImportIssue } from '../recording/import-issue';
import { isoTime } from '../recording/iso-time';
import { NO_SYSTEM_HINTS, RECORDING_FORMAT_VERSION, type RecordingManifest, type SystemHints } from '../recording/manifest';
import { seriesFromColumns, type SeriesSet } from '../series/series';
import { chainCounts, type TableImport } from './table-import';
import { understoodOf, type Understood } from './understood';

export type ImportedRecording = {
  readonly manifest: RecordingManifest;
  readonly series: SeriesSet;
  readonly frames: readonly Frame[];
  readonly understood: Understood;
  /** What was wrong but did not stop the import. */
  readonly warnings: readonly ImportIssue[];
};

export type AssembleOptions = {
  /** File name, for issues and for the title of what has no manifest. */
  readonly where: string;
  /** As a person calls it: “Prometheus text”. */
  readonly format: string;
  readonly manifest: RecordingManifest | null;
};

export function assembleRecording(table: TableImport, { where, format, manifest: given }: AssembleOptions): Result<ImportedRecording, ImportIssue[]> {
  const imported = seriesFromColumns(table.columns, where);
  if (!imported.ok) return imported;
  const { set, warnings } = imported.value;
  if (set.samples === 0) return err([{ where, code: 'no-data', what: `none of ${table.counts.rows} rows is a usable sample`, next: 'Look at the times and values: every row needs both.' }, ...table.warnings, ...warnings]);
  const scrapeSeconds = given?.scrapeSeconds ?? estimateScrapeSeconds(set);
  const times = frameTimes(set, scrapeSeconds);
  if (times.endsUs.length > FRAMES_MAX) return err([{ where, code: 'too-large', what: `${times.endsUs.length} scrapes are over the limit of ${FRAMES_MAX}`, next: 'Cut the time range in two, or sample less often.' }]);
  const manifest = given ?? describedManifest(table, set, { where, format, scrapeSeconds });
  const counts = chainCounts(table.counts, imported.value.counts);
  const recorded = recordedFrames(set, { scrapeSeconds, hints: manifest.system, times });
  if (!recorded.ok) return err([{ where, code: 'too-large', what: `${times.endsUs.length} frames of all services and nodes are ${recorded.error} samples, the limit is ${FRAME_SAMPLES_MAX}`, next: 'Cut the time range, sample less often, or keep fewer services.' }]);
  const { frames, refusedSeries } = recorded.value;
  const understood = understoodOf({ format, set, signals: manifest.signals, times, frames, counts });
  return ok({ manifest, series: set, frames, understood, warnings: [...table.warnings, ...warnings, ...cutWarnings(manifest, table, where), ...refusalWarnings(refusedSeries, where)] });
}

/** A table that is shorter or longer than its manifest says was cut, or belongs to another one. */
function cutWarnings(manifest: RecordingManifest, table: TableImport, where: string): ImportIssue[] {
  if (manifest.rows === table.counts.rows) return [];
  return [{ where, code: 'truncated', what: `has ${table.counts.rows} rows, its manifest says ${manifest.rows}`, next: 'Check that both files are of the same recording and that the copy finished.' }];
}

function refusalWarnings(refusedSeries: number, where: string): ImportIssue[] {
  if (refusedSeries === 0) return [];
  return [{ where, code: 'too-large', what: `${refusedSeries} series are kept but left out of the frames: too many services, nodes, histogram buckets or series`, next: 'Check that service, job and node labels name services and nodes, not requests.' }];
}

function describedManifest(table: TableImport, set: SeriesSet, { where, format, scrapeSeconds }: { where: string; format: string; scrapeSeconds: number }): RecordingManifest {
  const name = where.replace(/^.*[/\\]/, '').replace(/(\.[a-z0-9]{1,8}){1,2}$/i, '');
  const startedAt = isoTime(set.startUs);
  return {
    formatVersion: RECORDING_FORMAT_VERSION,
    id: name.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '') || 'imported',
    title: name || 'Imported telemetry',
    made: { date: startedAt.slice(0, 10), how: `imported from ${format}`, command: '' },
    sources: [{ name: where, url: '' }],
    startedAt,
    seconds: (set.endUs - set.startUs) / 1_000_000,
    scrapeSeconds,
    rows: table.counts.rows,
    signals: signalsIn([...new Set(set.series.map((series) => series.signal))], table.declared),
    labels: labelNamesIn(table.columns),
    faults: [],
    system: ownerlessHints(set, name),
  };
}

/** Text scraped by hand has no `service` or `job`: its process is taken for one service, named after the file. */
function ownerlessHints(set: SeriesSet, name: string): SystemHints {
  const owned = set.series.some(({ labels }) => labels.has('service') || labels.has('job'));
  if (owned || name === '') return NO_SYSTEM_HINTS;
  return { ...NO_SYSTEM_HINTS, services: [{ name, lanes: null, startUpSeconds: null, node: null, calls: [] }] };
}
