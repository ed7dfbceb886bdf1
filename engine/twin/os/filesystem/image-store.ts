/**
 * Container images as layers that images share: a pull brings only what is missing, a removal frees only what nobody else uses. The
 * kubelet collects from 85 % down to 80 %, least recently used first, never an image in use.
 */
import { createFile, deleteFile, usage, type FileSystem, type WriteRefusal } from './file-system';
import { err, ok, type Result } from '@/engine/kernel';

export type Layer = { readonly digest: string; readonly compressedBytes: number; readonly bytes: number };
export type Image = { readonly name: string; readonly layers: readonly Layer[]; usedUs: number; containers: number };
export type ImageStore = { images: Map<string, Image> };

export const IMAGE_COLLECTION = { highPercent: 85, lowPercent: 80 } as const;
export const imageStore = (): ImageStore => ({ images: new Map() });

const pathOf = (digest: string) => `/images/${digest}`;
export const missingLayers = (fs: FileSystem, layers: readonly Layer[]) => layers.filter(({ digest }) => !fs.files.has(pathOf(digest)));

/** What a pull costs: download of missing layers, three at a time share the line, then unpacking one by one. */
export type PullRate = { readonly downloadBytesPerSecond: number; readonly unpackBytesPerSecond: number; readonly registryMs: number };
export type Pull = { readonly milliseconds: number; readonly downloadedBytes: number; readonly layersPulled: number; readonly layersCached: number };

export function pullImage(fs: FileSystem, store: ImageStore, name: string, layers: readonly Layer[], rate: PullRate, nowUs: number): Result<Pull, WriteRefusal> {
  const missing = missingLayers(fs, layers);
  const made: string[] = [];
  for (const { digest, bytes } of missing) {
    const created = createFile(fs, { path: pathOf(digest), kind: 'image', bytes, nowUs, root: true });
    if (created.ok) made.push(digest);
    else if (created.error.code !== 'exists') {
      for (const each of made) deleteFile(fs, pathOf(each));
      return err(created.error);
    }
  }
  store.images.set(name, { name, layers, usedUs: nowUs, containers: store.images.get(name)?.containers ?? 0 });
  const downloadedBytes = missing.reduce((sum, { compressedBytes }) => sum + compressedBytes, 0);
  const unpackedBytes = missing.reduce((sum, { bytes }) => sum + bytes, 0);
  const milliseconds = rate.registryMs + (downloadedBytes * 1_000) / rate.downloadBytesPerSecond + (unpackedBytes * 1_000) / rate.unpackBytesPerSecond;
  return ok({ milliseconds, downloadedBytes, layersPulled: missing.length, layersCached: layers.length - missing.length });
}

/** Removes an image nobody runs; returns the bytes freed. */
export function removeImage(fs: FileSystem, store: ImageStore, name: string): number {
  const image = store.images.get(name);
  if (image === undefined || image.containers > 0) return 0;
  store.images.delete(name);
  const used = new Set([...store.images.values()].flatMap(({ layers }) => layers.map(({ digest }) => digest)));
  return image.layers.filter(({ digest }) => !used.has(digest)).reduce((sum, { digest }) => sum + deleteFile(fs, pathOf(digest)), 0);
}

/** The kubelet's image collection; names of what went. */
export function collectImages(fs: FileSystem, store: ImageStore): readonly string[] {
  if (usage(fs).usedPercent < IMAGE_COLLECTION.highPercent) return [];
  const candidates = [...store.images.values()].filter(({ containers }) => containers === 0).sort((x, y) => x.usedUs - y.usedUs || (x.name < y.name ? -1 : 1));
  const removed: string[] = [];
  for (const { name } of candidates) {
    if (usage(fs).usedPercent <= IMAGE_COLLECTION.lowPercent) break;
    removeImage(fs, store, name);
    removed.push(name);
  }
  return removed;
}
