/** From a host's events and samples to what each program was doing when. */
import type { os } from '@/engine/twin';

/** Of a program, or of the host itself. */
export type ShownPhase = os.ProgramPhase | os.ProgramSample['phase'] | 'suspended' | 'off';

export type Stretch = { readonly from: number; readonly to: number; readonly phase: ShownPhase };
export type Mark = { readonly at: number; readonly words: string };

/** Events that change a phase; what a sample catches in between (a start that takes a while) comes from the samples. */
const PHASE_AFTER: Readonly<Partial<Record<os.HostEventKind, ShownPhase>>> = { ready: 'ready', restart: 'starting', exit: 'waiting', 'oom-kill': 'waiting', 'gave-up': 'down' };

export function phasesOf({ events, samples }: os.HostPlay, program: string, end: number): readonly Stretch[] {
  const turns = [
    ...events.flatMap(({ atUs, kind, subject }) => (subject === program && PHASE_AFTER[kind] !== undefined ? [{ at: atUs / 1e6, phase: PHASE_AFTER[kind] }] : [])),
    ...samples.flatMap(({ atUs, programs }) => programs.filter((each) => each.program === program).map(({ phase }) => ({ at: atUs / 1e6, phase }))),
  ].sort((a, b) => a.at - b.at);
  const stretches: Stretch[] = [];
  let current: { from: number; phase: ShownPhase } = { from: 0, phase: 'starting' };
  for (const { at, phase } of turns) {
    if (phase === current.phase) continue;
    if (at > current.from) stretches.push({ ...current, to: at });
    current = { from: at, phase };
  }
  return [...stretches, { ...current, to: end }];
}

const HOST_PHASE_AFTER: Readonly<Partial<Record<os.HostEventKind, ShownPhase>>> = { suspended: 'suspended', resumed: 'ready', power: 'off', reboot: 'starting' };

/** Of the host: when it was off, booting or suspended; nothing where it was up all the time. A boot is over with the first sample that shows it up. */
export function hostStretches({ samples, events }: os.HostPlay, end: number): readonly Stretch[] {
  const turns = [
    ...events.flatMap(({ atUs, kind }) => (HOST_PHASE_AFTER[kind] === undefined ? [] : [{ at: atUs / 1e6, phase: HOST_PHASE_AFTER[kind], sampled: false }])),
    ...samples.flatMap(({ atUs, state }) => (state === 'up' ? [{ at: atUs / 1e6, phase: 'ready' as const, sampled: true }] : [])),
  ].sort((a, b) => a.at - b.at);
  const stretches: Stretch[] = [];
  let current: { from: number; phase: ShownPhase } = { from: 0, phase: 'ready' };
  for (const { at, phase, sampled } of turns) {
    if (phase === current.phase || (sampled && current.phase !== 'starting')) continue;
    if (at > current.from) stretches.push({ ...current, to: at });
    current = { from: at, phase };
  }
  return stretches.length === 0 ? [] : [...stretches, { ...current, to: end }];
}

const HOST_WORDS: Readonly<Partial<Record<os.HostEventKind, string>>> = { reboot: 'reboot', updated: 'updated', renewed: 'certificate renewed', expired: 'certificate expired', 'by-hand': 'changed by hand', cleaned: 'clean-up', changed: 'changed', power: 'power', fault: 'fault', mended: 'fault over' };
const PROGRAM_WORDS: Readonly<Partial<Record<os.HostEventKind, string>>> = { fault: 'fault', 'read-only': 'cannot write', exit: 'exited', 'oom-kill': 'OOM kill', 'gave-up': 'stays down', stopped: 'ended', 'disk-full': 'disk full' };

/** Of a program, or of the host as a whole (null). */
export function marksOf({ events }: os.HostPlay, program: string | null): readonly Mark[] {
  const words = program === null ? HOST_WORDS : PROGRAM_WORDS;
  return events.flatMap(({ atUs, kind, subject, detail }) => (words[kind] === undefined || (program !== null && subject !== program) ? [] : [{ at: atUs / 1e6, words: `${words[kind]}${program === null ? ` ${subject}` : ''}: ${detail}` }]));
}
