/** What a stretch of frames cost. Time without a price or a power model is counted apart, never as free. */
import { microUsd, US_PER_HOUR, type MicroUsd } from '@/engine/kernel';
import type { Frame } from '@/engine/telemetry';

export type FrameCost = {
  readonly spent: MicroUsd;
  readonly hoursPriced: number;
  readonly hoursUnpriced: number;
  readonly energyKwh: number;
  readonly hoursMetered: number;
};

export function costOfFrames(frames: readonly Frame[]): FrameCost {
  let usdTimesUs = 0;
  let pricedUs = 0;
  let unpricedUs = 0;
  let wattsTimesUs = 0;
  let meteredUs = 0;
  for (const { windowUs, usdPerHour, watts } of frames) {
    if (usdPerHour === null) unpricedUs += windowUs;
    else {
      pricedUs += windowUs;
      usdTimesUs += usdPerHour * windowUs;
    }
    if (watts !== null) {
      meteredUs += windowUs;
      wattsTimesUs += watts * windowUs;
    }
  }
  return { spent: microUsd(usdTimesUs / US_PER_HOUR), hoursPriced: pricedUs / US_PER_HOUR, hoursUnpriced: unpricedUs / US_PER_HOUR, energyKwh: wattsTimesUs / US_PER_HOUR / 1_000, hoursMetered: meteredUs / US_PER_HOUR };
}
