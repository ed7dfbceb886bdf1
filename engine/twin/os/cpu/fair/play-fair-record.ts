/**
 * A laboratory record on the fast mode: the same groups, processes and changes as a fluid, without slices, phases or balancing. Work
 * that comes in items comes at its mean rate; who is killed is not started again. Nothing is drawn, so all repeats are one.
 */
import { IDLE_WEIGHT, weightOfShares } from '../weights';
import { cpusOfList, type CpuLabScenario, type LabEvent, type LabGroup, type LabHostFacts, type LabProcess } from '../lab/cpu-lab-scenario';
import { advanceFairHost } from './advance-fair-host';
import { createFairHost, setDemand, setFairCpus, setFairQuota, setFairWeight, type FairHost } from './fair-host';

export type FairGroupRun = { readonly cpu: number; readonly nrPeriods: number; readonly nrThrottled: number; readonly throttledS: number };
export type FairRun = { readonly groups: Readonly<Record<string, FairGroupRun>>; readonly tasks: readonly { readonly label: string; readonly nice: number; readonly cpu: number; readonly runqWait: number }[] };

/** A process in a group; one that a move puts elsewhere is another task there. */
type Place = { readonly group: number; readonly label: string; readonly nice: number; readonly cores: number; alive: boolean };
type Playing = { readonly host: FairHost; readonly names: readonly string[]; readonly groups: readonly LabGroup[]; readonly places: readonly Place[]; readonly quotas: Map<number, { quotaUs: number; periodUs: number }> };

const STEP_US = 100_000;
const PERIOD_US = 100_000;

export function playFairRecord(scenario: CpuLabScenario, facts: LabHostFacts): FairRun {
  const run = begin(scenario, facts);
  const warmS = scenario.warmS ?? 1;
  const events = [...(scenario.events ?? [])].sort((a, b) => a.tS - b.tS);
  const cuts = [...new Set([warmS, ...events.map(({ tS }) => tS), scenario.durationS])].filter((s) => s > 0 && s <= scenario.durationS).sort((a, b) => a - b);
  let opened = readings(run.host);
  for (const cut of cuts) {
    advanceTo(run.host, cut * 1e6);
    if (cut === warmS) opened = readings(run.host);
    for (const event of events) if (event.tS === cut) apply(run, event);
  }
  return summarize(run, opened, (scenario.durationS - warmS) * 1e6);
}

function begin(scenario: CpuLabScenario, { cpus }: LabHostFacts): Playing {
  const names = scenario.groups.map(({ name }) => name);
  const spawned = (scenario.events ?? []).flatMap(({ action, group, proc }) => (action === 'spawn' && group !== undefined && proc !== undefined ? placesOf(names, names.indexOf(group), proc, false) : []));
  const first = scenario.groups.flatMap(({ procs = [] }, group) => procs.flatMap((proc) => placesOf(names, group, proc, true)));
  const moved = (scenario.events ?? []).flatMap(({ action, group, to }) => (action === 'move' ? first.filter((place) => names[place.group] === group).map((place): Place => ({ ...place, group: names.indexOf(to ?? ''), alive: false })) : []));
  const places = [...first, ...spawned, ...moved].filter(({ group }) => group >= 0);
  const host = createFairHost({
    cpus,
    groups: scenario.groups.map(({ name, shares, idle, cpus: list, quotaUs = -1, periodUs }) => {
      const parent = names.indexOf(name.slice(0, Math.max(0, name.lastIndexOf('/'))));
      const allowed = allowedOf(list, cpus);
      return { name, weight: weightOfShares(shares ?? 1_024), idle: idle === 1, ...(parent < 0 ? {} : { parent }), ...(allowed === undefined ? {} : { cpus: allowed }), ...(quotaUs > 0 ? { quotaUs } : {}), ...(periodUs === undefined ? {} : { periodUs }) };
    }),
    tasks: places.map(({ label, group, nice }) => ({ name: label, group, nice })),
  });
  const run: Playing = { host, names, groups: scenario.groups, places, quotas: new Map(scenario.groups.map(({ quotaUs = -1, periodUs = PERIOD_US }, i) => [i, { quotaUs, periodUs }])) };
  places.forEach((_, i) => tell(run, i));
  scenario.groups.forEach(({ name, set = {} }) => Object.entries(set).forEach(([file, value]) => write(run, name, file, value)));
  return run;
}

function placesOf(names: readonly string[], group: number, { kind, label, count = 1, nice = 0, duty }: LabProcess, alive: boolean): Place[] {
  const cores = kind !== 'duty' || duty === undefined ? Infinity : Math.min(1, meanMs(duty.work) / duty.periodMs);
  return Array.from({ length: count }, (_, k): Place => ({ group, label: `${names[group] ?? ''}/${label ?? kind}${count > 1 ? k : ''}`, nice, cores, alive }));
}

function meanMs(work: NonNullable<LabProcess['duty']>['work']): number {
  if (work.dist === 'h2') return work.p * work.aMs + (1 - work.p) * work.bMs;
  return work.dist === 'uniform' ? (work.loMs + work.hiMs) / 2 : work.meanMs;
}

/** CPUs of a list that the host has; all of them when that leaves none. */
function allowedOf(list: string | undefined, cpus: number): number[] | undefined {
  const named = list === undefined ? [] : cpusOfList(list).filter((cpu) => cpu < cpus);
  return named.length === 0 ? undefined : named;
}

function tell({ host, places }: Playing, task: number): void {
  const { alive, cores } = places[task]!;
  setDemand(host, task, alive ? cores : 0);
  if (!alive) host.backlogUs[task] = 0;
}

function advanceTo(host: FairHost, untilUs: number): void {
  while (host.nowUs < untilUs - 1e-6) advanceFairHost(host, Math.min(STEP_US, untilUs - host.nowUs));
}

function apply(run: Playing, { action, group, file, value, proc, label, to }: LabEvent): void {
  if (action === 'set') return write(run, group ?? '', file ?? '', value ?? NaN);
  const change = (alive: boolean, which: (place: Place) => boolean) => run.places.forEach((place, task) => {
    if (!which(place)) return;
    place.alive = alive;
    tell(run, task);
  });
  if (action === 'kill') change(false, (place) => place.label.startsWith(label ?? ''));
  else if (action === 'spawn' && proc !== undefined) change(true, (place) => run.names[place.group] === group && place.label.startsWith(`${group ?? ''}/${proc.label ?? proc.kind}`));
  else if (action === 'move' && run.names.includes(to ?? '')) {
    const moving = run.places.filter((place) => place.alive && run.names[place.group] === group).map(({ label: name }) => name);
    change(false, (place) => run.names[place.group] === group);
    change(true, (place) => run.names[place.group] === to && moving.includes(place.label));
  }
}

/** A value for a cgroup v1 file of a group. */
function write({ host, names, quotas }: Playing, name: string, file: string, value: number | string): void {
  const group = names.indexOf(name);
  if (group < 0) return;
  const number = Number(value);
  const quota = quotas.get(group)!;
  switch (file) {
    case 'cpu/cpu.shares':
      return setFairWeight(host, group, weightOfShares(number));
    case 'cpu/cpu.idle':
      return setFairWeight(host, group, number === 1 ? IDLE_WEIGHT : weightOfShares(1_024));
    case 'cpu/cpu.cfs_quota_us':
      quota.quotaUs = number;
      return setFairQuota(host, group, number > 0 ? number : Infinity, quota.periodUs);
    case 'cpu/cpu.cfs_period_us':
      quota.periodUs = number;
      return setFairQuota(host, group, quota.quotaUs > 0 ? quota.quotaUs : Infinity, number);
    case 'cpuset/cpuset.cpus':
      return setFairCpus(host, group, allowedOf(String(value), host.cpus));
  }
}

type Readings = { readonly groups: Float64Array; readonly periods: Float64Array; readonly throttled: Float64Array; readonly throttledUs: Float64Array; readonly tasks: Float64Array; readonly waits: Float64Array };

const readings = ({ groupCpuUs, periods, throttledPeriods, throttledUs, taskCpuUs, taskWaitUs }: FairHost): Readings => ({ groups: groupCpuUs.slice(), periods: periods.slice(), throttled: throttledPeriods.slice(), throttledUs: throttledUs.slice(), tasks: taskCpuUs.slice(), waits: taskWaitUs.slice() });

function summarize({ host, names, places }: Playing, from: Readings, spanUs: number): FairRun {
  const to = readings(host);
  const over = (of: keyof Readings, i: number) => to[of][i]! - from[of][i]!;
  return {
    groups: Object.fromEntries(names.map((name, i) => [name, { cpu: over('groups', i + 1) / spanUs, nrPeriods: Math.round(over('periods', i + 1)), nrThrottled: Math.round(over('throttled', i + 1)), throttledS: over('throttledUs', i + 1) / 1e6 }])),
    tasks: places.map(({ label, nice }, i) => ({ label, nice, cpu: over('tasks', i) / spanUs, runqWait: over('waits', i) / spanUs })),
  };
}
