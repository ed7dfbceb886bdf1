/** Answers the loop in a replay: the recording cannot be changed, so every plan is shown and withdrawn. */
import { InvariantError } from '@/engine/kernel';
import type { Frame } from '@/engine/telemetry';
import type { LoopAdapter } from './drive-loop';
import { stateFingerprints } from './state-fingerprints';

/** `latest` gives the frame that the recording stands at. */
export const replayAdapter = (latest: () => Frame | undefined): LoopAdapter => ({
  fingerprints: () => stateFingerprints(latest()?.services ?? []),
  approve: () => null,
  send: () => {
    throw new InvariantError('a replay has no target to send to');
  },
});
