import type { ScenarioSpec } from '@/engine/scenario';
import { shop } from './shop';

export const nodeLoss: ScenarioSpec = {
  formatVersion: 1,
  id: 'node-loss',
  title: 'One node dies at the worst moment',
  question: 'How long do customers notice that node-b1 is gone, and which mesh routers lose their way?',
  seed: 7,
  durationSeconds: 420,
  warmUpSeconds: 60,
  system: shop,
  faults: [{ kind: 'node-down', node: 'node-b1', atSeconds: 180 }],
  objectives: [
    { kind: 'latency', service: 'client', quantile: 0.99, maxMs: 400 },
    { kind: 'availability', service: 'client', min: 0.995 },
  ],
};
