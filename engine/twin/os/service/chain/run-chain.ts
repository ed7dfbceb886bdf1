/** The twin of a chain record: every repeat with its recorded arrivals and works, or with those that the laboratory would draw. */
import { pow } from '@/engine/kernel';
import { drawRequests } from '../draw-requests';
import { CHAIN } from './programs/chain-costs';
import type { ChainRecord, ChainRepeat, ChainRunReport, SpeedStep } from './chain-scenario';
import { playChain } from './play-chain';
import { summarizeChain } from './summarize-chain';

const SEEDS_PER_RUN = 1_000;
const SPEED_STEP_S = 10;
/** Nothing is left of a deviation after so many steps. */
const SPEED_STEPS_MAX = 60;

export function runChain({ scenario, host, repeats }: ChainRecord, seed: number): ChainRunReport[] {
  return repeats.map((repeat) => {
    const { rep, offered } = repeat;
    const requests = offered ?? drawRequests({ profile: scenario.profile, durationS: scenario.durationS, arrival: 'poisson', works: scenario.works, seed: 100 * rep + scenario.seed });
    return summarizeChain(playChain({ scenario, facts: host, requests, ...speedOf(repeat, scenario.durationS), seed: seed * SEEDS_PER_RUN + rep }), rep);
  });
}

/** The unit of work is what the machine did in a millisecond just before; how fast it stays is known in part, and less and less. */
function speedOf({ itersPerMs = CHAIN.itersPerMs }: ChainRepeat, durationS: number): { readonly workScale: number; readonly speeds: readonly SpeedStep[] } {
  const calibrated = itersPerMs / CHAIN.itersPerMs;
  const steps = Math.min(SPEED_STEPS_MAX, 1 + Math.floor(durationS / SPEED_STEP_S));
  const left = (atS: number) => CHAIN.speedPersistence * pow(0.5, atS / CHAIN.speedHalfLifeS);
  return { workScale: CHAIN.workScale * calibrated, speeds: Array.from({ length: steps }, (_, i) => ({ fromUs: i * SPEED_STEP_S * 1e6, slowness: 1 / (1 + left(i * SPEED_STEP_S) * (calibrated - 1)) })) };
}
