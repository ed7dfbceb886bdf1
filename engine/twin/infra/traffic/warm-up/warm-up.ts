/**
 * A process that has just started is slow: code is not compiled yet, pools and caches are empty. Its CPU time per request
 * falls from `factor` times the usual towards the usual, by half of the rest with every `halfLifeRequests` requests it has
 * begun, or with every `halfLifeSeconds` since its first one. (Lion et al., OSDI 2016, measured warm-ups of JVM services.)
 */
import { exp } from '@/engine/kernel';
import { has, member, note, onlyKeys, optional, readNumber, type SpecReader } from '../../../spec-reader';

export type WarmUpSpec = { readonly factor: number; readonly halfLifeSeconds?: number; readonly halfLifeRequests?: number };

export type WarmUp = {
  readonly factor: number;
  readonly halfLifeUs: number | null;
  readonly halfLifeRequests: number | null;
  /** By replica: when it began its first request, and how many it has begun. Who is not in here is cold. */
  readonly of: Map<number, { sinceUs: number; begun: number }>;
};

const LN_2 = 0.6931471805599453;
const ALWAYS_US = -1e15;

export function readWarmUp(at: SpecReader): WarmUpSpec {
  onlyKeys(at, ['factor', 'halfLifeSeconds', 'halfLifeRequests']);
  if (has(at, 'halfLifeSeconds') === has(at, 'halfLifeRequests')) note(at, 'missing', 'a warm-up goes by time or by requests', 'write either halfLifeSeconds or halfLifeRequests');
  return {
    factor: readNumber(member(at, 'factor'), { min: 1, max: 1_000 }),
    halfLifeSeconds: optional(at, 'halfLifeSeconds', (m) => readNumber(m, { min: 0.001, max: 86_400 })),
    halfLifeRequests: optional(at, 'halfLifeRequests', (m) => readNumber(m, { min: 0.5, max: 100_000_000 })),
  };
}

export const warmUp = ({ factor, halfLifeSeconds, halfLifeRequests }: WarmUpSpec): WarmUp => ({
  factor,
  halfLifeUs: halfLifeSeconds === undefined ? null : halfLifeSeconds * 1e6,
  halfLifeRequests: halfLifeRequests ?? null,
  of: new Map(),
});

/** A replica that has run for long when the world begins. */
export function setWarm(state: WarmUp, replica: number): void {
  state.of.set(replica, { sinceUs: ALWAYS_US, begun: 1e9 });
}

/** How much more CPU time a request needs that this replica begins now; the request is counted. */
export function coldness(state: WarmUp, replica: number, nowUs: number): number {
  const known = state.of.get(replica);
  const entry = known ?? { sinceUs: nowUs, begun: 0 };
  if (known === undefined) state.of.set(replica, entry);
  const halves = state.halfLifeUs !== null ? (nowUs - entry.sinceUs) / state.halfLifeUs : entry.begun / (state.halfLifeRequests ?? 1);
  entry.begun += 1;
  return halves > 60 ? 1 : 1 + (state.factor - 1) * exp(-LN_2 * halves);
}
