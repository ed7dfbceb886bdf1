import type { ScenarioSpec } from '@/engine/scenario';
import { shop } from './shop';

export const gateLoss: ScenarioSpec = {
  formatVersion: 1,
  id: 'gate-loss',
  title: 'The mesh loses gate b and a link',
  question: 'How do the roofs reach the uplink when gate-b is off and the link from roof-south to gate-c is cut?',
  seed: 7,
  durationSeconds: 420,
  warmUpSeconds: 60,
  system: shop,
  faults: [
    { kind: 'router-down', router: 'gate-b', atSeconds: 120, lastsSeconds: 150 },
    { kind: 'link-down', a: 'roof-south', b: 'gate-c', atSeconds: 180, lastsSeconds: 60 },
  ],
  objectives: [
    { kind: 'latency', service: 'client', quantile: 0.99, maxMs: 400 },
    { kind: 'availability', service: 'client', min: 0.995 },
  ],
};
