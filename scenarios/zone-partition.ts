import type { ScenarioSpec } from '@/engine/scenario';
import { orderShop } from './order-shop';

export const zonePartition: ScenarioSpec = {
  formatVersion: 1,
  id: 'zone-partition',
  title: 'Zone b is cut off from the others for two minutes',
  question: 'Who goes on serving, does the store get a new leader, and what did the old one take alone that is lost?',
  seed: 7,
  durationSeconds: 480,
  warmUpSeconds: 60,
  system: orderShop,
  faults: [{ kind: 'partition', a: ['zone-a', 'zone-c'], b: ['zone-b'], atSeconds: 150, lastsSeconds: 120 }],
  objectives: [
    { kind: 'availability', service: 'client', min: 0.95 },
    { kind: 'latency', service: 'client', quantile: 0.99, maxMs: 3_000 },
  ],
};
