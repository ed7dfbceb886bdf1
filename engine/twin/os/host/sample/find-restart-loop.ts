/**
 * A program that exits over and over: three times in ten minutes, or so often that its supervisor's back-off has grown longer than it
 * lived last. Exits are counted by the host; the samples say when.
 */
import type { HostSample, ProgramSample } from '@/engine/telemetry';
import type { FoundOnHost } from './find-on-host';

const EXITS_MIN = 3;
const SECONDS = 600;

/** `samples` oldest first; the program as the last one has it. */
export function findRestartLoop(samples: readonly HostSample[], program: ProgramSample): FoundOnHost[] {
  const { program: subject, lastExit } = program;
  const count = lately(samples, program);
  const base = { kind: 'restart-loop', subject, severity: 'page', limit: EXITS_MIN } as const;
  if (count >= EXITS_MIN) return [{ ...base, value: count, unit: 'exits in 10 min', detail: `${count} exits in 10 min; last: ${lastExit ?? 'unknown'}` }];
  const { exits, backOffSeconds } = program;
  if (exits === null || exits < EXITS_MIN || backOffSeconds === null || !backsOff(samples, program, backOffSeconds)) return [];
  return [{ ...base, value: exits, unit: 'exits', detail: `${exits} exits, and its supervisor now waits ${backOffSeconds.toFixed(0)} s; last: ${lastExit ?? 'unknown'}` }];
}

function lately(samples: readonly HostSample[], { program: subject, exits }: ProgramSample): number {
  const last = samples.at(-1)!;
  const before = samples.find(({ atUs }) => atUs > last.atUs - SECONDS * 1e6)!;
  const first = before === samples[0] && before.atUs <= SECONDS * 1e6 ? 0 : (before.programs.find(({ program }) => program === subject)?.exits ?? 0);
  return (exits ?? 0) - first;
}

/** It waits, and has lived shorter than it waits now, as far back as the samples go. */
function backsOff(samples: readonly HostSample[], { program: subject, phase }: ProgramSample, backOffSeconds: number): boolean {
  if (phase !== 'waiting') return false;
  const phaseIn = ({ programs }: HostSample) => programs.find(({ program }) => program === subject)?.phase;
  let i = samples.length - 1;
  while (i >= 0 && phaseIn(samples[i]!) === 'waiting') i -= 1;
  let livedSeconds = 0;
  for (; i >= 0 && phaseIn(samples[i]!) !== 'waiting'; i -= 1) livedSeconds += samples[i]!.windowUs / 1e6;
  return livedSeconds < backOffSeconds;
}
