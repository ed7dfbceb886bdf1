import type { ScenarioSpec } from '@/engine/scenario';
import { shop } from './shop';

export const zoneLoss: ScenarioSpec = {
  formatVersion: 1,
  id: 'zone-loss',
  title: 'Zone c is lost for three minutes',
  question: 'Do two zones carry the whole load, and how long until everything is back?',
  seed: 7,
  durationSeconds: 420,
  warmUpSeconds: 60,
  system: shop,
  faults: [
    { kind: 'node-down', node: 'node-c1', atSeconds: 120, lastsSeconds: 180 },
    { kind: 'node-down', node: 'node-c2', atSeconds: 120, lastsSeconds: 180 },
  ],
  objectives: [
    { kind: 'latency', service: 'client', quantile: 0.99, maxMs: 400 },
    { kind: 'availability', service: 'client', min: 0.995 },
  ],
};
