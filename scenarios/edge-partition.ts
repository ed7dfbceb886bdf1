import type { ScenarioSpec } from '@/engine/scenario';
import { kiosks } from './kiosks';

export const edgePartition: ScenarioSpec = {
  formatVersion: 1,
  id: 'edge-partition',
  title: 'A tower falls silent and a kiosk is cut off for five minutes',
  question: 'What can the kiosk not do meanwhile, how much does it keep, and what do the two copies of the stock disagree on afterwards?',
  seed: 5,
  durationSeconds: 900,
  warmUpSeconds: 90,
  system: kiosks,
  faults: [
    { kind: 'router-silent', router: 'tower', atSeconds: 240, lastsSeconds: 300 },
    { kind: 'link-loss', a: 'mill', b: 'roof-south', lossPercent: 35, burstPackets: 4, atSeconds: 300, lastsSeconds: 200 },
  ],
  objectives: [
    { kind: 'availability', service: 'client', min: 0.995 },
    { kind: 'latency', service: 'client', quantile: 0.99, maxMs: 600 },
  ],
};
