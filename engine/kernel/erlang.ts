/**
 * The M/M/c queue in closed form (A. K. Erlang 1917): the theory that the simulated twin must agree with.
 * Erlang B by its recurrence B(k) = aB(k−1) / (k + aB(k−1)), which has no factorials and so no overflow;
 * Erlang C from it. Rates are per any one unit of time, and times come out in that unit.
 */
import { invariant } from './assert';
import { exp } from './math';

export type ErlangQueue = { readonly arrivalRate: number; readonly serviceRate: number; readonly servers: number };

/** Share of arrivals lost when there is no queue (M/M/c/c); `offered` is arrivalRate / serviceRate. */
export function erlangB(offered: number, servers: number): number {
  invariant(offered >= 0 && offered < Infinity && Number.isInteger(servers) && servers >= 0, 'Erlang B takes a load ≥ 0 and whole servers');
  let blocked = 1;
  for (let k = 1; k <= servers; k += 1) blocked = (offered * blocked) / (k + offered * blocked);
  return blocked;
}

/** Share of arrivals that wait (M/M/c); 1 at and above saturation. */
export function erlangC(offered: number, servers: number): number {
  const blocked = erlangB(offered, servers);
  if (offered >= servers) return 1;
  return blocked / (1 - (offered / servers) * (1 - blocked));
}

/** Mean time in the queue; Infinity at and above saturation. */
export function meanWait({ arrivalRate, serviceRate, servers }: ErlangQueue): number {
  const spare = servers * serviceRate - arrivalRate;
  return spare > 0 ? erlangC(arrivalRate / serviceRate, servers) / spare : Infinity;
}

/** Share of arrivals that wait longer than `time` ≥ 0. */
export function waitExceeds({ arrivalRate, serviceRate, servers }: ErlangQueue, time: number): number {
  const spare = servers * serviceRate - arrivalRate;
  return spare > 0 ? erlangC(arrivalRate / serviceRate, servers) * exp(-spare * time) : 1;
}
