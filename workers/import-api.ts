/** What the import worker offers the pages. Progress comes through a comlink-proxied callback. */
import type { Result } from '@/engine/kernel';
import type { CsvMapping, ImportedRecording, ImportIssue } from '@/engine/telemetry';
import type { ImportProgress } from './import/import-files';
import type { ImportFile } from './import/unpack';

export type { ImportFile, ImportProgress };

export type ImportApi = {
  /** The files never leave the browser. `csvMapping` replaces the guessed one. */
  importFiles(files: readonly ImportFile[], onProgress?: (progress: ImportProgress) => void, csvMapping?: CsvMapping): Promise<Result<ImportedRecording, ImportIssue[]>>;
  /** The mapping that would be used for this CSV, to be shown and corrected. */
  guessCsvMapping(file: ImportFile): Promise<Result<CsvMapping, ImportIssue[]>>;
};
