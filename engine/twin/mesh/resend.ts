/**
 * What TCP does about lost segments: sends again after 200 ms (Linux's least time-out), doubled each time (RFC 6298), at
 * most six times in all. A flight of segments waits for its slowest one.
 */
import { nextUnit, PPM, type Random } from '@/engine/kernel';

export const RESEND_US = 200_000;
export const TRIES_MAX = 6;
/** Payload of a segment on Ethernet with some room for tunnels. */
export const SEGMENT_BYTES = 1_400;

/** Extra time of so many segments over a way that delivers `deliveryPpm`; −1 when one is lost every time. `onResend` hears of each further try. */
export function resendUs(random: Random, segments: number, deliveryPpm: number, onResend?: () => void): number {
  if (deliveryPpm >= PPM) return 0;
  let slowest = 0;
  for (let segment = 0; segment < segments; segment += 1) {
    let tries = 1;
    while (nextUnit(random) * PPM >= deliveryPpm) {
      onResend?.();
      if ((tries += 1) > TRIES_MAX) return -1;
    }
    slowest = Math.max(slowest, RESEND_US * ((1 << (tries - 1)) - 1));
  }
  return slowest;
}
