/** What a file is, by its content; the name of a file is never asked. */
import { guessDelimiter } from './csv-mapping';
import { csvRecords } from './csv-records';
import { labelReader, parseExpositionLine } from './exposition-line';
import { looksLikeCapture } from './host/capture-lines';
import { looksLikeHostlabRequests } from './host/hostlab-requests';
import { looksLikeHostlab } from './host/hostlab-series';
import { textLines } from './text-lines';

export type ImportFormat = 'parquet' | 'gzip' | 'recording-manifest' | 'prometheus-json' | 'exposition-text' | 'host-capture' | 'hostlab-series' | 'hostlab-requests' | 'hostlab-record' | 'csv' | 'unknown-json' | 'binary' | 'empty' | 'unknown';

const LOOKED_AT_CHARACTERS = 65_536;

/** By magic number; null when the bytes are to be read as text. */
export function sniffBytes(bytes: Uint8Array): ImportFormat | null {
  if (bytes.length === 0) return 'empty';
  const starts = (...magic: number[]) => magic.every((byte, i) => bytes[i] === byte);
  if (starts(0x50, 0x41, 0x52, 0x31)) return 'parquet';
  if (starts(0x1f, 0x8b)) return 'gzip';
  return bytes.subarray(0, 4_096).includes(0) ? 'binary' : null;
}

export function sniffText(text: string): ImportFormat {
  const head = text.slice(0, LOOKED_AT_CHARACTERS);
  const first = head.trimStart().replace(/^\ufeff/, '')[0];
  if (first === undefined) return 'empty';
  if (looksLikeCapture(head)) return 'host-capture';
  if (first === '{' || first === '[') return sniffJson(head);
  if (looksLikeHostlab(head)) return 'hostlab-series';
  if (looksLikeHostlabRequests(head)) return 'hostlab-requests';
  if (looksLikeExposition(head)) return 'exposition-text';
  return looksLikeCsv(head) ? 'csv' : 'unknown';
}

function sniffJson(head: string): ImportFormat {
  if (/"formatVersion"\s*:/.test(head)) return 'recording-manifest';
  if (/"(resultType|errorType)"\s*:/.test(head)) return 'prometheus-json';
  return /"experiment"\s*:/.test(head) && /"scenario"\s*:/.test(head) ? 'hostlab-record' : 'unknown-json';
}

function looksLikeExposition(head: string): boolean {
  const reader = labelReader();
  let samples = 0;
  let looked = 0;
  for (const { text } of textLines(head)) {
    const line = text.trim();
    if (/^#[ \t]*(HELP|TYPE|UNIT|EOF)\b/.test(line)) return true;
    if (line === '' || line.startsWith('#')) continue;
    if (parseExpositionLine(line, reader).ok) samples += 1;
    looked += 1;
    if (looked >= 20) break;
  }
  return samples > 0 && samples * 2 > looked;
}

function looksLikeCsv(head: string): boolean {
  const widths: number[] = [];
  for (const record of csvRecords(head, guessDelimiter(head))) if (widths.push(record.fields.length) >= 20) break;
  return widths[0] !== undefined && widths[0] >= 2;
}
