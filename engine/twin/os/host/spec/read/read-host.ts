/** Reads an untyped document into a HostSpec, or says everything that is wrong with it. */
import { err, ok, type Result } from '@/engine/kernel';
import type { SpecIssue } from '../../../../spec-issue';
import { has, member, note, onlyKeys, optional, readList, readNumber, readText, specReader, type SpecReader } from '../../../../spec-reader';
import { readUpkeep } from '../../upkeep/read-upkeep';
import type { HostDiskSpec, HostGroupSpec, HostSpec, ProgramSpec } from '../host-spec';
import { readGroup } from './read-group';
import { readRegistry } from './read-life';
import { CPUS_MAX, MIB_MAX } from './read-limits';
import { readDisk, readHostPower } from './read-machine';
import { readProgram } from './read-program';

const GROUPS_MAX = 200;
const PROGRAMS_MAX = 200;

export function parseHost(value: unknown): Result<HostSpec, SpecIssue[]> {
  const at = specReader(value);
  const spec = readHost(at);
  return at.issues.length === 0 ? ok(spec) : err(at.issues);
}

export function readHost(at: SpecReader): HostSpec {
  onlyKeys(at, ['name', 'cpus', 'memoryMib', 'swapMib', 'disk', 'registry', 'groups', 'programs', 'upkeep', 'power']);
  const cpus = readNumber(member(at, 'cpus'), { min: 1, max: CPUS_MAX, integer: true });
  const groups = readList(member(at, 'groups'), (item) => readGroup(item, cpus), { max: GROUPS_MAX });
  const programs = readList(member(at, 'programs'), readProgram, { min: 1, max: PROGRAMS_MAX });
  checkNames(member(at, 'groups'), groups.map(({ name }) => name));
  checkNames(member(at, 'programs'), programs.map(({ name }) => name));
  groups.forEach(({ parent }, i) => {
    if (parent !== undefined && !groups.slice(0, i).some(({ name }) => name === parent)) note(member(itemOf(at, 'groups', i), 'parent'), 'unknown-name', `no group "${parent}" is listed before it`, 'list the parent first');
  });
  programs.forEach(({ image }, i) => {
    if (image !== undefined && !(has(at, 'registry') && has(at, 'disk'))) note(member(itemOf(at, 'programs', i), 'image'), 'missing', 'its host has no registry to pull from, or no disk to pull to', 'give the host a disk and a registry');
  });
  programs.forEach(({ group }, i) => {
    if (!groups.some(({ name }) => name === group)) note(member(itemOf(at, 'programs', i), 'group'), 'unknown-name', `there is no group "${group}"`, `groups: ${groups.map(({ name }) => name).join(', ') || 'none'}`);
  });
  const disk = optional(at, 'disk', readDisk);
  checkDevice(at, disk, groups, programs);
  return {
    name: readText(member(at, 'name')),
    cpus,
    memoryMib: readNumber(member(at, 'memoryMib'), { min: 64, max: MIB_MAX }),
    swapMib: optional(at, 'swapMib', (swap) => readNumber(swap, { min: 0, max: MIB_MAX })),
    disk,
    registry: optional(at, 'registry', readRegistry),
    groups,
    programs,
    power: optional(at, 'power', readHostPower),
    upkeep: optional(at, 'upkeep', (upkeep) => readUpkeep(upkeep, cpus, programs.map(({ name }) => name))),
  };
}

/** What goes to a device needs one. */
function checkDevice(at: SpecReader, disk: HostDiskSpec | undefined, groups: readonly HostGroupSpec[], programs: readonly ProgramSpec[]): void {
  if (disk?.device !== undefined) return;
  const wants = [...groups.filter(({ io }) => io !== undefined).map(({ name }) => `group "${name}"`), ...programs.filter(({ load }) => load?.kind === 'backup' || (load?.kind === 'requests' && load.disk !== undefined)).map(({ name }) => `program "${name}"`)];
  if (wants.length > 0) note(member(at, 'disk'), 'missing', `${wants.join(', ')} need a disk with a device`, 'say its latencies and rates, for example {"device": {"readLatencyMs": 0.2, …}}');
}

function checkNames(at: SpecReader, names: readonly string[]): void {
  names.forEach((name, i) => {
    if (names.indexOf(name) < i) note(at, 'duplicate', `"${name}" is listed twice`, 'give each a name of its own');
  });
}

const itemOf = (at: SpecReader, key: string, i: number): SpecReader => {
  const list = member(at, key);
  return { path: `${list.path}[${i}]`, value: undefined, issues: at.issues };
};
