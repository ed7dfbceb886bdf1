/** What commands set on a host, as it is now: what an undo must know, and what a plan's precondition spells out. */
import type { HostSample } from '@/engine/telemetry';
import { UNLIMITED_PAGES, mibOf } from '../../memory';
import { groupNamed, type HostGroup, type HostWorld, type Program } from '../host-world';

/** What nobody knows is null; of a quota and a limit that means none, too. */
export type GroupSettings = { readonly group: string; readonly cpuWeight: number | null; readonly quotaMs: number | null; readonly periodMs: number | null; readonly cpus: readonly number[] | null; readonly memoryLimitMib: number | null; /** Left out: none. */ readonly memoryHighMib?: number | null; readonly io?: IoSettings };
/** Null: no limit. */
export type IoLimitSettings = { readonly mibPerSecond: number | null; readonly iops: number | null };
export type IoSettings = Readonly<Record<'read' | 'write', IoLimitSettings>>;
export const NO_IO_LIMIT: IoLimitSettings = { mibPerSecond: null, iops: null };
export type ProgramSettings = { readonly program: string; readonly group: string; readonly nice: number | null };
export type CertificateSettings = { readonly certificate: string; readonly notAfterUnixSeconds: number };
export type HostSettings = { readonly host: string; readonly reboots: number | null; /** Null: it never suspends; left out where it cannot. */ readonly suspendAfterSeconds?: number | null; readonly groups: readonly GroupSettings[]; readonly programs: readonly ProgramSettings[]; readonly certificates: readonly CertificateSettings[] };

export const settingsOfHost = (world: HostWorld): HostSettings => ({ host: world.spec.name, reboots: world.reboots, ...suspendOf(world), groups: world.groups.map((group) => settingsOfGroup(world, group)), programs: world.programs.flatMap((program) => (program.phase === 'moved' ? [] : [settingsOfProgram(world, program)])), certificates: world.upkeep.certificates.map(({ name, notAfterUs }) => ({ certificate: name, notAfterUnixSeconds: (world.upkeep.epochUs + notAfterUs) / 1e6 })) });

const suspendOf = ({ spec, sleep }: HostWorld) => (spec.power?.suspend === undefined ? {} : { suspendAfterSeconds: sleep.afterUs === null ? null : sleep.afterUs / 1e6 });

/** All are known: the host itself is asked. */
export function settingsOfGroup(world: HostWorld, { name, cpuGroup, memoryGroup }: HostGroup) {
  const { cpu, memory } = world;
  const { weight, cpus, bandwidth } = cpu.groups[cpuGroup]!;
  const { limitPages, highPages } = memory.tree.groups[memoryGroup]!;
  return {
    group: name,
    cpuWeight: Math.round((weight * 100) / 1_024),
    quotaMs: bandwidth.quotaUs === Infinity ? null : bandwidth.quotaUs / 1_000,
    periodMs: bandwidth.periodUs / 1_000,
    cpus: [...cpus].flatMap((allowed, id) => (allowed === 1 ? [id] : [])),
    memoryLimitMib: limitPages === UNLIMITED_PAGES ? null : mibOf(limitPages),
    ...(highPages === UNLIMITED_PAGES ? {} : { memoryHighMib: mibOf(highPages) }),
    ...ioOf(world, name),
  };
}

/** Of a group on a disk that is timed. */
function ioOf(world: HostWorld, name: string): { readonly io?: IoSettings } {
  const throttle = world.io?.throttles[groupNamed(world, name)];
  if (throttle === undefined) return {};
  const finite = (value: number) => (value === Infinity ? null : value);
  const settings = ({ bytesPerSecond, iops }: { readonly bytesPerSecond: number; readonly iops: number }): IoLimitSettings => ({ mibPerSecond: finite(bytesPerSecond / BYTES_PER_MIB), iops: finite(iops) });
  return { io: { read: settings(throttle.read.limit), write: settings(throttle.write.limit) } };
}

export const settingsOfProgram = ({ groups }: HostWorld, { spec, group, nice }: Program) => ({ program: spec.name, group: groups[group]!.name, nice });

const BYTES_PER_MIB = 1_048_576;

/** As a sample tells them. */
export const settingsOfSample = ({ host, reboots, groups, programs, upkeep }: HostSample): HostSettings => ({
  host,
  reboots,
  groups: groups.map(({ group, cpuWeight, quotaMs, periodMs, cpus, memoryLimitBytes, memoryHighBytes, io }) => ({ group, cpuWeight, quotaMs, periodMs, cpus, memoryLimitMib: memoryLimitBytes === null ? null : memoryLimitBytes / BYTES_PER_MIB, ...(memoryHighBytes === undefined ? {} : { memoryHighMib: memoryHighBytes / BYTES_PER_MIB }), ...(io === undefined ? {} : { io }) })),
  programs: programs.map(({ program, group, nice }) => ({ program, group, nice })),
  certificates: upkeep?.certificates.map(({ name, leftSeconds }) => ({ certificate: name, notAfterUnixSeconds: upkeep.unixSeconds + leftSeconds })) ?? [],
});
