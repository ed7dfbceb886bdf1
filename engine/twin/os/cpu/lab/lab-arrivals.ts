/**
 * Arrivals and works as the laboratory draws them (mulberry32; inversion for exponentials): part of a scenario's
 * meaning, so that a scenario without recorded inputs still gives the recorded ones.
 */
import { log } from '@/engine/kernel';
import type { DutySpec, LabItem, WorkDistribution } from './cpu-lab-scenario';

const SEED_DEFAULT = 7;
const SEED_PER_REPEAT = 1_000;

/** The seed of the k-th process of a process spec in a repeat. */
export const arrivalSeed = (seed: number | undefined, rep: number, k: number) => (seed ?? SEED_DEFAULT) + SEED_PER_REPEAT * rep + k;

export function drawItems(duty: DutySpec, durationS: number, seed: number): LabItem[] {
  const unit = mulberry32(seed);
  const gap = () => (duty.arrival === 'poisson' ? exponentialOf(unit, duty.periodMs) : duty.periodMs);
  const items: LabItem[] = [];
  for (let atMs = duty.arrival === 'poisson' ? gap() : 0; atMs < durationS * 1_000; atMs += gap()) {
    items.push({ arriveUs: Math.round(atMs * 1_000), workUs: Math.round(drawWorkMs(unit, duty.work) * 1_000) });
  }
  return items;
}

export function drawWorkMs(unit: () => number, work: WorkDistribution): number {
  switch (work.dist) {
    case 'det':
      return work.meanMs;
    case 'exp':
      return exponentialOf(unit, work.meanMs);
    case 'h2':
      return unit() < work.p ? work.aMs : work.bMs;
    case 'uniform':
      return work.loMs + unit() * (work.hiMs - work.loMs);
  }
}

export const exponentialOf = (unit: () => number, mean: number) => -log(1 - unit()) * mean;

/** Uniform in [0, 1). */
export function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
