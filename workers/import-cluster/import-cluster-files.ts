/** Files as a person drops them (packed or not) → one imported cluster. What cannot be unpacked is on its fit card. */
import { importCluster, type ClusterImport, type SourceFile } from '@/engine/scenario';
import { textOf, unpack, type ImportFile } from '../import/unpack';
import { readDocuments } from './read-documents';

export async function importClusterFiles(files: readonly ImportFile[]): Promise<ClusterImport> {
  const sources: SourceFile[] = [];
  for (const file of files) {
    const unpacked = await unpack(file);
    const text = unpacked.ok ? textOf(unpacked.value.bytes) : null;
    if (unpacked.ok && text !== null) sources.push(readDocuments(unpacked.value.name, text));
    else sources.push({ name: file.name, documents: [], problems: unpacked.ok ? [{ where: file.name, what: 'bytes that are no text', next: 'Give JSON or YAML.' }] : unpacked.error });
  }
  return importCluster(sources, titleOf(files[0]?.name ?? 'cluster'));
}

export const titleOf = (name: string) => name.replace(/^.*\//, '').replace(/\.gz$/, '').replace(/\.(json|ya?ml|ndjson|jsonl|tfplan)$/, '').slice(0, 120);
