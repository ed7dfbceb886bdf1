/**
 * Losses that explain a pair of link TQs. Each end's TQ is about 255·p·(1 − (1 − r)³) with p the delivery of its own
 * frames and r that of the other's, so the pair is solved by turns: from r follows p, from p follows r.
 */
const ROUNDS = 40;
const DELIVERY_MIN = 0.02;

/** `tqA` is what end a shows for b, 0..1; the result is the loss in per cent a→b and b→a. An unknown TQ is taken to be like the other. */
export function lossFromTq(tqA: number, tqB: number): readonly [number, number] {
  let out = clamp(tqA);
  let back = clamp(tqB);
  for (let round = 0; round < ROUNDS; round += 1) {
    out = clamp(tqA / heardShare(back));
    back = clamp(tqB / heardShare(out));
  }
  return [percent(1 - out), percent(1 - back)];
}

const heardShare = (delivery: number) => 1 - (1 - delivery) * (1 - delivery) * (1 - delivery);
const clamp = (x: number) => Math.min(1, Math.max(DELIVERY_MIN, x));
const percent = (share: number) => Math.round(share * 1_000) / 10;
