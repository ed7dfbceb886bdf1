/** What the import worker offers the pages. Progress comes through a comlink-proxied callback. */
import type { Result } from '@/engine/kernel';
import type { CsvMapping, ImportedRecording, ImportIssue } from '@/engine/telemetry';
import type { ImportedExplanation, ImportedTwin } from '@/engine/scenario';
import type { ImportProgress } from './import/import-files';
import type { ImportFile } from './import/unpack';

export type { ImportFile, ImportProgress };

/** A cluster that was read: what the twin makes of it, and the pods that can be asked about, as `namespace/name`. */
export type OpenedCluster = { readonly twin: ImportedTwin; readonly pods: readonly string[]; readonly waiting: readonly string[] };

export type ImportApi = {
  /** The files never leave the browser. `csvMapping` replaces the guessed one. */
  importFiles(files: readonly ImportFile[], onProgress?: (progress: ImportProgress) => void, csvMapping?: CsvMapping): Promise<Result<ImportedRecording, ImportIssue[]>>;
  /** The mapping that would be used for this CSV, to be shown and corrected. */
  guessCsvMapping(file: ImportFile): Promise<Result<CsvMapping, ImportIssue[]>>;
  /** Exports of a cluster, manifests, plans, Compose files; the worker keeps what it read for `explainPod`. */
  importCluster(files: readonly ImportFile[]): Promise<OpenedCluster>;
  /** Why a pod of the cluster read last is where it is; null when there is none of this name. */
  explainPod(name: string): Promise<ImportedExplanation | null>;
};
