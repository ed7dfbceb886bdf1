import type { ScenarioSpec } from '@/engine/scenario';
import { shop } from './shop';

export const doubleTraffic: ScenarioSpec = {
  formatVersion: 1,
  id: 'double-traffic',
  title: 'Traffic doubles at once',
  question: 'Which service saturates first when twice as many customers come?',
  seed: 7,
  durationSeconds: 420,
  warmUpSeconds: 60,
  system: shop,
  faults: [{ kind: 'load-factor', service: 'frontend', factor: 2, atSeconds: 120, lastsSeconds: 240 }],
  objectives: [
    { kind: 'latency', service: 'client', quantile: 0.99, maxMs: 400 },
    { kind: 'availability', service: 'client', min: 0.995 },
  ],
};
