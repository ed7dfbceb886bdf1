/**
 * Calibrates a twin from a recording: structure from hints, parameters fitted on the first two thirds,
 * judged on the last third, which no parameter saw. Seconds with a labelled fault are left out of both.
 */
import { err, ok, sampleQuantile, type Result } from '@/engine/kernel';
import type { Frame, RecordedFault, SystemHints } from '@/engine/telemetry';
import type { LoadSpec, SystemSpec } from '../system-spec';
import type { Calibration, CalibrationRefusal, SignalError } from './calibration';
import { fitService } from './fit-service';
import { inSeconds } from './in-seconds';
import { measuredArrivals, repeatRecording } from './recorded-run';
import { skeletonOf } from './skeleton';
import { samplesOf, windowMeans, WINDOW_SECONDS } from './window-means';

export type CalibrationInput = { readonly frames: readonly Frame[]; readonly hints: SystemHints; readonly faults: readonly RecordedFault[] };

const SECONDS_MIN = 60;
/** Fitting repeats the recording a few dozen times; this much of it is enough and keeps that under seconds. */
const FIT_SECONDS_MAX = 240;
/** Judging repeats as much of the last third, after a run-in: an hour tells no more than a quarter of one. */
const JUDGE_SECONDS_MAX = 900;
const RUN_IN_SECONDS = 60;
/** After a fault its effects die out. */
const FAULT_TAIL_SECONDS = 15;

export function calibrate({ frames: recorded, hints, faults }: CalibrationInput): Result<Calibration, CalibrationRefusal> {
  const frames = inSeconds(recorded);
  if (frames.length < SECONDS_MIN) return err({ code: 'too-short', message: `${frames.length} seconds were recorded`, next: `record at least ${SECONDS_MIN} seconds` });
  const { system: skeleton, entries, warnings } = skeletonOf(frames, hints);
  if (skeleton.services.length === 0) return err({ code: 'no-services', message: 'no signal of a service was found', next: 'record http_requests_total and process_cpu_seconds_total of your services' });
  const calm = frames.map((frame) => !inFault(frame, frames[0]!, faults));
  const split = Math.floor((frames.length * 2) / 3);
  const training = longestCalm(frames.slice(0, split), calm.slice(0, split)).slice(-FIT_SECONDS_MAX);
  if (training.length < SECONDS_MIN / 2) return err({ code: 'too-short', message: `only ${training.length} calm seconds in a row lie before the last third`, next: 'record a longer stretch without faults' });
  if (!entries.some((entry) => measuredArrivals(training, entry).some((rps) => rps > 0))) return err({ code: 'no-traffic', message: 'no request was served in the part that is fitted', next: 'record the system while it serves requests' });

  let system = skeleton;
  const services: Calibration['services'][number][] = [];
  for (const name of calleesFirst(skeleton)) {
    const result = fitService(system, entries, name, training);
    system = result.system;
    services.push(result.fitted);
  }
  const judgedFrom = Math.max(split, frames.length - JUDGE_SECONDS_MAX);
  const errors = judge(system, entries, frames, calm, judgedFrom);
  const known = errors.flatMap((error) => error.medianRelativeError ?? []);
  return ok({
    system: { ...system, loads: entries.map((entry): LoadSpec => ({ service: entry, arrivals: 'poisson', profile: { kind: 'series', stepSeconds: 1, rps: measuredArrivals(frames, entry) } })) },
    services: services.reverse(),
    errors,
    medianError: known.length === 0 ? null : sampleQuantile(known, 0.5),
    fittedSeconds: training.length,
    heldOutSeconds: calm.slice(judgedFrom).filter(Boolean).length,
    excludedSeconds: calm.filter((isCalm) => !isCalm).length,
    warnings,
  });
}

function inFault(frame: Frame, first: Frame, faults: readonly RecordedFault[]): boolean {
  const at = (frame.atUs - first.atUs) / 1e6;
  return faults.some((fault) => at >= fault.atSeconds && at <= fault.atSeconds + (fault.lastsSeconds ?? 0) + FAULT_TAIL_SECONDS);
}

function longestCalm(frames: readonly Frame[], calm: readonly boolean[]): readonly Frame[] {
  let best: readonly [number, number] = [0, 0];
  let start = 0;
  for (let i = 0; i <= frames.length; i += 1) {
    if (i < frames.length && calm[i]) continue;
    if (i - start > best[1] - best[0]) best = [start, i];
    start = i + 1;
  }
  return frames.slice(...best);
}

/** Every service after those it calls; the graph has no cycle in a valid system, and a repeated visit ends one. */
function calleesFirst(system: SystemSpec): string[] {
  const order: string[] = [];
  const visited = new Set<string>();
  const visit = (name: string): void => {
    if (visited.has(name)) return;
    visited.add(name);
    for (const call of system.services.find((s) => s.name === name)?.calls ?? []) visit(call.service);
    order.push(name);
  };
  for (const service of system.services) visit(service.name);
  return order;
}

const SIGNALS = [['servedRps', 'req/s'], ['cpuCores', 'cores'], ['latencyMeanMs', 'ms'], ['latencyP95Ms', 'ms']] as const;

/** Repeats the recording from shortly before `from` and compares ten-second windows of the calm seconds after it. */
function judge(system: SystemSpec, entries: readonly string[], frames: readonly Frame[], calm: readonly boolean[], from: number): SignalError[] {
  const begin = Math.max(0, from - RUN_IN_SECONDS);
  const twin = repeatRecording(system, entries, frames.slice(begin));
  const starts: number[] = [];
  for (let at = from; at + WINDOW_SECONDS <= frames.length; at += WINDOW_SECONDS) if (calm.slice(at, at + WINDOW_SECONDS).every(Boolean)) starts.push(at);
  return system.services.flatMap(({ name }) => {
    const pairs = starts.map((at) => [windowMeans(samplesOf(frames.slice(at, at + WINDOW_SECONDS), name)), windowMeans(samplesOf(twin.slice(at - begin, at - begin + WINDOW_SECONDS), name))] as const);
    return SIGNALS.map(([signal, unit]): SignalError => {
      const errors = pairs.flatMap(([measured, simulated]) => {
        const [m, s] = [measured[signal], simulated[signal]];
        return m === null || s === null || m <= 0 ? [] : [Math.abs(s - m) / m];
      });
      const quantileOf = (q: number) => (errors.length === 0 ? null : sampleQuantile(errors, q));
      return { service: name, signal, unit, medianRelativeError: quantileOf(0.5), p90RelativeError: quantileOf(0.9), windows: errors.length };
    });
  });
}
