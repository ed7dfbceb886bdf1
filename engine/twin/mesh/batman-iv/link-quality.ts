/**
 * BATMAN_IV link metric in the kernel's integer arithmetic (bat_iv_ogm.c, calc_tq). A link is the pair of
 * windows over the last 64 sequence numbers: how many of the neighbour's OGMs came (received), and how many of
 * our own OGMs we heard it repeat (echoed).
 */
import { TQ_MAX, WINDOW } from '../constants';

const CUBE = WINDOW * WINDOW * WINDOW;
/** The factor of a perfect link. */
export const FULL_FACTOR = TQ_MAX * TQ_MAX * TQ_MAX;

/** Product of echo share, asymmetry penalty and interface penalty, each 0..255: what an OGM's TQ is scaled by. */
export function linkFactor(received: number, echoed: number, interfacePenalty: number): number {
  const heard = echoed < received ? echoed : received;
  if (heard === 0) return 0;
  const missed = WINDOW - received;
  const echoShare = Math.floor((TQ_MAX * heard) / received);
  const asymmetry = TQ_MAX - Math.floor((TQ_MAX * missed * missed * missed) / CUBE);
  return echoShare * asymmetry * (TQ_MAX - interfacePenalty);
}

/** TQ of an OGM after it crossed the link, 0..255. */
export const scaleTq = (tq: number, factor: number) => ((Math.imul(tq, factor) >>> 0) / FULL_FACTOR) | 0;

/** TQ of an OGM that is sent on. */
export const penalizeHop = (tq: number, hopPenalty: number) => ((tq * (TQ_MAX - hopPenalty)) / TQ_MAX) | 0;
