/** The textbook on memory, disks and start-up: rates and limits, nothing else. */
import type { DiskScenario } from '../../disk';
import type { MemoryScenario } from '../../memory';
import type { StartUpScenario } from '../../process';

const LIMIT_FILE = 'memory/memory.limit_in_bytes';
const MIB = 1_048_576;
const NO_LIMIT_BPS = 1e10;

/** Kill = (limit − use at the first sample) / rate, for one program that only grows. */
export function predictMemory({ groups, events }: MemoryScenario, baseMib: number | undefined): Map<string, number> {
  const [group] = groups;
  const [spec] = group?.procs ?? [];
  const [step] = spec?.steps ?? [];
  if (groups.length !== 1 || group === undefined || spec === undefined || group.procs.length !== 1 || spec.steps.length !== 1 || step?.op !== 'grow') return new Map();
  if (step.mbPerS === undefined || group.memLimitMb === undefined || group.oomDisable === true || baseMib === undefined) return new Map();
  const raised = events.flatMap((event) => (event.action === 'set' && event.file === LIMIT_FILE ? [event.value / MIB] : []));
  const killS = (Math.max(group.memLimitMb, ...raised) - baseMib) / step.mbPerS;
  return new Map([[`${group.name}/${spec.label ?? 'mem'} kill 1`, killS]]);
}

/** Throughput = limit, where there is one. */
export function predictDisk({ groups, changes }: DiskScenario): Map<string, number> {
  if (changes.length > 0) return new Map();
  return new Map(groups.flatMap(({ name, read, write }) => ([['read', read], ['write', write]] as const).flatMap(([side, { bytesPerSecond, iops }]) => [...(bytesPerSecond < NO_LIMIT_BPS ? [[`${name} ${side}Bps`, bytesPerSecond] as const] : []), ...(iops < NO_LIMIT_BPS ? [[`${name} ${side}Iops`, iops] as const] : [])])));
}

/** From the idle start and its CPU time: twice the CPU beside a neighbour, whole periods under a quota, detection and delay before a restart. */
export function predictStartUp({ conditions }: StartUpScenario, idle: { readonly readyMs: number; readonly cpuMs: number } | undefined): Map<string, number> {
  if (idle === undefined) return new Map();
  return new Map(
    conditions.flatMap(({ name, hogs, quotaUs, periodUs = 100_000, cold, recover }): [string, number][] => {
      if (recover !== undefined) return [[`${name} mttrMedianMs`, (recover.detect === 'exit' ? 0 : ((recover.failures ?? 3) - 0.5) * (recover.probeMs ?? 1_000)) + recover.delayS * 1_000 + idle.readyMs]];
      if (cold === true || (hogs === undefined && quotaUs === undefined)) return [];
      const delayMs = quotaUs === undefined ? idle.cpuMs : Math.floor((idle.cpuMs * 1_000) / quotaUs) * ((periodUs - quotaUs) / 1_000);
      return [[`${name} readyMedianMs`, idle.readyMs + delayMs]];
    }),
  );
}
