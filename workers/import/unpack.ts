/** File bytes → plain bytes or text, with limits: gzip through DecompressionStream (browsers and Node alike), UTF-8 and UTF-16 by their marks. */
import { err, ok, type Result } from '@/engine/kernel';
import { IMPORT_LIMITS, sniffBytes, tooLarge, type ImportIssue } from '@/engine/telemetry';

export type ImportFile = { readonly name: string; readonly bytes: Uint8Array };

/** Stops at the size limit, so a small file that unpacks to terabytes costs no more than the limit. */
export async function unpack(file: ImportFile): Promise<Result<ImportFile, ImportIssue[]>> {
  if (file.bytes.length > IMPORT_LIMITS.bytesMax) return err([tooLarge(file.name, 'bytesMax', file.bytes.length)]);
  if (sniffBytes(file.bytes) !== 'gzip') return ok(file);
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = new Blob([new Uint8Array(file.bytes)]).stream().pipeThrough(new DecompressionStream('gzip')).getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      size += value.length;
      if (size > IMPORT_LIMITS.bytesMax) {
        await reader.cancel();
        return err([tooLarge(file.name, 'bytesMax', size)]);
      }
      chunks.push(value);
    }
  } catch (error) {
    const what = `not readable as gzip: ${error instanceof Error ? error.message : String(error)}`;
    return err([{ where: file.name, code: 'truncated', what, next: 'Check that the whole file was copied: gzip -t FILE' }]);
  }
  return ok({ name: file.name.replace(/\.gz$/i, ''), bytes: joined(chunks, size) });
}

function joined(chunks: readonly Uint8Array[], size: number): Uint8Array {
  const whole = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}

/** null: these bytes are no text. */
export function textOf(bytes: Uint8Array): string | null {
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
  if (encoding === 'utf-8' && sniffBytes(bytes) === 'binary') return null;
  return new TextDecoder(encoding).decode(bytes);
}
