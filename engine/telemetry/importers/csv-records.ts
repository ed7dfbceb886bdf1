/**
 * RFC 4180 records: fields in quotes may hold delimiters, doubled quotes and newlines. A quote that never
 * closes would swallow the rest of the file, so such a record is given up at the end of its first line.
 */
import { IMPORT_LIMITS } from '../recording/limits';

export type CsvRecord = { readonly line: number; readonly fields: readonly string[]; /** A quote that does not close, or stands inside an unquoted field's quotes. */ readonly broken: boolean };

export function* csvRecords(text: string, delimiter: string): Generator<CsvRecord> {
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  let line = 1;
  while (at < text.length) {
    const record = readRecord(text, at, delimiter);
    const blank = record.fields.length === 1 && record.fields[0]!.trim() === '' && !record.broken;
    if (!blank) yield { line, fields: record.fields, broken: record.broken };
    line += record.lines;
    at = record.next;
  }
}

type Read = { fields: string[]; next: number; lines: number; broken: boolean };

function readRecord(text: string, start: number, delimiter: string): Read {
  const lineEnd = endOfLine(text, start);
  if (!hasQuote(text, start, lineEnd)) return { fields: withoutReturn(text, start, lineEnd).split(delimiter), next: lineEnd + 1, lines: 1, broken: false };
  const fields: string[] = [];
  let at = start;
  let lines = 1;
  for (;;) {
    const field = text[at] === '"' ? readQuoted(text, at) : readPlain(text, at, delimiter);
    if (field === null) return { fields: withoutReturn(text, start, lineEnd).split(delimiter), next: lineEnd + 1, lines: 1, broken: true };
    fields.push(field.text);
    lines += field.newlines;
    at = field.end;
    if (text[at] === delimiter) {
      at += 1;
      continue;
    }
    if (text[at] === '\r') at += 1;
    if (at < text.length && text[at] !== '\n') return { fields, next: endOfLine(text, at) + 1, lines, broken: true };
    return { fields, next: at + 1, lines, broken: false };
  }
}

function readQuoted(text: string, start: number): { text: string; end: number; newlines: number } | null {
  let close = start;
  do {
    close = text.indexOf('"', close + 1);
    if (close < 0 || close - start > IMPORT_LIMITS.lineCharactersMax) return null;
    if (text[close + 1] === '"') close += 1;
    else break;
  } while (close < text.length);
  const inner = text.slice(start + 1, close);
  return { text: inner.replace(/""/g, '"'), end: close + 1, newlines: inner.split('\n').length - 1 };
}

function readPlain(text: string, start: number, delimiter: string): { text: string; end: number; newlines: number } {
  let end = start;
  while (end < text.length && text[end] !== delimiter && text[end] !== '\n' && text[end] !== '\r') end += 1;
  return { text: text.slice(start, end), end, newlines: 0 };
}

function endOfLine(text: string, start: number): number {
  const newline = text.indexOf('\n', start);
  return newline < 0 ? text.length : newline;
}

function hasQuote(text: string, start: number, end: number): boolean {
  for (let i = start; i < end; i += 1) if (text.charCodeAt(i) === 34) return true;
  return false;
}

const withoutReturn = (text: string, start: number, end: number) => text.slice(start, end > start && text.charCodeAt(end - 1) === 13 ? end - 1 : end);
