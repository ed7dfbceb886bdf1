/**
 * What a CPU quota adds to a request. Work comes in periods of 100 ms and at most the quota's part of it is done; the rest is
 * carried over, so the backlog at the ends of periods is a walk reflected at 0 (Lindley 1952). It is solved on a grid, with
 * the work of a period as a gamma law of the compound Poisson's mean and variance.
 *
 * What is left at the end of a period has gathered since the budget ran out, in lumps of about a request, and waits only
 * for the part of the period in which nothing runs; by Little's law in units of work its mean is the mean extra time.
 */
import { exp, invariant, log } from '@/engine/kernel';
import { CFS_PERIOD_US } from '../node-cpu';

export type QuotaLoad = { readonly rps: number; readonly demandSeconds: number; readonly demandVariation: number; readonly quotaCores: number; readonly lanes: number };
export type QuotaDelay = { readonly share: number; readonly meanSeconds: number };

const NO_DELAY: QuotaDelay = { share: 0, meanSeconds: 0 };
const PERIOD = CFS_PERIOD_US / 1e6;
const CELLS = 160;
const ROUNDS = 600;

/** Share of requests that a quota delays, and the mean over all of them; `rps · demand` must be below the quota. */
export function quotaDelay({ rps, demandSeconds, demandVariation, quotaCores, lanes }: QuotaLoad): QuotaDelay {
  if (rps <= 0 || quotaCores >= lanes) return NO_DELAY;
  const budget = quotaCores * PERIOD;
  const mean = rps * demandSeconds * PERIOD;
  invariant(mean < budget, 'a quota below the load has no stationary backlog');
  const variance = rps * PERIOD * demandSeconds * demandSeconds * (1 + demandVariation);
  const work = gammaCells(mean, variance, (12 * Math.sqrt(variance) + mean + budget) / CELLS);
  const cell = (12 * Math.sqrt(variance) + mean + budget) / CELLS;
  let backlog = new Float64Array(CELLS * 2);
  backlog[0] = 1;
  for (let round = 0; round < ROUNDS; round += 1) {
    const next = nextBacklog(backlog, work, budget / cell);
    const moved = next.reduce((total, share, i) => total + (share > backlog[i]! ? share - backlog[i]! : backlog[i]! - share), 0);
    backlog = next;
    if (moved < 1e-7) break;
  }
  const lump = mean + demandSeconds;
  let [unfinished, delayed] = [0, 0];
  backlog.forEach((share, i) => {
    const left = i * cell;
    const stalled = Math.max(0, 1 - quotaCores / Math.min(lanes, 1 + left / demandSeconds));
    unfinished += share * stalled * (left < lump ? (left * left) / (2 * lump) : left - lump / 2);
    if (i > 0) delayed += share * Math.min(1, left / mean);
  });
  return { share: Math.min(1, delayed), meanSeconds: unfinished / (rps * demandSeconds) };
}

function nextBacklog(backlog: Float64Array, work: Float64Array, budgetCells: number): Float64Array<ArrayBuffer> {
  const next = new Float64Array(backlog.length);
  const last = next.length - 1;
  for (let b = 0; b < backlog.length; b += 1) {
    const share = backlog[b]!;
    if (share < 1e-12) continue;
    for (let w = 0; w < work.length; w += 1) {
      const place = Math.min(last, Math.max(0, b + w - budgetCells));
      const low = Math.floor(place);
      const part = place - low;
      next[low] = next[low]! + share * work[w]! * (1 - part);
      if (part > 0) next[Math.min(last, low + 1)] = next[Math.min(last, low + 1)]! + share * work[w]! * part;
    }
  }
  return next;
}

/** Chances of cells of a gamma law, by its density at their middles, with what is missing put at 0 (no request came). */
function gammaCells(mean: number, variance: number, cell: number): Float64Array {
  const shape = (mean * mean) / variance;
  const scale = variance / mean;
  const cells = Float64Array.from({ length: CELLS }, (_, i) => {
    const x = (i + 0.5) * cell;
    return exp((shape - 1) * log(x / scale) - x / scale);
  });
  const whole = cells.reduce((total, share) => total + share, 0);
  const centre = cells.reduce((total, share, i) => total + share * (i + 0.5) * cell, 0) / whole;
  const placed = new Float64Array(CELLS + 1);
  const kept = Math.min(1, mean / centre); // a steep density near 0 is not seen by middles: its mean is kept
  cells.forEach((share, i) => {
    placed[i] = placed[i]! + (share / whole) * kept * 0.5;
    placed[i + 1] = placed[i + 1]! + (share / whole) * kept * 0.5;
  });
  placed[0] = placed[0]! + 1 - kept;
  return placed;
}
