import type { ScenarioSpec } from '@/engine/scenario';
import { cloudShop } from './cloud-shop';

export const spotReclaimWave: ScenarioSpec = {
  formatVersion: 1,
  id: 'spot-reclaim-wave',
  title: 'All three spot nodes are reclaimed within a minute',
  question: 'Do two minutes of notice suffice to move everything before the machines go?',
  seed: 7,
  durationSeconds: 480,
  warmUpSeconds: 60,
  system: cloudShop,
  faults: [
    { kind: 'spot-reclaim', node: 'spot-a', atSeconds: 150 },
    { kind: 'spot-reclaim', node: 'spot-b', atSeconds: 165 },
    { kind: 'spot-reclaim', node: 'spot-c', atSeconds: 190 },
  ],
  objectives: [
    { kind: 'availability', service: 'client', min: 0.999 },
    { kind: 'latency', service: 'client', quantile: 0.99, maxMs: 300 },
  ],
};
