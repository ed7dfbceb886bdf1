import type { ScenarioSpec } from '@/engine/scenario';
import { morningRush } from './morning-rush';

export const rushReactive: ScenarioSpec = {
  formatVersion: 1,
  id: 'rush-reactive',
  title: 'The morning rush, answered by autoscalers',
  question: 'Do the autoscalers see the rush early enough, with nodes that boot for three quarters of a minute?',
  seed: 7,
  durationSeconds: 540,
  warmUpSeconds: 60,
  system: morningRush,
  objectives: [
    { kind: 'latency', service: 'client', quantile: 0.99, maxMs: 400 },
    { kind: 'availability', service: 'client', min: 0.999 },
  ],
};
