/** From a host's events and samples to what each program was doing when. */
import type { os } from '@/engine/twin';

export type Stretch = { readonly from: number; readonly to: number; readonly phase: os.ProgramPhase };
export type Mark = { readonly at: number; readonly words: string };

/** Events that change a phase; what a sample catches in between (a start that takes a while) comes from the samples. */
const PHASE_AFTER: Readonly<Partial<Record<os.HostEventKind, os.ProgramPhase>>> = { ready: 'ready', restart: 'starting', exit: 'waiting', 'oom-kill': 'waiting', 'gave-up': 'down' };

export function phasesOf({ events, samples, programs }: os.HostPlay, program: string, end: number): readonly Stretch[] {
  const index = programs.findIndex((each) => each.program === program);
  const turns = [
    ...events.flatMap(({ atUs, kind, subject }) => (subject === program && PHASE_AFTER[kind] !== undefined ? [{ at: atUs / 1e6, phase: PHASE_AFTER[kind] }] : [])),
    ...samples.map(({ atUs, programs: seen }) => ({ at: atUs / 1e6, phase: seen[index]!.phase })),
  ].sort((a, b) => a.at - b.at);
  const stretches: Stretch[] = [];
  let current: { from: number; phase: os.ProgramPhase } = { from: 0, phase: 'starting' };
  for (const { at, phase } of turns) {
    if (phase === current.phase) continue;
    if (at > current.from) stretches.push({ ...current, to: at });
    current = { from: at, phase };
  }
  return [...stretches, { ...current, to: end }];
}

const HOST_WORDS: Readonly<Partial<Record<os.HostEventKind, string>>> = { reboot: 'reboot', updated: 'updated', renewed: 'certificate renewed', expired: 'certificate expired', 'by-hand': 'changed by hand', cleaned: 'clean-up', changed: 'changed' };
const PROGRAM_WORDS: Readonly<Partial<Record<os.HostEventKind, string>>> = { exit: 'exited', 'oom-kill': 'OOM kill', 'gave-up': 'stays down', 'disk-full': 'disk full' };

/** Of a program, or of the host as a whole (null). */
export function marksOf({ events }: os.HostPlay, program: string | null): readonly Mark[] {
  const words = program === null ? HOST_WORDS : PROGRAM_WORDS;
  return events.flatMap(({ atUs, kind, subject, detail }) => (words[kind] === undefined || (program !== null && subject !== program) ? [] : [{ at: atUs / 1e6, words: `${words[kind]}${program === null ? ` ${subject}` : ''}: ${detail}` }]));
}
