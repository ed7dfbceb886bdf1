/** Answers the loop in a replay: the recording cannot be changed, so every plan is shown and withdrawn. */
import { InvariantError } from '@/engine/kernel';
import { CLIENT_SERVICE, type Frame } from '@/engine/telemetry';
import type { LoopAdapter } from './drive-loop';
import { os } from '@/engine/twin';
import { hostFingerprints, stateFingerprints } from './state-fingerprints';

/** `latest` gives the frame that the recording stands at; clients are no part of the target. */
export const replayAdapter = (latest: () => Frame | undefined): LoopAdapter => ({
  fingerprints: () => [...stateFingerprints((latest()?.services ?? []).filter((sample) => sample.service !== CLIENT_SERVICE)), ...hostFingerprints((latest()?.hosts ?? []).map(os.settingsOfSample))],
  approve: () => null,
  send: () => {
    throw new InvariantError('a replay has no target to send to');
  },
});
