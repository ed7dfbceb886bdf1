import type { ScenarioSpec } from '@/engine/scenario';
import { orderShop } from './order-shop';

export const dependencyOutage: ScenarioSpec = {
  formatVersion: 1,
  id: 'dependency-outage',
  title: 'The payment provider does not answer for three minutes',
  question: 'Does a checkout that cannot pay take the rest of the shop with it, and how soon does it pay again?',
  seed: 7,
  durationSeconds: 480,
  warmUpSeconds: 60,
  system: orderShop,
  faults: [{ kind: 'dependency-outage', service: 'payments', mode: 'hang', share: 1, atSeconds: 150, lastsSeconds: 180 }],
  objectives: [
    { kind: 'availability', service: 'client', min: 0.95 },
    { kind: 'latency', service: 'catalog', quantile: 0.99, maxMs: 400 },
  ],
};
