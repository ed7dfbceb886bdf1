/** A program that nobody starts again, or that has not become ready for a minute. One that was stopped on purpose has no last exit. */
import type { HostSample, ProgramSample } from '@/engine/telemetry';
import type { FoundOnHost } from './find-on-host';

const SECONDS = 60;
const UNREADY: readonly ProgramSample['phase'][] = ['starting', 'not-ready'];

/** `samples` oldest first; the program as the last one has it. */
export function findDown(samples: readonly HostSample[], { program: subject, phase, lastExit }: ProgramSample): FoundOnHost[] {
  const base = { kind: 'service-down', subject, severity: 'page', unit: 's' } as const;
  if (phase === 'down') return lastExit === null ? [] : [{ ...base, value: null, limit: 0, detail: `nobody starts it again: ${lastExit}` }];
  if (!UNREADY.includes(phase)) return [];
  const seconds = unreadySeconds(samples, subject);
  return seconds < SECONDS ? [] : [{ ...base, value: seconds, limit: SECONDS, detail: `${phase === 'starting' ? 'has been starting' : 'has failed its readiness probe'} for ${seconds.toFixed(0)} s${lastExit === null ? '' : `; last exit: ${lastExit}`}` }];
}

function unreadySeconds(samples: readonly HostSample[], name: string): number {
  let seconds = 0;
  for (let i = samples.length - 1; i >= 0; i -= 1) {
    const phase = samples[i]!.programs.find(({ program }) => program === name)?.phase;
    if (phase === undefined || !UNREADY.includes(phase)) break;
    seconds += samples[i]!.windowUs / 1e6;
  }
  return seconds;
}
