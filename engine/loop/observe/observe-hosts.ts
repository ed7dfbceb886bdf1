/**
 * The Linux hosts in the last frames: their samples, and per program what a twin of it needs to know: how much is asked
 * of it, the CPU and waiting of a request as measured, how fast its memory and its log grow.
 */
import { mean } from '@/engine/kernel';
import type { Frame, HostSample, ProgramSample } from '@/engine/telemetry';
import { os } from '@/engine/twin';

export type ProgramObservation = {
  readonly program: string;
  readonly rps: number | null;
  /** Of an answered request; null when too few were answered to tell. */
  readonly cpuMs: number | null;
  readonly waitMs: number | null;
  /** Null while its life is too short to tell. */
  readonly memoryMibPerSecond: number | null;
  readonly logMibPerSecond: number | null;
};

/** `samples` oldest first, the present last. */
export type HostObservation = { readonly host: string; readonly samples: readonly HostSample[]; readonly programs: readonly ProgramObservation[] };

const SAMPLES_MAX = 240;
const REQUESTS_MIN = 50;
const BYTES_PER_MIB = 1_048_576;

/** `frames` oldest first, `windowSeconds` of them are the present. Hosts of the last frame only. */
export function observeHosts(frames: readonly Frame[], windowSeconds: number): readonly HostObservation[] {
  return (frames.at(-1)?.hosts ?? []).map(({ host, atUs }) => {
    const samples = frames.slice(-SAMPLES_MAX).flatMap((frame) => frame.hosts?.filter((sample) => sample.host === host) ?? []);
    const recent = samples.filter((sample) => sample.atUs > atUs - windowSeconds * 1e6);
    return { host, samples, programs: samples.at(-1)!.programs.map((_, i) => observeProgram(samples, recent, i)) };
  });
}

function observeProgram(samples: readonly HostSample[], recent: readonly HostSample[], index: number): ProgramObservation {
  const now = samples.at(-1)!.programs[index]!;
  const own = recent.map((sample) => ({ seconds: sample.windowUs / 1e6, program: sample.programs[index]! }));
  const answered = own.flatMap(({ seconds, program }) => (program.spent === null ? [] : [{ requests: program.servedRps * seconds, spent: program.spent }]));
  const requests = answered.reduce((sum, each) => sum + each.requests, 0);
  const perRequest = (part: 'onCpuMs' | 'waitingMs') => (requests < REQUESTS_MIN ? null : answered.reduce((sum, each) => sum + each.spent[part] * each.requests, 0) / requests);
  return {
    program: now.program,
    rps: now.arrivedRps === null ? null : mean(own.flatMap(({ program }) => program.arrivedRps ?? [])),
    cpuMs: perRequest('onCpuMs'),
    waitMs: perRequest('waitingMs'),
    memoryMibPerSecond: growthOf(samples, index, ({ memoryBytes }) => memoryBytes),
    logMibPerSecond: growthOf(samples, index, ({ logBytes }) => logBytes),
  };
}

/** MiB per second over its present life; a rotated log begins anew. */
function growthOf(samples: readonly HostSample[], index: number, bytesOf: (program: ProgramSample) => number): number | null {
  const now = samples.at(-1)!.programs[index]!;
  if (now.phase !== 'ready') return null;
  let from = samples.length - 1;
  const isSameLife = (i: number) => {
    const [before, after] = [samples[i]!.programs[index]!, samples[i + 1]!.programs[index]!];
    return before.phase === 'ready' && before.restarts === now.restarts && bytesOf(before) <= bytesOf(after) * 1.02;
  };
  while (from > 0 && isSameLife(from - 1)) from -= 1;
  const rate = os.findings.growth(samples.slice(from).map(({ atUs, programs }) => ({ atSeconds: atUs / 1e6, value: bytesOf(programs[index]!) })));
  return rate === null ? null : Math.max(0, rate.perSecond) / BYTES_PER_MIB;
}
