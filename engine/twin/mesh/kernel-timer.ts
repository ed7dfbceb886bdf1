/**
 * Linux timers at HZ=250 (kernel/time/timer.c): a timer never fires early and never on time. Its expiry is
 * rounded up to the next bucket of the timer wheel, 1 jiffy wide below 63 jiffies, 8 below 504, 64 below
 * 4032 and so on. That is why a 1000 ± 20 ms OGM timer really fires after 992 or 1024 ms.
 */
export const JIFFY_US = 4_000;
const FIRST_LEVEL_JIFFIES = 63;

/** Milliseconds rounded up to jiffies (`msecs_to_jiffies`). */
export const jiffiesOfMs = (ms: number) => Math.ceil((ms * 1_000) / JIFFY_US);

/** The jiffy in which a timer armed at `now` for `delay` jiffies fires. */
export function timerFiresAt(now: number, delay: number): number {
  let granularity = 1;
  for (let limit = FIRST_LEVEL_JIFFIES; delay >= limit; limit *= 8) granularity *= 8;
  return (Math.floor((now + delay) / granularity) + 1) * granularity;
}
