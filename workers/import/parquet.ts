/**
 * Parquet bytes ↔ the plain columns of a recording, in browser workers and in Node. parquet-wasm does the
 * encoding; Arrow IPC is the bridge between its memory and ours.
 *
 * Reading is kind: plain strings instead of dictionaries, other integer widths, timestamps and floats are
 * taken as long as the four columns are there. Whatever the wasm reader throws comes back as an issue.
 */
import { tableFromIPC, tableToIPC } from 'apache-arrow';
import type * as parquetModule from 'parquet-wasm';
import { err, type Result } from '@/engine/kernel';
import type { ImportIssue, TelemetryColumns } from '@/engine/telemetry';
import { columnsFromArrow } from './columns-from-arrow';
import { arrowFromColumns } from './arrow-from-columns';

type ParquetWasm = typeof parquetModule;
let loading: Promise<ParquetWasm> | undefined;

/** The Node build is ready when it is imported; the browser build has a default export that fetches its wasm. */
export async function parquetWasm(): Promise<ParquetWasm> {
  loading ??= import('parquet-wasm').then(async (module) => {
    if (typeof module.default === 'function') await module.default();
    return module;
  });
  return loading;
}

const ROW_GROUP_ROWS = 1_048_576;
const BATCH_ROWS = 65_536;

/**
 * Series of one target share their times, so times are a dictionary. Values of a series share their high
 * bytes, so their bytes are split into streams before Zstandard sees them. On the recordings of fixtures/
 * this is a third of the size of deltas and dictionaries, and as quick to read.
 */
export async function encodeParquet(columns: TelemetryColumns): Promise<Uint8Array> {
  const { Compression, Encoding, Table, WriterPropertiesBuilder, writeParquet } = await parquetWasm();
  const properties = new WriterPropertiesBuilder()
    .setCompression(Compression.ZSTD)
    .setMaxRowGroupSize(ROW_GROUP_ROWS)
    .setColumnEncoding('at_us', Encoding.DELTA_BINARY_PACKED) // once a dictionary of times would be too large
    .setColumnDictionaryEnabled('value', false)
    .setColumnEncoding('value', Encoding.BYTE_STREAM_SPLIT)
    .setCreatedBy('orrery')
    .build();
  return writeParquet(Table.fromIPCStream(tableToIPC(arrowFromColumns(columns), 'stream')), properties);
}

/** Rows without a time or a value come back as NaN; dropping and counting them is the importer's part. */
export async function decodeParquet(bytes: Uint8Array, fileName: string): Promise<Result<TelemetryColumns, ImportIssue[]>> {
  const { readParquet } = await parquetWasm();
  try {
    const table = tableFromIPC(readParquet(bytes, { batchSize: BATCH_ROWS }).intoIPCStream());
    return columnsFromArrow(table, fileName);
  } catch (error) {
    const what = `not readable as Parquet: ${error instanceof Error ? error.message : String(error)}`;
    return err([{ where: fileName, code: 'not-parsable', what, next: 'Check that the whole file was copied (a Parquet file begins and ends with PAR1), or record it again.' }]);
  }
}

export const isParquet = (bytes: Uint8Array) => bytes.length >= 4 && String.fromCharCode(...bytes.subarray(0, 4)) === 'PAR1';
