/**
 * One replica as a queue: requests wait for one of its lanes and share the node's cores with other replicas. As a birth and
 * death chain over the number of requests in it, whose rate of answers at n busy lanes is n · min(1, cores / (n + others)):
 * with cores for everybody that is M/M/c, with many lanes on few cores processor sharing. What waits for a lane is
 * corrected for arrivals and work that are not memoryless (Allen and Cunneen 1978, with the factor of Kraemer and
 * Langenbach-Belz 1976 for regular arrivals); what shares cores is not, since processor sharing is insensitive to the law.
 */
import { exp } from '@/engine/kernel';

export type Station = {
  /** Requests a second, and mean CPU time of one. */
  readonly rps: number;
  readonly demandSeconds: number;
  /** Squared coefficients of variation of the gaps between arrivals, and of the CPU time. */
  readonly arrivalVariation: number;
  readonly demandVariation: number;
  readonly lanes: number;
  readonly queueLimit: number;
  readonly cores: number;
  /** Chances of 0, 1, 2 … threads of others that want a core. */
  readonly others: readonly number[];
};

export type StationResult = {
  /** Share of requests that find no room. */
  readonly refused: number;
  readonly waits: number;
  readonly waitSeconds: number;
  /** On a lane: the CPU time, stretched by who else wants the cores. */
  readonly stretch: number;
  /** Share of its lanes that are busy, and chances of 0 … lanes busy ones. */
  readonly busy: readonly number[];
  /** Answers a second when it always has work. */
  readonly capacityRps: number;
};

/** States looked at; beyond them the chain goes on geometrically. */
const STATES_MAX = 3_000;

export function solveStation(station: Station): StationResult {
  const { rps, demandSeconds, lanes, queueLimit } = station;
  if (demandSeconds <= 0) return { refused: 0, waits: 0, waitSeconds: 0, stretch: 1, busy: [1], capacityRps: Infinity };
  const rates = answerRates(station);
  const full = rates[rates.length - 1]!;
  const chain = stationary(rps, rates, lanes + queueLimit);
  const all = chain.shares.reduce((total, share) => total + share, 0) + chain.beyond;
  const busy = new Array<number>(Math.min(lanes, BUSY_MAX) + 1).fill(0);
  let [waiting, working, waits] = [0, 0, 0];
  chain.shares.forEach((share, n) => {
    const p = share / all;
    busy[Math.min(n, busy.length - 1)] = busy[Math.min(n, busy.length - 1)]! + p;
    working += Math.min(n, lanes) * p;
    waiting += Math.max(0, n - lanes) * p;
    if (n >= lanes) waits += p;
  });
  const last = chain.shares.length - 1;
  const beyond = chain.beyond / all;
  busy[busy.length - 1] = busy[busy.length - 1]! + beyond;
  working += Math.min(last + 1, lanes) * beyond;
  waiting += Math.max(0, last + chain.beyondMean - lanes) * beyond;
  waits += beyond;
  const refused = chain.blocked / all;
  const accepted = rps * (1 - refused);
  return {
    refused,
    waits,
    waitSeconds: accepted === 0 ? 0 : (waiting / accepted) * variability(station, rps / full),
    stretch: accepted === 0 ? 1 : Math.max(1, working / accepted / demandSeconds),
    busy,
    capacityRps: full,
  };
}

const BUSY_MAX = 64;

/** Answers a second with 1, 2 … busy lanes, on average over what the others do. */
function answerRates({ demandSeconds, lanes, cores, others }: Station): number[] {
  const rates: number[] = [];
  for (let n = 1; n <= Math.min(lanes, STATES_MAX); n += 1) {
    const got = others.reduce((total, chance, more) => total + chance * Math.min(1, cores / (n + more)), 0);
    rates.push((n * got) / demandSeconds);
  }
  return rates;
}

/** Unnormalised chances of 0, 1, 2 … requests; what lies beyond the last one looked at, in total and how far on average. */
function stationary(rps: number, rates: readonly number[], room: number): { shares: number[]; beyond: number; beyondMean: number; blocked: number } {
  const shares = [1];
  const states = Math.min(room, Math.max(rates.length + 200, 400), STATES_MAX);
  for (let n = 1; n <= states; n += 1) shares.push((shares[n - 1]! * rps) / rates[Math.min(n, rates.length) - 1]!);
  if (states === room) return { shares, beyond: 0, beyondMean: 0, blocked: shares[states]! };
  const ratio = Math.min(0.9999, rps / rates[rates.length - 1]!);
  return { shares, beyond: (shares[states]! * ratio) / (1 - ratio), beyondMean: 1 / (1 - ratio), blocked: 0 };
}

/** How much longer than memoryless the wait is. */
export function variability({ arrivalVariation: ca, demandVariation: cs }: Pick<Station, 'arrivalVariation' | 'demandVariation'>, load: number): number {
  const factor = (ca + cs) / 2;
  if (factor <= 0 || load <= 0) return 0;
  const rho = Math.min(load, 0.999);
  if (ca >= 1) return factor;
  return factor * exp((-2 * (1 - rho) * (1 - ca) * (1 - ca)) / (3 * rho * (ca + cs)));
}
