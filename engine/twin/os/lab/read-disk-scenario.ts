/** Reads experiment H: shell loops with dd under blkio limits. */
import { has, member, note, optional, readList, readNumber, readText, type SpecReader } from '../../spec-reader';
import { readDdScript, type DiskChange, type DiskGroup, type DiskScenario, type IoLimit } from '../disk';
import { DURATION_S, SECONDS } from './lab-fields';
import { readFiles } from './read-memory-scenario';

const THROTTLE = /throttle\.(read|write)_(bps|iops)/;
const SCRIPT_CHARACTERS_MAX = 4_000;

export function readDiskScenario(at: SpecReader): DiskScenario {
  const durationS = readNumber(member(at, 'durationS'), DURATION_S);
  const events = readList(member(at, 'events'), readChange);
  return {
    durationS,
    warmS: optional(at, 'warmS', (warm) => readNumber(warm, { min: 0, max: durationS })) ?? 1,
    sampleHz: optional(at, 'sampleHz', (hz) => readNumber(hz, { min: 0.01, max: 1_000 })) ?? 5,
    files: readFiles(member(at, 'prepare')),
    groups: readList(member(at, 'groups'), readGroup, { min: 1, max: 200 }),
    changes: events.flat(),
  };
}

function readGroup(at: SpecReader): DiskGroup {
  const limits = { read: { bytesPerSecond: Infinity, iops: Infinity }, write: { bytesPerSecond: Infinity, iops: Infinity } };
  const set = member(at, 'set');
  if (has(at, 'set') && typeof set.value === 'object')
    for (const file of Object.keys(set.value ?? {})) {
      const match = THROTTLE.exec(file);
      if (match === null) continue;
      const value = limitOf(member(set, file));
      const side = limits[match[1] === 'read' ? 'read' : 'write'];
      if (match[2] === 'bps') side.bytesPerSecond = value;
      else side.iops = value;
    }
  return { name: readText(member(at, 'name')), read: limits.read satisfies IoLimit, write: limits.write satisfies IoLimit, loops: readList(member(at, 'procs'), readLoops).flat() };
}

function readLoops(at: SpecReader): DiskGroup['loops'] {
  const kind = optional(at, 'kind', readText) ?? 'sh';
  const script = readText(member(at, 'script'), SCRIPT_CHARACTERS_MAX);
  const loops = readDdScript(script);
  if (loops.length === 0) note(member(at, 'script'), 'not-parsable', 'the script holds no dd command that reads or writes a file', 'write for example: while :; do dd if=$TMP/f of=/dev/null bs=64k iflag=direct; done');
  const nice = optional(at, 'nice', (value) => readNumber(value, { min: -20, max: 19, integer: true })) ?? 0;
  return loops.map((loop) => ({ ...loop, label: optional(at, 'label', readText) ?? kind, nice }));
}

/** `MAJOR:MINOR LIMIT`; 0 takes the limit away. */
function limitOf(at: SpecReader): number {
  const value = Number(readText(at, 200).trim().split(/\s+/).at(-1));
  if (!Number.isFinite(value) || value < 0) note(at, 'not-parsable', 'expected a device and a limit', 'write DEVNO 1048576');
  return Number.isFinite(value) && value > 0 ? value : Infinity;
}

function readChange(at: SpecReader): DiskChange[] {
  const match = THROTTLE.exec(readText(member(at, 'file')));
  const tS = readNumber(member(at, 'tS'), SECONDS);
  if (match === null) return [];
  const limit = limitOf(member(at, 'value'));
  return [{ tS, group: readText(member(at, 'group')), direction: match[1] === 'read' ? 'read' : 'write', kind: match[2] === 'bps' ? 'bps' : 'iops', value: limit === Infinity ? 0 : limit }];
}
