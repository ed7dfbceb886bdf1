/** Imports telemetry off the main thread. A shell: formats are engine/telemetry's, bytes are workers/import's. */
import { expose, transfer } from 'comlink';
import { guessCsvMapping } from '@/engine/telemetry';
import { explainImported, schedulerState, twinOfImport, type ClusterImport } from '@/engine/scenario';
import { importClusterFiles } from './import-cluster/import-cluster-files';
import { importFiles } from './import/import-files';
import { textOf, unpack } from './import/unpack';
import type { ImportApi } from './import-api';

let cluster: ClusterImport | null = null;

const api: ImportApi = {
  async importFiles(files, onProgress, csvMapping) {
    const result = await importFiles(files, { onProgress, csvMapping });
    const buffers = result.ok ? result.value.series.series.flatMap(({ atUs, values }) => [atUs.buffer, values.buffer]) : [];
    return transfer(result, [...new Set(buffers)].filter((buffer) => buffer instanceof ArrayBuffer));
  },
  async guessCsvMapping(file) {
    const unpacked = await unpack(file);
    return unpacked.ok ? guessCsvMapping(textOf(unpacked.value.bytes) ?? '', file.name) : unpacked;
  },
  async importCluster(files) {
    cluster = await importClusterFiles(files);
    const { spec, waiting } = schedulerState(cluster);
    const nameOf = ({ namespace, name }: { readonly namespace: string; readonly name: string }) => `${namespace}/${name}`;
    return { twin: twinOfImport(cluster), pods: spec.pods.map(nameOf), waiting: waiting.map(nameOf) };
  },
  async explainPod(name) {
    return cluster === null ? null : explainImported(cluster, name);
  },
};

expose(api);
