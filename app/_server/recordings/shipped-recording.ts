/** The recordings that ship with the product, read from `fixtures/recordings`: a person may replay them without having made one. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

const FILES = ['recording.json', 'telemetry.parquet'] as const;
export const SHIPPED_RECORDINGS = ['calm-day', 'faulty-day'] as const;

/** The bytes of one file; null for anything that is not one of them. */
export async function shippedRecordingFile(id: string, file: string): Promise<Uint8Array | null> {
  const knownId = SHIPPED_RECORDINGS.find((known) => known === id);
  const knownFile = FILES.find((known) => known === file);
  if (knownId === undefined || knownFile === undefined) return null;
  return new Uint8Array(await readFile(join(process.cwd(), 'fixtures', 'recordings', knownId, knownFile)));
}
