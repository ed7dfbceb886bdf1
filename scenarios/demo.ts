import type { ScenarioSpec } from '@/engine/scenario';
import { shop } from './shop';

/** The world a newcomer sees running: the shop, its mesh, and one host (`node-c1`) with a noisy neighbour. */
export const demo: ScenarioSpec = {
  formatVersion: 1,
  id: 'demo',
  title: 'A shop in three zones behind a neighbourhood mesh',
  question: 'What happens to customers when a node dies, traffic doubles or the bill must be halved?',
  seed: 42,
  durationSeconds: 600,
  warmUpSeconds: 60,
  system: shop,
  faults: [{ kind: 'cpu-hog', node: 'node-c1', threads: 2, atSeconds: 0 }],
  objectives: [
    { kind: 'latency', service: 'client', quantile: 0.99, maxMs: 400 },
    { kind: 'availability', service: 'client', min: 0.995 },
    { kind: 'cost', maxUsdPerHour: 0.7 },
  ],
};
