/** The control groups of a host as samples, those above others named as their parents. The root group is the host itself and none of them. */
import type { GroupSample } from '../../host-sample';
import type { GroupWindow, HostWindow } from './host-window';
import { pressureOf } from './pressure-of';

export type SampledGroup = { readonly window: GroupWindow; readonly sample: GroupSample; /** Another group hangs below it. */ readonly isSlice: boolean };

const ROOT = '/';
/** Load weight 1024 is cpu.weight 100, in both versions of cgroups. */
const WEIGHT_PER_SHARE = 100 / 1_024;

/** Version 1 writes “no limit” as the largest number of whole pages, cAdvisor as 0. */
const UNLIMITED = 2 ** 62;
const limitOf = (bytes: number | null) => (bytes === null || bytes <= 0 || bytes >= UNLIMITED ? null : bytes);

/** By path; groups that nothing was measured of in the window are left out. */
export function groupSamples({ groups, cpus }: HostWindow): SampledGroup[] {
  const seen = [...groups.values()].filter(({ name, sums, pressure }) => name.key !== ROOT && sums.size + pressure.counted.size + pressure.printed.size > 0).sort((a, b) => (a.name.key < b.name.key ? -1 : 1));
  const titles = namesOf(seen);
  const parents = seen.map((group) => parentOf(group, seen));
  return seen.map((window, i) => ({ window, isSlice: parents.includes(window), sample: groupSample(window, { group: titles.get(window)!, parent: parents[i] === null ? null : titles.get(parents[i]!)!, cpusOfHost: cpus.size }) }));
}

/** What people call it; where two would be called the same, their whole paths. */
function namesOf(seen: readonly GroupWindow[]): ReadonlyMap<GroupWindow, string> {
  const count = new Map<string, number>();
  for (const { name } of seen) count.set(name.title, (count.get(name.title) ?? 0) + 1);
  return new Map(seen.map((window) => [window, count.get(window.name.title)! > 1 ? window.name.key.replace(/^\//, '') : window.name.title]));
}

function parentOf({ name }: GroupWindow, seen: readonly GroupWindow[]): GroupWindow | null {
  const { path } = name;
  if (path === null) return null;
  return seen.reduce<GroupWindow | null>((best, each) => (each.name.path !== null && path.startsWith(`${each.name.path}/`) && each.name.path.length > (best?.name.path?.length ?? 0) ? each : best), null);
}

type Place = { readonly group: string; readonly parent: string | null; /** 0: not known. */ readonly cpusOfHost: number };

function groupSample({ sums, pressure, cpus }: GroupWindow, { group, parent, cpusOfHost }: Place): GroupSample {
  const of = (part: Parameters<typeof sums.get>[0]) => sums.get(part) ?? null;
  const positive = (value: number | null) => (value === null || value <= 0 ? null : value);
  const shares = of('shares');
  const periodUs = positive(of('period'));
  const quotaUs = positive(of('quota'));
  const own = pressureOf(pressure);
  const [high, swap, read, written] = [limitOf(of('high')), of('swap'), of('read'), of('written')];
  return {
    group,
    parent,
    cpuCores: of('cpu') ?? of('cores'),
    waitingTasks: null,
    throttledTasks: null,
    periods: of('periods'),
    throttledPeriods: of('throttled'),
    memoryBytes: of('memory'),
    fileBytes: of('file'),
    memoryLimitBytes: limitOf(of('limit')),
    reclaimedBytes: null,
    ...(high === null ? {} : { memoryHighBytes: high }),
    ...(swap === null ? {} : { swapBytes: swap }),
    ...(read === null || written === null ? {} : { disk: { readBytesPerSecond: read, writeBytesPerSecond: written } }),
    cpuWeight: of('weight') ?? (shares === null ? null : Math.max(1, Math.round(shares * WEIGHT_PER_SHARE))),
    quotaMs: quotaUs === null ? null : quotaUs / 1_000,
    periodMs: periodUs === null ? null : periodUs / 1_000,
    cpus: cpus === null || (cpusOfHost > 0 && cpus.length >= cpusOfHost) ? null : cpus,
    ...(own === null ? {} : { pressure: own }),
  };
}
