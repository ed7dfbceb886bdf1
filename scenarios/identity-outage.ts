import type { ScenarioSpec } from '@/engine/scenario';
import { kiosks } from './kiosks';

export const identityOutage: ScenarioSpec = {
  formatVersion: 1,
  id: 'identity-outage',
  title: 'The identity server is away for longer than half an SVID’s life',
  question: 'SVIDs live for 15 minutes and nobody signs new ones for 13: when does the first call fail, and how soon is it over once somebody does?',
  seed: 11,
  durationSeconds: 1_500,
  warmUpSeconds: 90,
  system: kiosks,
  faults: [{ kind: 'identity-server-down', server: 'spire', atSeconds: 200, lastsSeconds: 780 }],
  objectives: [
    { kind: 'availability', service: 'client', min: 0.995 },
    { kind: 'latency', service: 'client', quantile: 0.99, maxMs: 600 },
  ],
};
