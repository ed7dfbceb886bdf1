/**
 * Files as a person drops them → one recording. The same function serves the browser worker, the command
 * line and tests. What a file is, its content says; a manifest describes the table that came with it.
 */
import { err, ok, type Result } from '@/engine/kernel';
import { allKept, assembleRecording, FORMAT_TITLES, hostlabRecord, importText, mergeTables, parseRecordingManifest, sniffBytes, sniffText, type CsvMapping, type HostlabRecord, type ImportedRecording, type ImportFormat, type ImportIssue, type RecordingManifest, type TableImport } from '@/engine/telemetry';
import { decodeParquet } from './parquet';
import { textOf, unpack, type ImportFile } from './unpack';

export type ImportProgress = { readonly stage: 'reading' | 'building'; readonly file: string; readonly done: number; readonly total: number };

export type ImportOptions = {
  /** Time of a scrape whose text carries none, µs since the Unix epoch; default now. */
  readonly atUs?: number;
  readonly csvMapping?: CsvMapping;
  readonly onProgress?: (progress: ImportProgress) => void;
};

const FILES_MAX = 100;

type ReadFile = { readonly name: string; readonly format: ImportFormat } & ({ readonly manifest: RecordingManifest } | { readonly table: TableImport } | { readonly record: HostlabRecord });

export async function importFiles(files: readonly ImportFile[], options: ImportOptions = {}): Promise<Result<ImportedRecording, ImportIssue[]>> {
  if (files.length === 0 || files.length > FILES_MAX) return err([{ where: '', code: files.length === 0 ? 'empty' : 'too-large', what: `${files.length} files`, next: `Give from 1 to ${FILES_MAX} files: the two of a recording folder, or one or more exports.` }]);
  const read: ReadFile[] = [];
  const records: HostlabRecord[] = [];
  const atUs = options.atUs ?? Date.now() * 1_000; // the same for all: files without times are of one scrape
  for (const [done, file] of recordsFirst(files).entries()) {
    options.onProgress?.({ stage: 'reading', file: file.name, done, total: files.length });
    const result = await readFile(file, { ...options, atUs }, records);
    if (!result.ok) return result;
    if ('record' in result.value) records.push(result.value.record);
    read.push(result.value);
  }
  options.onProgress?.({ stage: 'building', file: '', done: files.length, total: files.length });
  return combine(read);
}

/** The JSON of a laboratory record says when the series beside it began, so JSON is read before the rest. */
const recordsFirst = (files: readonly ImportFile[]) => [...files.filter(({ name }) => name.endsWith('.json')), ...files.filter(({ name }) => !name.endsWith('.json'))];

function combine(read: readonly ReadFile[]): Result<ImportedRecording, ImportIssue[]> {
  const manifests = read.flatMap((file) => ('manifest' in file ? [file.manifest] : []));
  const tables = read.flatMap((file) => ('table' in file ? [file] : []));
  if (manifests.length > 1) return err([{ where: '', code: 'duplicate', what: `${manifests.length} manifests: ${manifests.map(({ id }) => id).join(', ')}`, next: 'Import one recording at a time.' }]);
  const [first] = tables;
  if (first === undefined) return err([{ where: read.map(({ name }) => name).join(', '), code: 'missing', what: 'says what was recorded but brings no samples', next: 'Drop telemetry.parquet together with recording.json, or the series of a laboratory record with its JSON.' }]);
  const manifest = manifests[0] ?? null;
  const formats = [...new Set(tables.map(({ format }) => FORMAT_TITLES[format]))].join(' and ');
  return assembleRecording(mergeTables(tables.map(({ table }) => table)), { where: first.name, format: manifest === null ? formats : 'an Orrery recording', manifest });
}

async function readFile(packed: ImportFile, options: ImportOptions & { readonly atUs: number }, records: readonly HostlabRecord[]): Promise<Result<ReadFile, ImportIssue[]>> {
  const unpacked = await unpack(packed);
  if (!unpacked.ok) return unpacked;
  const { name, bytes } = unpacked.value;
  if (sniffBytes(bytes) === 'parquet') return readParquetTable(name, bytes);
  const text = textOf(bytes);
  const format = text === null ? 'binary' : sniffText(text);
  if (format === 'recording-manifest') {
    const manifest = parseRecordingManifest(text ?? '');
    return manifest.ok ? ok({ name, format, manifest: manifest.value }) : manifest;
  }
  const record = format === 'hostlab-record' ? hostlabRecord(text ?? '') : null;
  if (record !== null && record.starts.size > 0) return ok({ name, format, record });
  const series = packed.name.replace(/\.(?:req|items)\.csv/, '.csv'); // requests began with the series beside them
  const names = [series, `${series}.gz`]; // somebody may have unpacked it
  const beside = records.find(({ starts }) => names.some((each) => starts.has(each)));
  const start = names.flatMap((each) => beside?.starts.get(each) ?? [])[0];
  const facts = beside === undefined ? {} : { facts: { memoryBytes: beside.memoryBytes, loads: start?.loads ?? new Map<number, number>() } };
  const table = importText(text ?? '', format, { where: name, atUs: start?.atUs ?? options.atUs, csvMapping: options.csvMapping, ...facts });
  return table.ok ? ok({ name, format, table: table.value }) : table;
}

async function readParquetTable(name: string, bytes: Uint8Array): Promise<Result<ReadFile, ImportIssue[]>> {
  const columns = await decodeParquet(bytes, name);
  if (!columns.ok) return columns;
  return ok({ name, format: 'parquet', table: { columns: columns.value, declared: new Map(), counts: allKept(columns.value.rows), warnings: [] } });
}
