import type { ScenarioSpec } from '@/engine/scenario';
import { shop } from './shop';

export const slowStore: ScenarioSpec = {
  formatVersion: 1,
  id: 'slow-store',
  title: 'The store answers 60 ms late',
  question: 'How far up the call graph does a slow store reach when its callers hold on to their requests?',
  seed: 7,
  durationSeconds: 420,
  warmUpSeconds: 60,
  system: shop,
  faults: [{ kind: 'slow-service', service: 'store', extraMs: 60, atSeconds: 150, lastsSeconds: 120 }],
  objectives: [
    { kind: 'latency', service: 'client', quantile: 0.99, maxMs: 400 },
    { kind: 'availability', service: 'client', min: 0.995 },
  ],
};
