import type { ScenarioSpec } from '@/engine/scenario';
import { shop } from './shop';

export const noisyNeighbour: ScenarioSpec = {
  formatVersion: 1,
  id: 'noisy-neighbour',
  title: 'A batch job takes both cores of a node',
  question: 'Whose latency does a noisy neighbour on node-a1 steal, and how much of it?',
  seed: 7,
  durationSeconds: 420,
  warmUpSeconds: 60,
  system: shop,
  faults: [{ kind: 'cpu-hog', node: 'node-a1', threads: 6, atSeconds: 150, lastsSeconds: 150 }],
  objectives: [
    { kind: 'latency', service: 'client', quantile: 0.99, maxMs: 400 },
    { kind: 'availability', service: 'client', min: 0.995 },
  ],
};
