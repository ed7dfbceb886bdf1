import type { ScenarioSpec } from '@/engine/scenario';
import { shop } from './shop';

export const memoryLeak: ScenarioSpec = {
  formatVersion: 1,
  id: 'memory-leak',
  title: 'The catalogue leaks memory',
  question: 'When is a replica of catalog killed for memory, how often, and do customers notice the restarts?',
  seed: 7,
  durationSeconds: 420,
  warmUpSeconds: 60,
  system: shop,
  faults: [{ kind: 'memory-leak', service: 'catalog', mibPerSecond: 6, atSeconds: 60 }],
  objectives: [
    { kind: 'latency', service: 'client', quantile: 0.99, maxMs: 400 },
    { kind: 'availability', service: 'client', min: 0.995 },
  ],
};
