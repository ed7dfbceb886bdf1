/**
 * Candidates that elect a leader and write to something that is shared, on clocks of their own, with pauses (a collection, a
 * frozen virtual machine) and cuts from the API server. A paused process does not know that it was: it writes first and looks
 * at its clock afterwards. With fencing the shared thing refuses tokens older than the newest it has seen, and no two
 * leaders can write over each other; without, they do.
 */
import { eventQueue, nextEventAt, nextUnit, randomStream, schedule, takenEvent, takeEvent, timeUs } from '@/engine/kernel';
import { candidate, KUBERNETES_LEASE, lease, mustStepDown, RETRY_JITTER, tryLease, type Candidate, type LeaseSettings } from './lease';

export type Trouble = { readonly candidate: number; readonly atSeconds: number; readonly lastsSeconds: number; readonly kind: 'pause' | 'cut' | 'crash' };

export type ElectionSpec = {
  readonly candidates: number;
  readonly seconds: number;
  readonly troubles: readonly Trouble[];
  /** Speed of each candidate's clock against true time; default 1. */
  readonly clockSpeeds?: readonly number[];
  readonly fencing: boolean;
  readonly settings?: LeaseSettings;
};

export type ElectionResult = {
  /** When another leader began to write after the one before had written last. */
  readonly handOvers: readonly { readonly from: number; readonly to: number; readonly atSeconds: number; readonly gapSeconds: number }[];
  readonly accepted: number;
  readonly refused: number;
  /** Writes that were accepted from a leader after a newer one had written. */
  readonly stale: number;
};

const Kind = { turn: 0, write: 1, leave: 2, back: 3 } as const;
const WRITE_EVERY_US = 250_000;

type Run = { readonly spec: ElectionSpec; readonly settings: LeaseSettings; readonly held: ReturnType<typeof lease>; readonly known: Candidate[]; readonly pausedUntil: number[]; readonly cutUntil: number[]; readonly down: boolean[]; highest: number; last: { by: number; atUs: number } | null; accepted: number; refused: number; stale: number; handOvers: ElectionResult['handOvers'][number][] };

export function runElection(spec: ElectionSpec, seed: number): ElectionResult {
  const queue = eventQueue();
  const ids = Array.from({ length: spec.candidates }, (_, id) => id);
  const random = randomStream(seed, 'election');
  const run: Run = { spec, settings: spec.settings ?? KUBERNETES_LEASE, held: lease(), known: ids.map(candidate), pausedUntil: ids.map(() => 0), cutUntil: ids.map(() => 0), down: ids.map(() => false), highest: 0, last: null, accepted: 0, refused: 0, stale: 0, handOvers: [] };
  for (const id of ids) {
    schedule(queue, timeUs(nextUnit(random) * run.settings.retryUs), Kind.turn, id);
    schedule(queue, timeUs(nextUnit(random) * WRITE_EVERY_US), Kind.write, id);
  }
  spec.troubles.forEach(({ atSeconds, lastsSeconds }, i) => {
    schedule(queue, timeUs(atSeconds * 1e6), Kind.leave, i);
    schedule(queue, timeUs((atSeconds + lastsSeconds) * 1e6), Kind.back, i);
  });
  const event = takenEvent();
  while (nextEventAt(queue) <= spec.seconds * 1e6) {
    takeEvent(queue, event);
    const { at, kind, subject: id } = event;
    if (kind === Kind.leave) begin(run, spec.troubles[id]!);
    else if (kind === Kind.back) end(run, spec.troubles[id]!);
    else if (run.pausedUntil[id]! > at) schedule(queue, timeUs(run.pausedUntil[id]!), kind, id);
    else if (kind === Kind.turn) {
      turn(run, id, at);
      schedule(queue, timeUs(at + run.settings.retryUs * (run.known[id]!.leads ? 1 : 1 + RETRY_JITTER * nextUnit(random))), Kind.turn, id);
    } else {
      write(run, id, at);
      schedule(queue, timeUs(at + WRITE_EVERY_US), Kind.write, id);
    }
  }
  return { handOvers: run.handOvers, accepted: run.accepted, refused: run.refused, stale: run.stale };
}

function begin(run: Run, { candidate: id, kind, atSeconds, lastsSeconds }: Trouble): void {
  const until = (atSeconds + lastsSeconds) * 1e6;
  if (kind === 'pause') run.pausedUntil[id] = Math.max(run.pausedUntil[id]!, until);
  if (kind === 'cut') run.cutUntil[id] = Math.max(run.cutUntil[id]!, until);
  if (kind !== 'crash') return;
  run.down[id] = true;
  run.known[id] = candidate();
}

function end(run: Run, { candidate: id, kind }: Trouble): void {
  if (kind === 'crash') run.down[id] = false;
}

const clockOf = ({ spec }: Run, id: number, at: number) => at * (spec.clockSpeeds?.[id] ?? 1);

function turn(run: Run, id: number, at: number): void {
  const now = clockOf(run, id, at);
  if (run.down[id]!) return;
  if (run.cutUntil[id]! <= at) tryLease(run.held, run.known[id]!, id, now, run.settings);
  else if (mustStepDown(run.known[id]!, now, run.settings)) run.known[id]!.leads = false;
}

/** Writes while it believes to lead; its clock is looked at after the write, which is what a pause makes dangerous. */
function write(run: Run, id: number, at: number): void {
  const me = run.known[id]!;
  if (run.down[id]! || !me.leads) return;
  const isStale = me.token < run.highest;
  if (isStale && run.spec.fencing) run.refused += 1;
  else {
    run.accepted += 1;
    if (isStale) run.stale += 1;
    else if (run.last !== null && run.last.by !== id) run.handOvers.push({ from: run.last.by, to: id, atSeconds: at / 1e6, gapSeconds: (at - run.last.atUs) / 1e6 });
    if (!isStale) run.last = { by: id, atUs: at };
    run.highest = Math.max(run.highest, me.token);
  }
  if (mustStepDown(me, clockOf(run, id, at), run.settings)) me.leads = false;
}
