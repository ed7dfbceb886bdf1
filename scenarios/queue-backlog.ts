import type { ScenarioSpec } from '@/engine/scenario';
import { orderShop } from './order-shop';

export const queueBacklog: ScenarioSpec = {
  formatVersion: 1,
  id: 'queue-backlog',
  title: 'Fulfilment is in a crash loop while orders come in',
  question: 'How old does the oldest order get, how many are worked on twice, and when is the backlog gone?',
  seed: 7,
  durationSeconds: 900,
  warmUpSeconds: 60,
  system: orderShop,
  faults: [{ kind: 'crash-loop', service: 'fulfilment', count: 2, afterSeconds: 4, atSeconds: 120, lastsSeconds: 240 }],
  objectives: [
    { kind: 'availability', service: 'client', min: 0.995 },
    { kind: 'latency', service: 'client', quantile: 0.95, maxMs: 500 },
  ],
};
