/** The textbook on CPU experiments: fair shares between changes; quotas as buckets; items in one queue, averaged over all phases of the period. */
import { drawItems, arrivalSeed } from '../../cpu/lab/lab-arrivals';
import { cpusOfList, type CpuLabScenario, type LabGroup, type LabProcess, type RepeatInput } from '../../cpu/lab';
import { weightOfNice } from '../../cpu/weights';
import { fairShares, type ShareNode } from './fair-share';
import { latencyOf, responseTimes, type QueueJob } from './queue';

const IDLE_WEIGHT = 3;
const PERIOD_US = 100_000;
const PHASES = 20;

type Live = { groups: LabGroup[]; late: Map<string, LabProcess[]>; dead: Set<string> };

/** Values by key, as a run's are. */
export function predictCpu(scenario: CpuLabScenario, hostCpus: number, rep: number, input: RepeatInput | undefined): Map<string, number> {
  const warmS = scenario.warmS ?? 1;
  const spanS = scenario.durationS - warmS;
  const values = new Map<string, number>();
  const live: Live = { groups: scenario.groups.map((group) => ({ ...group })), late: new Map(), dead: new Set() };
  for (const { name, set = {} } of scenario.groups) for (const [file, value] of Object.entries(set)) apply(live, { tS: 0, action: 'set', group: name, file, value });
  const events = [...(scenario.events ?? [])].sort((a, b) => a.tS - b.tS);
  let fromS = warmS;
  for (const cutS of [...events.map(({ tS }) => tS), scenario.durationS]) {
    const untilS = Math.min(scenario.durationS, Math.max(warmS, cutS));
    addShares(values, live, hostCpus, (untilS - fromS) / spanS);
    fromS = Math.max(fromS, untilS);
    const event = events.shift();
    if (event !== undefined) apply(live, event);
  }
  if ((scenario.events ?? []).length === 0) {
    throttling(values, live, hostCpus, spanS);
    itemLatency(values, scenario, rep, input);
  }
  return values;
}

function addShares(values: Map<string, number>, live: Live, hostCpus: number, part: number): void {
  const top = live.groups.filter(({ name }) => !name.includes('/')).map((group) => nodeOf(group, live, hostCpus));
  for (const [name, cores] of fairShares({ name: '', weight: 1, children: top }, hostCpusOf(live, hostCpus))) if (name !== '') values.set(`${name} cpu`, (values.get(`${name} cpu`) ?? 0) + cores * part);
}

const cpuCount = (group: LabGroup, hostCpus: number) => (group.cpus === undefined ? hostCpus : Math.max(1, cpusOfList(group.cpus).length));
const hostCpusOf = ({ groups }: Live, hostCpus: number) => new Set(groups.flatMap(({ cpus }) => (cpus === undefined ? Array.from({ length: hostCpus }, (_, cpu) => cpu) : cpusOfList(cpus)))).size;

function nodeOf(group: LabGroup, live: Live, hostCpus: number): ShareNode {
  const quota = group.quotaUs === undefined || group.quotaUs <= 0 ? Infinity : group.quotaUs / (group.periodUs ?? PERIOD_US);
  const below = live.groups.filter(({ name }) => name.startsWith(`${group.name}/`) && !name.slice(group.name.length + 1).includes('/')).map((child) => nodeOf(child, live, hostCpus));
  const procs = [...(group.procs ?? []), ...(live.late.get(group.name) ?? [])].flatMap((spec) => leaves(group.name, spec)).filter(({ name }) => ![...live.dead].some((dead) => name.startsWith(dead)));
  return { name: group.name, weight: group.idle === 1 ? IDLE_WEIGHT : Math.max(2, group.shares ?? 1_024), cap: Math.min(quota, cpuCount(group, hostCpus)), children: [...below, ...procs] };
}

function leaves(group: string, spec: LabProcess): ShareNode[] {
  const count = spec.count ?? 1;
  const demand = spec.kind === 'duty' && spec.duty !== undefined ? Math.min(1, meanWork(spec.duty.work) / spec.duty.periodMs) : 1;
  return Array.from({ length: count }, (_, k) => ({ name: `${group}/${spec.label ?? spec.kind}${count > 1 ? k : ''}`, weight: weightOfNice(spec.nice ?? 0), demand }));
}

function meanWork(work: NonNullable<LabProcess['duty']>['work']): number {
  if (work.dist === 'h2') return work.p * work.aMs + (1 - work.p) * work.bMs;
  return work.dist === 'uniform' ? (work.loMs + work.hiMs) / 2 : work.meanMs;
}

function apply(live: Live, event: NonNullable<CpuLabScenario['events']>[number]): void {
  const i = live.groups.findIndex(({ name }) => name === event.group);
  const group = live.groups[i];
  const value = Number(event.value);
  if (event.action === 'kill' && event.label !== undefined) live.dead.add(event.label);
  if (group === undefined) return;
  if (event.action === 'spawn' && event.proc !== undefined) live.late.set(group.name, [...(live.late.get(group.name) ?? []), event.proc]);
  if (event.action !== 'set') return;
  if (event.file === 'cpu/cpu.shares') live.groups[i] = { ...group, shares: value };
  if (event.file === 'cpuset/cpuset.cpus') live.groups[i] = { ...group, cpus: String(event.value) };
  if (event.file === 'cpu/cpu.cfs_quota_us') live.groups[i] = { ...group, quotaUs: value };
  if (event.file === 'cpu/cpu.idle') live.groups[i] = { ...group, idle: value };
}

/** Busy loops alone under a quota: every period is throttled once the bucket is empty. */
function throttling(values: Map<string, number>, { groups }: Live, hostCpus: number, spanS: number): void {
  const [group] = groups;
  if (groups.length !== 1 || group?.quotaUs === undefined || group.quotaUs <= 0) return;
  const busy = (group.procs ?? []).filter(({ kind }) => kind === 'busy').reduce((sum, { count }) => sum + (count ?? 1), 0);
  if (busy === 0) return;
  const periodS = (group.periodUs ?? PERIOD_US) / 1e6;
  const running = Math.min(busy, cpuCount(group, hostCpus));
  const periods = spanS / periodS;
  values.set(`${group.name} throttledS`, Math.max(0, periods * (running * periodS - group.quotaUs / 1e6)));
  if (running * periodS > group.quotaUs / 1e6) values.set(`${group.name} nrThrottled`, periods);
}

function itemLatency(values: Map<string, number>, { groups, durationS }: CpuLabScenario, rep: number, input: RepeatInput | undefined): void {
  const duties = groups.flatMap((group) => (group.procs ?? []).flatMap((spec) => (spec.duty === undefined ? [] : [{ group, spec, duty: spec.duty }])));
  const [only] = duties;
  if (only === undefined || duties.length > 1 || (only.spec.count ?? 1) > 1) return;
  const { group, spec, duty } = only;
  const items = input?.items[0] ?? drawItems(duty, durationS, arrivalSeed(spec.seed, rep, 0));
  const jobs: QueueJob[] = items.map(({ arriveUs, workUs }) => ({ atMs: arriveUs / 1_000, workMs: workUs / 1_000 }));
  const periodMs = (group.periodUs ?? PERIOD_US) / 1_000;
  const quotas = group.quotaUs !== undefined && group.quotaUs > 0 ? Array.from({ length: PHASES }, (_, i) => ({ quotaMs: group.quotaUs! / 1_000, periodMs, phaseMs: (i * periodMs) / PHASES, burstMs: (group.burstUs ?? 0) / 1_000 })) : [undefined];
  const each = quotas.map((quota) => latencyOf(responseTimes(jobs, { discipline: 'central', servers: 1, ...(quota === undefined ? {} : { quota }) })));
  for (const key of ['meanMs', 'p50Ms', 'p95Ms', 'p99Ms'] as const) values.set(`${group.name}/${spec.label ?? spec.kind} ${key}`, each.reduce((sum, latency) => sum + latency[key], 0) / each.length);
}
