/**
 * When the frames of a recording end. Where scrapes stand clear of each other, each scrape is a frame. Where
 * targets are scraped at times of their own, frames end on a regular grid whose phase lies in the widest
 * pause between the targets, so that every window holds one sample of each. Missing scrapes get frames too: they are the gaps.
 */
import { US_PER_SECOND } from '@/engine/kernel';
import type { SeriesSet } from '../series/series';

/** Frames of one recording. */
export const FRAMES_MAX = 200_000;
/** Empty frames put into one gap. */
const GAP_FRAMES_MAX = 3_600;

/** A time without scrapes, between the frames at its two ends. */
export type Gap = { readonly fromUs: number; readonly toUs: number; readonly missingScrapes: number };

export type FrameTimes = { readonly endsUs: Float64Array; readonly scrapeUs: number; readonly gaps: readonly Gap[] };

/** One end per scrape, and one per missing scrape; a gap longer than GAP_FRAMES_MAX, or one too many for FRAMES_MAX, stays a jump. */
export function frameTimes(set: SeriesSet, scrapeSeconds: number): FrameTimes {
  const scrapeUs = Math.max(1, Math.round(scrapeSeconds * US_PER_SECOND));
  const times = distinctTimes(set);
  const ends = standClear(times, scrapeUs) ? times : gridEnds(times, scrapeUs);
  return withGaps(ends, scrapeUs);
}

/** The usual spacing of samples, in seconds: the median over series of their median spacing, each weighing as many samples as it has. 1 when no series has two. */
export function estimateScrapeSeconds(set: SeriesSet): number {
  const spacings = set.series.flatMap(({ atUs }) => (atUs.length < 2 ? [] : [{ us: medianSpacing(atUs), weight: atUs.length }]));
  spacings.sort((x, y) => x.us - y.us || x.weight - y.weight);
  let remaining = spacings.reduce((sum, { weight }) => sum + weight, 0) / 2;
  for (const { us, weight } of spacings) {
    remaining -= weight;
    if (remaining <= 0) return us / US_PER_SECOND;
  }
  return 1;
}

function medianSpacing(atUs: Float64Array): number {
  const spacings = Float64Array.from({ length: Math.min(atUs.length - 1, 1_000) }, (_, i) => atUs[i + 1]! - atUs[i]!);
  spacings.sort((x, y) => x - y);
  return spacings[spacings.length >> 1]!;
}

function distinctTimes(set: SeriesSet): Float64Array {
  const times = new Set<number>();
  let previous = new Float64Array(0);
  for (const { atUs } of set.series) {
    if (!sameTimes(previous, atUs)) for (const at of atUs) times.add(at);
    previous = atUs as Float64Array<ArrayBuffer>;
  }
  return Float64Array.from(times).sort((x, y) => x - y);
}

/** Series of one target share their times, so most of them need no look-up at all. */
function sameTimes(x: Float64Array, y: Float64Array): boolean {
  if (x.length !== y.length) return false;
  for (let i = 0; i < x.length; i += 1) if (x[i] !== y[i]) return false;
  return true;
}

function standClear(times: Float64Array, scrapeUs: number): boolean {
  for (let i = 1; i < times.length; i += 1) if (times[i]! - times[i - 1]! < scrapeUs / 2) return false;
  return true;
}

const PHASES = 64;

function gridEnds(times: Float64Array, scrapeUs: number): Float64Array {
  const phase = quietPhase(times, scrapeUs);
  const ends: number[] = [];
  for (const at of times) {
    const end = Math.ceil((at - phase) / scrapeUs) * scrapeUs + phase;
    if (ends[ends.length - 1] !== end) ends.push(end);
  }
  return Float64Array.from(ends);
}

/** The middle of the longest run of phases (1/64 of a scrape) at which nothing was scraped; 0 when there is none. */
function quietPhase(times: Float64Array, scrapeUs: number): number {
  const busy = new Uint8Array(PHASES);
  for (const at of times) busy[Math.floor(((at % scrapeUs) / scrapeUs) * PHASES)] = 1;
  let longest = 0;
  let middle = 0;
  let run = 0;
  for (let i = 0; i < 2 * PHASES; i += 1) {
    run = busy[i % PHASES] === 1 ? 0 : run + 1;
    if (run > longest && run <= PHASES) {
      longest = run;
      middle = i - (run - 1) / 2;
    }
  }
  return longest === 0 ? 0 : Math.round((((middle % PHASES) + 0.5) / PHASES) * scrapeUs);
}

function withGaps(ends: Float64Array, scrapeUs: number): FrameTimes {
  const filled: number[] = [];
  const gaps: Gap[] = [];
  let spare = FRAMES_MAX - ends.length;
  for (const end of ends) {
    const last = filled[filled.length - 1];
    const absent = last === undefined ? 0 : Math.round((end - last) / scrapeUs) - 1;
    if (absent > 0) gaps.push({ fromUs: last!, toUs: end, missingScrapes: absent });
    if (absent > 0 && absent <= Math.min(spare, GAP_FRAMES_MAX)) {
      for (let i = 1; i <= absent; i += 1) filled.push(last! + Math.round((i * (end - last!)) / (absent + 1)));
      spare -= absent;
    }
    filled.push(end);
  }
  return { endsUs: Float64Array.from(filled), scrapeUs, gaps };
}
