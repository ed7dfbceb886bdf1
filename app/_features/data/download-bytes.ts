/** Hands a file to the browser's own download. */
import type { SqlExport } from '@/app/_lib/sql/sql-client';

export function downloadBytes({ fileName, mediaType, bytes }: SqlExport): void {
  const url = URL.createObjectURL(new Blob([bytes.slice()], { type: mediaType }));
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
