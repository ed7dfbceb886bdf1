import type { ScenarioSpec } from '@/engine/scenario';
import { morningRush, withoutAutoscalers } from './morning-rush';

export const rushPredictive: ScenarioSpec = {
  formatVersion: 1,
  id: 'rush-predictive',
  title: 'The morning rush, scaled ahead by the forecast',
  question: 'Yesterday’s rush began at the same minute: what does scaling a minute and a half before it change?',
  seed: 7,
  durationSeconds: 540,
  warmUpSeconds: 60,
  system: withoutAutoscalers(morningRush, ['frontend', 'catalog']),
  actions: [
    { atSeconds: 90, command: { kind: 'set-replicas', service: 'catalog', replicas: 12 } },
    { atSeconds: 90, command: { kind: 'set-replicas', service: 'frontend', replicas: 7 } },
    { atSeconds: 420, command: { kind: 'set-replicas', service: 'catalog', replicas: 4 } },
    { atSeconds: 420, command: { kind: 'set-replicas', service: 'frontend', replicas: 3 } },
  ],
  objectives: [
    { kind: 'latency', service: 'client', quantile: 0.99, maxMs: 400 },
    { kind: 'availability', service: 'client', min: 0.999 },
  ],
};
