/**
 * A host as a spec, from nothing but what was recorded of it: its size, its groups with their limits, and per group a
 * program that uses the CPU and the memory that were measured. What no recording says is assumed, and every assumption
 * is told.
 */
import { mean, sampleQuantile } from '@/engine/kernel';
import type { Frame, GroupSample, HostSample, ProgramSample } from '@/engine/telemetry';
import { parseHost } from './read/read-host';
import { backgroundCores } from './background-cores';
import { fitRequests } from './fit-requests';
import type { HostGroupSpec, HostSpec, ProgramSpec } from './host-spec';

export type SpecsFromSamples = { readonly hosts: readonly HostSpec[]; /** What is assumed, and which hosts cannot be rehearsed. */ readonly notes: readonly string[] };

const BYTES_PER_MIB = 1_048_576;
/** ext4 keeps so much for root; what is used and available is the rest. */
const RESERVED_SHARE = 0.05;
const RESTART = { delaySeconds: 1, longestSeconds: 60 };

/** By the order in which hosts appear. `lanesOf` a program that answers requests: how many it works on at once. */
export function specsFromSamples(frames: readonly Frame[], lanesOf: (program: string) => number | null = () => null): SpecsFromSamples {
  const notes: string[] = [];
  const hosts = [...gathered(frames.flatMap(({ hosts: all = [] }) => all), ({ host }) => host)].flatMap(([name, samples]) => hostSpec(name, samples, { notes, lanesOf }));
  if (hosts.some(({ programs }) => programs.length > 0)) notes.push('What starts the programs of a recorded host again is not known: a supervisor that waits a second is assumed.');
  return { hosts, notes };
}

/** In one pass: there may be thousands. */
function gathered<T>(items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const lists = new Map<string, T[]>();
  for (const item of items) {
    const list = lists.get(keyOf(item));
    if (list === undefined) lists.set(keyOf(item), [item]);
    else list.push(item);
  }
  return lists;
}

type Asked = { readonly notes: string[]; readonly lanesOf: (program: string) => number | null };

function hostSpec(name: string, samples: readonly HostSample[], { notes, lanesOf }: Asked): HostSpec[] {
  const latest = <T>(of: (sample: HostSample) => T | null) => samples.map(of).findLast((value) => value !== null) ?? null;
  const cpus = latest(({ size }) => size.cpus);
  const memoryBytes = latest(({ size }) => size.memoryBytes);
  if (cpus === null || memoryBytes === null) {
    notes.push(`The ${cpus === null ? 'number of CPUs' : 'memory'} of ${name} was not recorded: it is watched, and nothing can be rehearsed on it.`);
    return [];
  }
  const groups = groupsOf(samples, cpus);
  const memoryMib = memoryBytes / BYTES_PER_MIB;
  const programs = programsOf(samples, { cpus, memoryMib });
  if (programs.length === 0) {
    notes.push(`No control group of ${name} was recorded: it is watched, and nothing can be rehearsed on it.`);
    return [];
  }
  const disk = latest((sample) => sample.disk);
  const read = parseHost({
    name,
    cpus,
    memoryMib,
    ...(disk === null ? {} : { disk: { sizeMib: (disk.usedBytes + disk.availableBytes) / BYTES_PER_MIB / (1 - RESERVED_SHARE), usedMib: disk.usedBytes / BYTES_PER_MIB } }),
    groups: [...groups, ...programs.filter(({ group }) => !groups.some((each) => each.name === group)).map(({ group }) => ({ name: group }))],
    programs,
  });
  if (read.ok) {
    const { host, fitted } = fitRequests(read.value, samples, lanesOf);
    const assumed = fitted.filter((program) => lanesOf(program) === null);
    if (fitted.length > 0) notes.push(`${fitted.join(', ')} on ${name} get${fitted.length === 1 ? 's' : ''} the requests of the service of that name${assumed.length === 0 ? '' : `; one request at a time is assumed of ${assumed.join(', ')}`}.`);
    return [host];
  }
  const [issue] = read.error;
  notes.push(`${name} is watched, and nothing can be rehearsed on it: its recorded ${issue?.path ?? 'description'} cannot be (${issue?.message ?? ''}).`);
  return [];
}

/** Every group that was ever there, those above first; settings as they were last. */
function groupsOf(samples: readonly HostSample[], cpusOfHost: number): HostGroupSpec[] {
  const last = new Map<string, GroupSample>();
  for (const { groups } of samples) for (const group of groups) last.set(group.group, group);
  const depth = (name: string | null, left: number): number => (name === null || left === 0 ? 0 : 1 + depth(last.get(name)?.parent ?? null, left - 1));
  const ordered = [...last.values()].map((group) => ({ group, depth: depth(group.group, last.size) })).sort((a, b) => a.depth - b.depth || (a.group.group < b.group.group ? -1 : 1));
  return ordered.map(({ group: { group: name, parent, cpuWeight, quotaMs, periodMs, memoryLimitBytes, memoryHighBytes, cpus } }) => ({
    name,
    ...(parent === null || !last.has(parent) ? {} : { parent }),
    ...(cpuWeight === null ? {} : { cpuWeight }),
    quotaMs,
    ...(periodMs === null ? {} : { periodMs }),
    memoryLimitMib: memoryLimitBytes === null ? null : Math.max(1, memoryLimitBytes / BYTES_PER_MIB),
    ...(memoryHighBytes === undefined ? {} : { memoryHighMib: Math.max(1, memoryHighBytes / BYTES_PER_MIB) }),
    ...(cpus === null || !cpus.every((cpu) => cpu < cpusOfHost) ? {} : { cpus }),
  }));
}

function programsOf(samples: readonly HostSample[], { cpus, memoryMib }: { readonly cpus: number; readonly memoryMib: number }): ProgramSpec[] {
  const seen = samples.flatMap(({ programs, groups }) => {
    const groupOf = new Map(groups.map((group) => [group.group, group]));
    return programs.map((program) => ({ program, group: groupOf.get(program.group) }));
  });
  return [...gathered(seen, ({ program }) => program.program)].map(([name, own]): ProgramSpec => {
    const known = (of: (program: ProgramSample) => number | null) => own.flatMap(({ program }) => of(program) ?? []);
    const cores = known(({ cpuCores }) => cpuCores);
    const memory = known(({ memoryBytes }) => memoryBytes);
    const file = own.flatMap(({ group }) => group?.fileBytes ?? []);
    const last = own.at(-1)!;
    return {
      name,
      group: last.program.group,
      load: { kind: 'background', cores: backgroundCores(cores.length === 0 ? 0 : mean(cores), last.group, cpus), threads: Math.max(1, Math.min(cpus, Math.ceil(cores.reduce((most, each) => Math.max(most, each), 0)))) },
      memoryMib: Math.max(1, Math.min(memoryMib, memory.length === 0 ? 1 : sampleQuantile(memory, 0.5) / BYTES_PER_MIB)),
      ...(file.length === 0 ? {} : { fileCacheMib: Math.min(memoryMib, Math.max(0, sampleQuantile(file, 0.5) / BYTES_PER_MIB)) }),
      restart: RESTART,
    };
  });
}
