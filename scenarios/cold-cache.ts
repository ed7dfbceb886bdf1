import type { ScenarioSpec } from '@/engine/scenario';
import { orderShop } from './order-shop';

export const coldCache: ScenarioSpec = {
  formatVersion: 1,
  id: 'cold-cache',
  title: 'The catalogue cache is emptied under full load',
  question: 'Does the herd of misses bring the catalogue down, and how long until the cache is warm again?',
  seed: 7,
  durationSeconds: 480,
  warmUpSeconds: 60,
  system: orderShop,
  faults: [{ kind: 'cold-cache', service: 'web', atSeconds: 180 }],
  objectives: [
    { kind: 'latency', service: 'client', quantile: 0.99, maxMs: 1_000 },
    { kind: 'availability', service: 'client', min: 0.995 },
  ],
};
