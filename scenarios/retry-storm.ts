import type { ScenarioSpec } from '@/engine/scenario';
import { shop } from './shop';

/** The shop whose callers give up after 300 ms and try again three times, without a budget. */
const impatient = {
  ...shop,
  services: shop.services.map((service) => ({ ...service, calls: service.calls?.map((call) => ({ ...call, timeoutMs: 300, retries: { max: 3, backOffMs: 30 } })) })),
};

export const retryStorm: ScenarioSpec = {
  formatVersion: 1,
  id: 'retry-storm',
  title: 'Retries turn a hiccup into an outage',
  question: 'The store is slow for half a minute and every caller tries again three times. How long does the trouble outlive its cause?',
  seed: 7,
  durationSeconds: 420,
  warmUpSeconds: 60,
  system: impatient,
  faults: [{ kind: 'slow-service', service: 'store', extraMs: 400, atSeconds: 150, lastsSeconds: 30 }],
  objectives: [
    { kind: 'latency', service: 'client', quantile: 0.99, maxMs: 400 },
    { kind: 'availability', service: 'client', min: 0.995 },
  ],
};
