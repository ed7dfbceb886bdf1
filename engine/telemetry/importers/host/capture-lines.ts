/**
 * A capture of a host's files as a shell makes it: `head -v -n -0 FILES` puts `==> FILE <==` before each,
 * `grep "" FILES` puts `FILE:` before each line, and a line with nothing but a time (`date +%s.%N`, ISO 8601,
 * or either after # or @) dates what follows. Repeating all of it in a loop makes a recording.
 * What `df` prints may stand between: its heading begins a section too.
 */
import { parseIsoTimeUs } from '../../recording/iso-time';
import { textLines } from '../text-lines';
import { CGROUP_FILE } from './cgroup-files';
import { CGTOP, DOCKER_STATS } from './container-tables';
import { DF_TABLE, dfSection } from './df-table';
import type { HostFileReader } from './host-reading';
import { PRESSURE_FILE } from './pressure-file';
import { DISKSTATS_FILE, LOADAVG_FILE, MEMINFO_FILE, NET_FILE, STAT_FILE, VMSTAT_FILE } from './proc-files';

const READERS: readonly HostFileReader[] = [PRESSURE_FILE, CGROUP_FILE, STAT_FILE, MEMINFO_FILE, LOADAVG_FILE, DISKSTATS_FILE, NET_FILE, DOCKER_STATS, CGTOP, DF_TABLE, VMSTAT_FILE];

/** A line to read, a time that dates what follows, the host's name, or a line that belongs to no known file. */
export type CaptureLine =
  | { readonly kind: 'line'; readonly number: number; readonly text: string; readonly path: string; readonly reader: HostFileReader }
  | { readonly kind: 'time'; readonly number: number; readonly atUs: number }
  | { readonly kind: 'host'; readonly number: number; readonly name: string }
  | { readonly kind: 'unknown'; readonly number: number; readonly text: string; readonly path: string };

const HEADER = /^==> (.+) <==$/;
const PREFIXED = /^((?:\/|\.\/)?(?:[\w.,@+-]+\/)+[\w.,@+-]+):(?! )(.*)$/;
const HOSTNAME = /(?:^|\/)(?:proc\/sys\/kernel|etc)\/hostname$/;

type Section = { readonly path: string; readonly reader: HostFileReader | null; /** By a header: what its lines look like is not asked. */ readonly named: boolean; readonly ended: boolean };

/** `fileName` stands for the path until a header names one: `cpu.pressure` saved alone says what it is. */
export function* captureLines(text: string, fileName: string): Generator<CaptureLine> {
  let section: Section = { path: fileName, reader: readerOf(fileName), named: false, ended: false };
  for (const { number, text: raw } of textLines(text)) {
    const line = raw.trimEnd();
    if (line.trim() === '') continue;
    const header = HEADER.exec(line);
    if (header !== null) {
      section = { path: header[1]!, reader: readerOf(header[1]!), named: true, ended: false };
      continue;
    }
    const df = dfSection(line);
    if (df !== null) {
      section = { path: df, reader: DF_TABLE, named: true, ended: false };
      continue;
    }
    const atUs = mayDate(section, line) ? timeMark(line) : null;
    if (atUs !== null) {
      yield { kind: 'time', number, atUs };
      continue;
    }
    const prefixed = PREFIXED.exec(line);
    const named = prefixed === null ? null : readerOf(prefixed[1]!);
    if (prefixed !== null && (named !== null || HOSTNAME.test(prefixed[1]!))) yield lineOf(number, prefixed[2]!, prefixed[1]!, named);
    else {
      if (section.reader === null && !section.named) section = { ...section, path: '', reader: recognised(line) };
      yield lineOf(number, line, section.path, section.ended ? null : section.reader);
      if (section.reader?.oneLine?.(section.path) === true) section = { ...section, ended: true };
    }
  }
}

function lineOf(number: number, text: string, path: string, reader: HostFileReader | null): CaptureLine {
  if (HOSTNAME.test(path)) return { kind: 'host', number, name: text.trim() };
  return reader === null ? { kind: 'unknown', number, text, path } : { kind: 'line', number, text, path, reader };
}

const readerOf = (path: string) => READERS.find((reader) => reader.named(path)) ?? null;
const recognised = (line: string) => READERS.find((reader) => reader.recognises(line)) ?? null;

/** The one number of a file is its value, and so may be a whole number in a file of unknown kind. */
function mayDate({ reader, path, named, ended }: Section, line: string): boolean {
  if (reader === null) return !named || /\D/.test(line.trim());
  return ended || reader.oneLine?.(path) !== true;
}

/** µs since the Unix epoch of a line that is nothing but a time; seconds may have a fraction. */
function timeMark(line: string): number | null {
  const text = line.replace(/^[#@]\s*/, '').trim();
  if (/^\d{10}(\.\d{1,9})?$/.test(text)) return Math.round(Number(text) * 1e6);
  return /^\d{4}-\d\d-\d\dT/.test(text) ? parseIsoTimeUs(text) : null;
}

const LOOKED_AT = 40;

/** Whether a text is such a capture: some line is of a known file. */
export function looksLikeCapture(head: string): boolean {
  let looked = 0;
  for (const line of captureLines(head, '')) {
    if (line.kind === 'line') return true;
    if ((looked += 1) >= LOOKED_AT) return false;
  }
  return false;
}
