/**
 * The Linux hosts in the last frames: their samples, and per program what a twin of it needs to know: how much is asked
 * of it, the CPU and waiting of a request as measured, how fast its memory and its log grow.
 */
import { mean } from '@/engine/kernel';
import type { Frame, HostSample, ProgramSample } from '@/engine/telemetry';
import { os } from '@/engine/twin';
import { frameSeconds } from './frame-seconds';

export type ProgramObservation = {
  readonly program: string;
  readonly rps: number | null;
  readonly cpuCores: number | null;
  /** Of an answered request, where that is told apart, else all of its CPU over its requests; null when too few were answered to tell. */
  readonly cpuMs: number | null;
  readonly waitMs: number | null;
  /** Null while its life is too short to tell. */
  readonly memoryMibPerSecond: number | null;
  readonly logMibPerSecond: number | null;
};

/** `samples` oldest first, the present last. */
export type HostObservation = { readonly host: string; readonly samples: readonly HostSample[]; readonly programs: readonly ProgramObservation[] };

/** Looked back on: so many samples, and so many seconds where samples are short. */
const SAMPLES_MIN = 240;
const SECONDS_MIN = 240;
const REQUESTS_MIN = 50;
const BYTES_PER_MIB = 1_048_576;

/** `frames` oldest first, `windowSeconds` of them are the present. Hosts of the last frame only. */
export function observeHosts(frames: readonly Frame[], windowSeconds: number): readonly HostObservation[] {
  const now = frames.at(-1)?.hosts ?? [];
  if (now.length === 0) return [];
  const byHost = new Map<string, HostSample[]>(now.map(({ host }) => [host, []]));
  for (const { hosts = [] } of frames.slice(-Math.max(SAMPLES_MIN, Math.ceil(SECONDS_MIN / frameSeconds(frames))))) for (const sample of hosts) byHost.get(sample.host)?.push(sample);
  return now.map(({ host, atUs, programs }) => {
    const samples = byHost.get(host)!;
    const recent = samples.filter((sample) => sample.atUs > atUs - windowSeconds * 1e6);
    return { host, samples, programs: programs.map((now) => observeProgram(samples, recent, now)) };
  });
}

const programIn = ({ programs }: HostSample, name: string) => programs.find(({ program }) => program === name);

function observeProgram(samples: readonly HostSample[], recent: readonly HostSample[], now: ProgramSample): ProgramObservation {
  const own = recent.flatMap((sample) => {
    const program = programIn(sample, now.program);
    return program === undefined ? [] : [{ seconds: sample.windowUs / 1e6, program }];
  });
  const served = own.reduce((sum, { seconds, program }) => sum + (program.servedRps ?? 0) * seconds, 0);
  const cpuSeconds = own.reduce((sum, { seconds, program }) => sum + (program.servedRps === null ? 0 : (program.cpuCores ?? 0)) * seconds, 0);
  const answered = own.flatMap(({ seconds, program }) => (program.spent === null ? [] : [{ requests: (program.servedRps ?? 0) * seconds, spent: program.spent }]));
  const requests = answered.reduce((sum, each) => sum + each.requests, 0);
  const perRequest = (part: 'onCpuMs' | 'waitingMs') => (requests < REQUESTS_MIN ? null : answered.reduce((sum, each) => sum + each.spent[part] * each.requests, 0) / requests);
  const average = (of: (program: ProgramSample) => number | null) => {
    const values = own.flatMap(({ program }) => of(program) ?? []);
    return values.length === 0 ? null : mean(values);
  };
  return {
    program: now.program,
    rps: now.arrivedRps === null ? null : average(({ arrivedRps }) => arrivedRps),
    cpuCores: average(({ cpuCores }) => cpuCores),
    cpuMs: perRequest('onCpuMs') ?? (now.arrivedRps === null || served < REQUESTS_MIN || cpuSeconds === 0 ? null : (cpuSeconds / served) * 1_000),
    waitMs: perRequest('waitingMs'),
    memoryMibPerSecond: growthOf(samples, now, ({ memoryBytes }) => memoryBytes),
    logMibPerSecond: growthOf(samples, now, ({ logBytes }) => logBytes),
  };
}

/** MiB per second over its present life; a rotated log begins anew. Samples that did not measure it are passed over. */
function growthOf(samples: readonly HostSample[], now: ProgramSample, bytesOf: (program: ProgramSample) => number | null): number | null {
  if (now.phase !== 'ready') return null;
  const points: { readonly atSeconds: number; readonly value: number }[] = [];
  for (let i = samples.length - 1; i >= 0; i -= 1) {
    const program = programIn(samples[i]!, now.program);
    if (program === undefined || program.phase !== 'ready' || program.restarts !== now.restarts) break;
    const value = bytesOf(program);
    if (value === null) continue;
    if (value > (points[0]?.value ?? Infinity) * 1.02) break;
    points.unshift({ atSeconds: samples[i]!.atUs / 1e6, value });
  }
  const rate = os.findings.growth(points);
  return rate === null ? null : Math.max(0, rate.perSecond) / BYTES_PER_MIB;
}
