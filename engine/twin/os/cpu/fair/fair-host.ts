/**
 * The fast mode: a host's CPU as a fluid. Every task wants so many cores (at most one, it is one thread); groups share by
 * weight, level by level, what is left over goes to the siblings, quotas and cpusets are caps on averages. No slices, no
 * phases: what the exact mode adds to this is said (and tested) in fair-agreement.property.test.ts.
 */
import { invariant } from '@/engine/kernel';
import { IDLE_WEIGHT, NICE_0_WEIGHT, weightOfNice } from '../weights';

export type FairGroupSpec = {
  readonly name: string;
  /** Index of the parent, which comes earlier; absent: the root. */
  readonly parent?: number;
  readonly weight?: number;
  readonly idle?: boolean;
  readonly cpus?: readonly number[];
  readonly quotaUs?: number;
  readonly periodUs?: number;
};
export type FairTaskSpec = { readonly name: string; readonly group?: number; readonly nice?: number };
export type FairHostSpec = { readonly cpus: number; readonly groups: readonly FairGroupSpec[]; readonly tasks: readonly FairTaskSpec[] };

/** Struct of arrays. Group 0 is the root; group i of the spec is i + 1. A group's members are tasks and groups below it. */
export type FairHost = {
  readonly cpus: number;
  readonly groupNames: string[];
  readonly parents: Int32Array;
  readonly groupWeights: Float64Array;
  readonly quotaCores: Float64Array;
  readonly periodUs: Float64Array;
  /** Allowed CPUs of a group and its ancestors, as a text of 0 and 1. */
  masks: string[];
  /** As wanted by each group itself; undefined: all. */
  readonly wantedCpus: (readonly number[] | undefined)[];
  readonly groupCpuUs: Float64Array;
  readonly periods: Float64Array;
  readonly throttledPeriods: Float64Array;
  readonly throttledUs: Float64Array;
  readonly taskNames: string[];
  readonly taskGroups: Int32Array;
  readonly taskWeights: Float64Array;
  /** Work that arrives, in cores; Infinity never sleeps. */
  readonly demandCores: Float64Array;
  /** Work that arrived and waits. */
  readonly backlogUs: Float64Array;
  readonly taskCpuUs: Float64Array;
  readonly taskWaitUs: Float64Array;
  /** Tasks by group: `members` from `memberStart[g]` to `memberStart[g + 1]`, and subgroups alike. */
  readonly memberStart: Int32Array;
  readonly members: Int32Array;
  readonly childStart: Int32Array;
  readonly childGroups: Int32Array;
  /** Results of the last division, in cores. */
  readonly wantedCores: Float64Array;
  readonly taskCores: Float64Array;
  readonly groupWanted: Float64Array;
  readonly groupCores: Float64Array;
  changed: boolean;
  nowUs: number;
};

const DEFAULT_PERIOD_US = 100_000;

/** Groups come after their parents. All tasks want nothing at first (`setDemand`). */
export function createFairHost({ cpus, groups, tasks }: FairHostSpec): FairHost {
  invariant(Number.isInteger(cpus) && cpus >= 1, `a host has at least one CPU, not ${cpus}`);
  groups.forEach(({ parent }, i) => invariant(parent === undefined || (parent >= 0 && parent < i), `group ${i} comes before its parent`));
  const count = groups.length + 1;
  const parents = Int32Array.from([-1, ...groups.map(({ parent }) => (parent === undefined ? 0 : parent + 1))]);
  const taskGroups = Int32Array.from(tasks, ({ group }) => (group === undefined ? 0 : group + 1));
  const floats = (of: (group: FairGroupSpec) => number, root: number) => Float64Array.from([root, ...groups.map(of)]);
  return {
    cpus,
    groupNames: ['', ...groups.map(({ name }) => name)],
    parents,
    groupWeights: floats(({ weight, idle }) => (idle === true ? IDLE_WEIGHT : (weight ?? NICE_0_WEIGHT)), NICE_0_WEIGHT),
    quotaCores: floats(({ quotaUs, periodUs }) => (quotaUs ?? Infinity) / (periodUs ?? DEFAULT_PERIOD_US), Infinity),
    periodUs: floats(({ periodUs }) => periodUs ?? DEFAULT_PERIOD_US, DEFAULT_PERIOD_US),
    masks: masksOf(cpus, parents, [undefined, ...groups.map(({ cpus: allowed }) => allowed)]),
    wantedCpus: [undefined, ...groups.map(({ cpus: allowed }) => allowed)],
    groupCpuUs: new Float64Array(count),
    periods: new Float64Array(count),
    throttledPeriods: new Float64Array(count),
    throttledUs: new Float64Array(count),
    taskNames: tasks.map(({ name }) => name),
    taskGroups,
    taskWeights: Float64Array.from(tasks, ({ nice }) => weightOfNice(nice ?? 0)),
    demandCores: new Float64Array(tasks.length),
    backlogUs: new Float64Array(tasks.length),
    taskCpuUs: new Float64Array(tasks.length),
    taskWaitUs: new Float64Array(tasks.length),
    ...byGroup(count, taskGroups, 'memberStart', 'members'),
    ...byGroup(count, parents, 'childStart', 'childGroups'),
    wantedCores: new Float64Array(tasks.length),
    taskCores: new Float64Array(tasks.length),
    groupWanted: new Float64Array(count),
    groupCores: new Float64Array(count),
    changed: true,
    nowUs: 0,
  };
}

/** Of the root and the groups; a set that leaves nothing of the parent's is the parent's. */
function masksOf(cpus: number, parents: Int32Array, wanted: readonly (readonly number[] | undefined)[]): string[] {
  const masks = ['1'.repeat(cpus)];
  for (let group = 1; group < parents.length; group += 1) {
    const allowed = wanted[group];
    const above = masks[parents[group]!]!;
    const own = [...above].map((bit, cpu) => (bit === '1' && (allowed === undefined || allowed.includes(cpu)) ? '1' : '0')).join('');
    masks.push(own.includes('1') ? own : above);
  }
  return masks;
}

function byGroup<Start extends string, List extends string>(groups: number, owners: Int32Array, startName: Start, listName: List) {
  const lists = Array.from({ length: groups }, (): number[] => []);
  owners.forEach((owner, i) => owner >= 0 && lists[owner]!.push(i));
  const start = new Int32Array(groups + 1);
  lists.forEach((list, g) => (start[g + 1] = start[g]! + list.length));
  return { [startName]: start, [listName]: Int32Array.from(lists.flat()) } as Record<Start | List, Int32Array>;
}

/** Work of a task in cores from now on (0.2: a fifth of a core arrives); Infinity for one that never sleeps. */
export function setDemand(host: FairHost, task: number, cores: number): void {
  if (host.demandCores[task] === cores) return;
  host.demandCores[task] = cores;
  host.changed = true;
}

/** Load weight (1024 = default) of a group of the spec. */
export function setFairWeight(host: FairHost, group: number, weight: number): void {
  host.groupWeights[group + 1] = weight;
  host.changed = true;
}

/** Allowed CPUs of a group of the spec; undefined: all. */
export function setFairCpus(host: FairHost, group: number, cpus: readonly number[] | undefined): void {
  host.wantedCpus[group + 1] = cpus;
  host.masks = masksOf(host.cpus, host.parents, host.wantedCpus);
  host.changed = true;
}

/** `quotaUs` Infinity takes the limit away. */
export function setFairQuota(host: FairHost, group: number, quotaUs: number, periodUs = DEFAULT_PERIOD_US): void {
  host.quotaCores[group + 1] = quotaUs / periodUs;
  host.periodUs[group + 1] = periodUs;
  host.changed = true;
}
