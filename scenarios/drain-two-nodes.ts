import type { ScenarioSpec } from '@/engine/scenario';
import { shop } from './shop';

export const drainTwoNodes: ScenarioSpec = {
  formatVersion: 1,
  id: 'drain-two-nodes',
  title: 'Two nodes are drained for maintenance',
  question: 'Can node-a1 and node-b1 be drained one after the other in opening hours?',
  seed: 7,
  durationSeconds: 420,
  warmUpSeconds: 60,
  system: shop,
  actions: [
    { atSeconds: 120, command: { kind: 'drain-node', node: 'node-a1' } },
    { atSeconds: 200, command: { kind: 'drain-node', node: 'node-b1' } },
    { atSeconds: 330, command: { kind: 'uncordon-node', node: 'node-a1' } },
    { atSeconds: 330, command: { kind: 'uncordon-node', node: 'node-b1' } },
  ],
  objectives: [
    { kind: 'latency', service: 'client', quantile: 0.99, maxMs: 400 },
    { kind: 'availability', service: 'client', min: 0.995 },
  ],
};
