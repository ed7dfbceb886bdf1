/** The twin of a chain record: every repeat with its recorded arrivals and works, or with those that the laboratory would draw. */
import { drawRequests } from '../draw-requests';
import { CHAIN } from './programs/chain-costs';
import type { ChainRecord, ChainRepeat, ChainRunReport, SpeedStep } from './chain-scenario';
import { playChain } from './play-chain';
import { summarizeChain } from './summarize-chain';

const SEEDS_PER_RUN = 1_000;

export function runChain({ scenario, host, repeats }: ChainRecord, seed: number): ChainRunReport[] {
  return repeats.map((repeat) => {
    const { rep, offered } = repeat;
    const requests = offered ?? drawRequests({ profile: scenario.profile, durationS: scenario.durationS, arrival: 'poisson', works: scenario.works, seed: 100 * rep + scenario.seed });
    return summarizeChain(playChain({ scenario, facts: host, requests, ...speedOf(repeat), seed: seed * SEEDS_PER_RUN + rep }), rep);
  });
}

/** The unit of work is what the machine did in a millisecond just before; how fast it stays is known in part. */
function speedOf({ itersPerMs = CHAIN.itersPerMs }: ChainRepeat): { readonly workScale: number; readonly speeds: readonly SpeedStep[] } {
  const calibrated = itersPerMs / CHAIN.itersPerMs;
  return { workScale: CHAIN.workScale * calibrated, speeds: [{ fromUs: 0, slowness: 1 / (1 + CHAIN.speedPersistence * (calibrated - 1)) }] };
}
