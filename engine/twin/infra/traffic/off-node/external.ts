/** A dependency that somebody else runs: an answer takes its time whatever the load, up to a rate that it refuses to exceed. */
import { schedule, timeUs } from '@/engine/kernel';
import { EventKind } from '../../../event-kind';
import { onlyKeys, optional, readNumber, type SpecReader } from '../../../spec-reader';
import type { World } from '../../../world';
import { afterCpu, finishSpan } from '../../request';

export type ExternalSpec = { /** Requests a second that it takes, with a second's worth at once; further ones are refused. Default: any number. */ readonly rpsLimit?: number };

export type External = { readonly rpsLimit: number; tokens: number; tokensAtUs: number; limited: number };

export function readExternal(at: SpecReader): ExternalSpec {
  onlyKeys(at, ['rpsLimit']);
  return { rpsLimit: optional(at, 'rpsLimit', (m) => readNumber(m, { min: 0.001, max: 10_000_000 })) };
}

export const external = ({ rpsLimit = Infinity }: ExternalSpec): External => ({ rpsLimit, tokens: rpsLimit, tokensAtUs: 0, limited: 0 });

/** The service's demand is time here too: nobody knows what it is spent on. */
export function askExternal(world: World, span: number, state: External): void {
  const { nowUs, infra } = world;
  if (state.rpsLimit < Infinity) {
    state.tokens = Math.min(Math.max(1, state.rpsLimit), state.tokens + ((nowUs - state.tokensAtUs) * state.rpsLimit) / 1e6);
    state.tokensAtUs = nowUs;
    if (state.tokens < 1) {
      state.limited += 1;
      return finishSpan(world, span, false);
    }
    state.tokens -= 1;
  }
  const demandUs = infra.spans.remainingUs[span]!;
  if (demandUs > 0) schedule(world.queue, timeUs(nowUs + demandUs), EventKind.externalDone, span, infra.spans.generation[span]!);
  else afterCpu(world, span);
}
