import type { ScenarioSpec } from '@/engine/scenario';
import { shop } from './shop';

export const halveTheCost: ScenarioSpec = {
  formatVersion: 1,
  id: 'halve-the-cost',
  title: 'Every second node is taken away',
  question: 'What does half the bill cost in latency and errors?',
  seed: 7,
  durationSeconds: 420,
  warmUpSeconds: 60,
  system: shop,
  actions: [
    { atSeconds: 120, command: { kind: 'remove-node', node: 'node-a2' } },
    { atSeconds: 120, command: { kind: 'remove-node', node: 'node-b2' } },
    { atSeconds: 120, command: { kind: 'remove-node', node: 'node-c2' } },
  ],
  objectives: [
    { kind: 'latency', service: 'client', quantile: 0.99, maxMs: 400 },
    { kind: 'availability', service: 'client', min: 0.995 },
  ],
};
