/**
 * A group that waits for the CPU while another one uses more than it does. How many of its tasks wait is known on a twin;
 * of a real group its pressure file says for which share of the time at least one did, throttling apart.
 */
import type { GroupSample, HostSample } from '@/engine/telemetry';
import type { FoundOnHost } from './find-on-host';
import { meanOfGroup, type GroupHistory } from './group-history';

const WAITING_TASKS = 0.5;
/** Of tasks outside of every group: what is left of the host's use, where it is more than rounding. */
const OUTSIDE_CORES_MIN = 0.1;

type Use = { readonly name: string | null; readonly parent: string | null; readonly cores: number };

/** `samples` of one host with the history of its groups; groups of the last one. */
export function findNoisyNeighbours(samples: readonly HostSample[], history: GroupHistory): FoundOnHost[] {
  const groups = samples.at(-1)?.groups ?? [];
  const use: Use[] = groups.flatMap(({ group, parent }) => {
    const cores = meanOfGroup(history.get(group), ({ cpuCores }) => cpuCores);
    return cores === null ? [] : [{ name: group, parent, cores }];
  });
  const all = [...use, ...outside(samples, use)];
  return groups.flatMap((group) => judge(group, history, all));
}

function judge({ group: subject }: GroupSample, history: GroupHistory, all: readonly Use[]): FoundOnHost[] {
  const own = all.find(({ name }) => name === subject);
  const isThrottled = (history.get(subject) ?? []).some(({ sample }) => (sample.throttledPeriods ?? 0) > 0);
  const waiting = meanOfGroup(history.get(subject), ({ waitingTasks, pressure }) => waitingTasks ?? (isThrottled ? null : shareOf(pressure?.cpuSome ?? null)));
  if (own === undefined || waiting === null || waiting < WAITING_TASKS) return [];
  const loudest = all.filter((each) => each !== own && !isAbove(each.name, own, all) && !isAbove(subject, each, all)).reduce<Use | null>((best, each) => (each.cores > (best?.cores ?? 0) ? each : best), null);
  if (loudest === null || loudest.cores <= own.cores) return [];
  const who = loudest.name ?? 'what runs outside of every group';
  return [{ kind: 'noisy-neighbour', subject, severity: 'ticket', value: waiting, limit: WAITING_TASKS, unit: 'waiting tasks', ...(loudest.name === null ? {} : { cause: loudest.name }), detail: `${waiting.toFixed(1)} of its tasks wait for a CPU on average while ${who} uses ${loudest.cores.toFixed(2)} cores` }];
}

/** What a group above uses is not its neighbours'. */
function isAbove(name: string | null, below: Use, all: readonly Use[]): boolean {
  for (let at = below.parent, left = all.length; at !== null && left > 0; left -= 1) {
    if (at === name) return true;
    at = all.find((each) => each.name === at)?.parent ?? null;
  }
  return false;
}

/** The host's use less that of its uppermost groups. */
function outside(samples: readonly HostSample[], use: readonly Use[]): Use[] {
  const total = mean(samples.flatMap(({ cpuCores }) => cpuCores ?? []));
  const cores = (total ?? 0) - use.reduce((sum, each) => sum + (each.parent === null ? each.cores : 0), 0);
  return total === null || cores < OUTSIDE_CORES_MIN ? [] : [{ name: null, parent: null, cores }];
}

const shareOf = (percent: number | null) => (percent === null ? null : percent / 100);

const mean = (values: readonly number[]) => (values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length);
