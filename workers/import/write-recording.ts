/**
 * Writes a recording folder (Node): `recording.json` and `telemetry.parquet`. What the table can tell about
 * itself (rows, signals, labels) is read from it, so manifest and table cannot disagree.
 */
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { labelNamesIn, MANIFEST_FILE, RECORDING_FORMAT_VERSION, signalsIn, sortColumns, TELEMETRY_FILE, type RecordedSignal, type RecordingManifest, type TelemetryColumns } from '@/engine/telemetry';
import { encodeParquet } from './parquet';

/** What only the recorder knows. */
export type RecordingAbout = Omit<RecordingManifest, 'formatVersion' | 'rows' | 'signals' | 'labels'>;

/**
 * `declared` holds what `# TYPE` and `# UNIT` lines said about families that the catalogue does not know.
 * Each file is written beside its place and moved into it; the manifest comes last, so a folder with a manifest is complete.
 */
export async function writeRecording(folder: string, about: RecordingAbout, columns: TelemetryColumns, declared?: ReadonlyMap<string, RecordedSignal>): Promise<RecordingManifest> {
  const manifest: RecordingManifest = {
    formatVersion: RECORDING_FORMAT_VERSION,
    ...about,
    rows: columns.rows,
    signals: signalsIn(columns.signal.dictionary, declared),
    labels: labelNamesIn(columns),
  };
  await mkdir(folder, { recursive: true });
  await place(join(folder, TELEMETRY_FILE), await encodeParquet(sortColumns(columns)));
  await place(join(folder, MANIFEST_FILE), `${JSON.stringify(manifest, null, 2)}\n`);
  return manifest;
}

async function place(path: string, content: Uint8Array | string): Promise<void> {
  await writeFile(`${path}.part`, content);
  await rename(`${path}.part`, path);
}
