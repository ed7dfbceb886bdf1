/**
 * A capture of a host's files as a shell makes it: `head -v -n -0 FILES` puts `==> FILE <==` before each,
 * `grep "" FILES` puts `FILE:` before each line, and a line with nothing but a time (`date +%s.%N`, ISO 8601, `date`,
 * or any of them after # or @) dates what follows. Repeating all of it in a loop makes a recording.
 * What tools print (`df`, `docker stats`, `systemd-cgtop`, `vmstat`) may stand between: a heading begins a section too.
 */
import { textLines } from '../text-lines';
import { captureTime } from './capture-time';
import { CGROUP_FILE } from './cgroup/cgroup-files';
import type { HostFileReader } from './host-reading';
import { joinedObjects } from './joined-objects';
import { PRESSURE_FILE } from './pressure-file';
import { DISKSTATS_FILE, LOADAVG_FILE, MEMINFO_FILE, NET_FILE, STAT_FILE, VMSTAT_FILE } from './proc-files';
import { CGTOP } from './tables/cgtop-table';
import { DF_TABLE } from './tables/df-table';
import { DOCKER_STATS } from './tables/docker-stats';
import { VMSTAT_TABLE } from './tables/vmstat-table';

const READERS: readonly HostFileReader[] = [PRESSURE_FILE, CGROUP_FILE, STAT_FILE, MEMINFO_FILE, LOADAVG_FILE, DISKSTATS_FILE, NET_FILE, DOCKER_STATS, CGTOP, DF_TABLE, VMSTAT_TABLE, VMSTAT_FILE];

/**
 * A line to read, a time that dates what follows, the next round of a tool's output, the host's name, a line that belongs to no
 * known file, or one that was cut off.
 */
export type CaptureLine =
  | { readonly kind: 'line'; readonly number: number; readonly text: string; readonly path: string; readonly reader: HostFileReader }
  | { readonly kind: 'time'; readonly number: number; readonly atUs: number; readonly zone: string | null }
  | { readonly kind: 'round'; readonly number: number; readonly reader: HostFileReader }
  | { readonly kind: 'host'; readonly number: number; readonly name: string }
  | { readonly kind: 'unknown'; readonly number: number; readonly text: string; readonly path: string }
  | { readonly kind: 'cut'; readonly number: number };

const HEADER = /^==> (.+) <==$/;
const PREFIXED = /^(\S*\/[\w.,@+\\-]+):(.*)$/;
const HOSTNAME = /(?:^|\/)(?:proc\/sys\/kernel|etc)\/hostname$/;
/** What a terminal is told (clear, home) and the mark of UTF-8. */
const UNSEEN = /\u001b\[[0-9;?]*[A-Za-z]|^\ufeff/g;
const BRACKET = /^\s*[[\]],?\s*$/;

/** `said` by what a section began: a header, the name of the whole file, the heading of a table, or the looks of a line. */
type Section = { readonly path: string; readonly reader: HostFileReader | null; readonly by: 'header' | 'file' | 'heading' | 'looks'; readonly ended: boolean };

/** `fileName` stands for the path until a header names one: `cpu.pressure` saved alone says what it is. */
export function* captureLines(text: string, fileName: string): Generator<CaptureLine> {
  let section: Section = { path: fileName, reader: readerOf(fileName), by: readerOf(fileName) === null ? 'looks' : 'file', ended: false };
  for (const { number, text: raw, ended } of joinedObjects(textLines(text))) {
    const line = raw.replace(UNSEEN, '').trimEnd();
    if (line.trim() === '') {
      if (section.reader?.endsRound?.('') === true) yield { kind: 'round', number, reader: section.reader };
      continue;
    }
    if (!ended && !/[}\]]$/.test(line)) {
      yield { kind: 'cut', number };
      continue;
    }
    const header = HEADER.exec(line);
    if (header !== null) {
      section = { path: header[1]!, reader: readerOf(header[1]!), by: 'header', ended: false };
      continue;
    }
    const table = tableOf(line, section.path);
    if (table !== null) {
      if (table.reader?.endsRound?.(line) === true) yield { kind: 'round', number, reader: table.reader };
      section = table;
      continue;
    }
    const time = mayDate(section, line) ? captureTime(line) : null;
    if (time !== null) {
      yield { kind: 'time', number, ...time };
      continue;
    }
    const prefixed = PREFIXED.exec(line);
    const named = prefixed === null ? null : readerOf(prefixed[1]!);
    if (prefixed !== null && (named !== null || HOSTNAME.test(prefixed[1]!))) {
      yield lineOf(number, prefixed[2]!, prefixed[1]!, named);
      continue;
    }
    if (section.by === 'looks' && BRACKET.test(line)) continue; // around objects
    section = sectionAt(section, line);
    const own = section.ended ? null : section.reader;
    const rowTime = own?.time?.(line, section.path) ?? null;
    if (rowTime !== null) yield { kind: 'time', number, ...rowTime };
    yield lineOf(number, line, section.path, own);
    if (own?.oneLine?.(section.path) === true) section = { ...section, ended: true };
    else if (own?.following !== undefined) section = { ...section, path: own.following(section.path) };
  }
}

/** Without a name a file ends where a line looks like one of another; with a name, where a tool printed something that has no heading. */
function sectionAt(section: Section, line: string): Section {
  if (section.by === 'file') return section;
  const found = READERS.find((reader) => (section.by !== 'header' || reader.endsRound !== undefined) && reader.recognises(line)) ?? null;
  if (found === null) return section.by === 'looks' && section.reader === null ? { ...section, path: '' } : section;
  return found === section.reader ? section : { path: '', reader: found, by: 'looks', ended: false };
}

function tableOf(line: string, before: string): Section | null {
  for (const reader of READERS) {
    const path = reader.heading?.(line, before) ?? null;
    if (path !== null) return { path, reader, by: 'heading', ended: false };
  }
  return null;
}

function lineOf(number: number, text: string, path: string, reader: HostFileReader | null): CaptureLine {
  if (HOSTNAME.test(path)) return { kind: 'host', number, name: text.trim() };
  return reader === null ? { kind: 'unknown', number, text, path } : { kind: 'line', number, text, path, reader };
}

const readerOf = (path: string) => READERS.find((reader) => reader.named(path)) ?? null;

/** The one number of a file is its value, and so may be a whole number in a file of unknown kind. */
function mayDate({ reader, path, by, ended }: Section, line: string): boolean {
  if (reader === null) return by === 'looks' || /\D/.test(line.trim());
  return ended || reader.oneLine?.(path) !== true;
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
