/**
 * Requests of a recorded program: load and CPU per request as measured. How much requests differ, and what they wait for others, is what the
 * host's own queues, quotas and neighbours do not explain: for each candidate of the variability the host is lived without waiting (and sampled as often), the missing
 * mean latency is the waiting, and the candidate whose mean and p95 then come closest is taken (as services of a cluster are calibrated).
 */
import { log } from '@/engine/kernel';
import type { HostSample, ProgramSample } from '@/engine/telemetry';
import { playHost } from '../play-host';
import type { HostSpec, ProgramSpec } from './host-spec';

const REQUESTS_MIN = 50;
const CV_CANDIDATES = [0, 0.3, 0.6, 0.9, 1.3];
/** Where nobody measured latencies. */
const CV_UNKNOWN = 1;
const SEED = 1;
/** Lived for so many requests, within bounds, after a quarter as much that is not counted. */
const REQUESTS_LIVED = 1_500;
/** More are told by their CPU alone: each fit lives the host ten times. */
const FITTED_MAX = 4;
const SECONDS = { min: 8, max: 40 };

type Measured = { readonly served: number; readonly sampleSeconds: number; readonly rps: number; readonly cpuMs: number; readonly latencyMeanMs: number | null; readonly latencyP95Ms: number | null };

/** `lanes` of a program by its name, null where nobody knows (one is taken). The busiest are fitted, busiest first; programs whose requests nobody counted stay as they are. */
export function fitRequests(host: HostSpec, samples: readonly HostSample[], lanesOf: (program: string) => number | null): { readonly host: HostSpec; readonly fitted: readonly string[] } {
  const counted = host.programs.flatMap((program) => {
    const measured = measuredOf(program.name, samples);
    return measured === null ? [] : [{ program, measured }];
  });
  const busiest = counted.sort((a, b) => b.measured.served - a.measured.served || (a.program.name < b.program.name ? -1 : 1)).slice(0, FITTED_MAX);
  return { host: busiest.reduce((spec, { program, measured }) => fitProgram(spec, program, measured, lanesOf(program.name) ?? 1), host), fitted: busiest.map(({ program }) => program.name) };
}

/** Null for fewer than fifty requests, or without their CPU. */
function measuredOf(name: string, samples: readonly HostSample[]): Measured | null {
  const own = samples.flatMap(({ windowUs, programs }) => programs.filter((each) => each.program === name && each.servedRps !== null && each.cpuCores !== null).map((program) => ({ seconds: windowUs / 1e6, program })));
  const sum = (of: (program: ProgramSample) => number) => own.reduce((total, { seconds, program }) => total + of(program) * seconds, 0);
  const [seconds, served, cpu] = [sum(() => 1), sum(({ servedRps }) => servedRps ?? 0), sum(({ cpuCores }) => cpuCores ?? 0)];
  if (served < REQUESTS_MIN || cpu <= 0) return null;
  const weighted = (of: (program: ProgramSample) => number | null) => {
    const [total, weight] = [sum((program) => (of(program) ?? 0) * (program.servedRps ?? 0)), sum((program) => (of(program) === null ? 0 : (program.servedRps ?? 0)))];
    return weight === 0 ? null : total / weight;
  };
  return { served, sampleSeconds: own.at(-1)!.seconds, rps: sum(({ arrivedRps }) => arrivedRps ?? 0) / seconds, cpuMs: (cpu / served) * 1_000, latencyMeanMs: weighted(({ latencyMeanMs }) => latencyMeanMs), latencyP95Ms: weighted(({ latencyP95Ms }) => latencyP95Ms) };
}

function fitProgram(host: HostSpec, program: ProgramSpec, measured: Measured, lanes: number): HostSpec {
  const withLoad = (cv: number, waitMs: number): HostSpec => ({
    ...host,
    programs: host.programs.map((each) => (each.name === program.name ? { ...each, load: { kind: 'requests', rps: measured.rps, lanes, cpu: { meanMs: measured.cpuMs, cv }, ...(waitMs === 0 ? {} : { wait: { meanMs: waitMs, cv } }) } } : each)),
  });
  const { latencyMeanMs, latencyP95Ms } = measured;
  if (latencyMeanMs === null) return withLoad(CV_UNKNOWN, 0);
  const lived = (spec: HostSpec) => {
    const seconds = Math.min(SECONDS.max, Math.max(SECONDS.min, 2 * measured.sampleSeconds, REQUESTS_LIVED / Math.max(measured.rps, 1e-3)));
    const { samples } = playHost(withOthers(spec, program), { seed: SEED, seconds: seconds * 1.25, countFromSeconds: 0, sampleSeconds: measured.sampleSeconds, changes: [] });
    return measuredOf(program.name, samples.filter(({ atUs }) => atUs > (seconds / 4) * 1e6));
  };
  const tries = CV_CANDIDATES.map((cv) => {
    const without = lived(withLoad(cv, 0));
    const waitMs = Math.max(0, latencyMeanMs - (without?.latencyMeanMs ?? 0));
    const found = waitMs === 0 ? without : lived(withLoad(cv, waitMs));
    return { spec: withLoad(cv, waitMs), misfit: distance(found?.latencyMeanMs ?? null, latencyMeanMs) + (latencyP95Ms === null ? 0 : distance(found?.latencyP95Ms ?? null, latencyP95Ms)) };
  });
  return tries.reduce((best, each) => (each.misfit < best.misfit ? each : best)).spec;
}

const OTHERS = 'others';
const WEIGHT = { usual: 100, max: 10_000 };

/** The program and its groups as they are, everybody else as one: what they use and weigh together. */
function withOthers({ name, cpus, memoryMib, groups, programs }: HostSpec, { name: own }: ProgramSpec): HostSpec {
  const program = programs.find((each) => each.name === own)!;
  const above = (group: string): string[] => [group, ...groups.flatMap((each) => (each.name === group && each.parent !== undefined ? above(each.parent) : []))];
  const kept = above(program.group);
  const others = programs.filter((each) => each.name !== own);
  const cores = others.reduce((sum, { load }) => sum + (load.kind === 'background' ? load.cores : load.kind === 'requests' ? (load.rps * load.cpu.meanMs) / 1_000 : 0), 0);
  const weight = groups.filter((group) => others.some((each) => each.group === group.name)).reduce((sum, { cpuWeight = WEIGHT.usual }) => sum + cpuWeight, 0);
  const all = { name: OTHERS, group: OTHERS, load: { kind: 'background' as const, cores: Math.min(cpus, cores), threads: Math.max(1, Math.min(cpus, Math.ceil(cores))) }, memoryMib: 1 };
  return { name, cpus, memoryMib, groups: [...groups.filter((group) => kept.includes(group.name)), { name: OTHERS, cpuWeight: Math.min(WEIGHT.max, Math.max(1, weight)) }], programs: others.length === 0 ? [program] : [program, all] };
}

/** On the log scale; nothing answered is as far as a factor of e. */
const distance = (a: number | null, b: number) => (a === null || a <= 0 || b <= 0 ? 1 : Math.abs(log(a / b)));
