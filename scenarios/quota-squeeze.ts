import type { ScenarioSpec } from '@/engine/scenario';
import { shop } from './shop';

export const quotaSqueeze: ScenarioSpec = {
  formatVersion: 1,
  id: 'quota-squeeze',
  title: 'The catalogue gets half a core per replica',
  question: 'What does a CPU quota of 500 mCPU do to p99 when mean use is well below it?',
  seed: 7,
  durationSeconds: 420,
  warmUpSeconds: 60,
  system: shop,
  actions: [{ atSeconds: 150, command: { kind: 'set-cpu-quota', service: 'catalog', quotaMillicores: 500 } }],
  objectives: [
    { kind: 'latency', service: 'client', quantile: 0.99, maxMs: 400 },
    { kind: 'availability', service: 'client', min: 0.995 },
  ],
};
