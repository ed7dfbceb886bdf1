import type { ScenarioSpec } from '@/engine/scenario';
import { shop } from './shop';

export const blackFriday: ScenarioSpec = {
  formatVersion: 1,
  id: 'black-friday',
  title: 'Two and a half times the traffic for two minutes',
  question: 'Does it hold if every service is scaled out half a minute before the rush?',
  seed: 7,
  durationSeconds: 420,
  warmUpSeconds: 60,
  system: shop,
  faults: [{ kind: 'load-factor', service: 'frontend', factor: 2.5, atSeconds: 180, lastsSeconds: 120 }],
  actions: [
    { atSeconds: 150, command: { kind: 'set-replicas', service: 'frontend', replicas: 5 } },
    { atSeconds: 150, command: { kind: 'set-replicas', service: 'catalog', replicas: 9 } },
    { atSeconds: 330, command: { kind: 'set-replicas', service: 'frontend', replicas: 3 } },
    { atSeconds: 330, command: { kind: 'set-replicas', service: 'catalog', replicas: 4 } },
  ],
  objectives: [
    { kind: 'latency', service: 'client', quantile: 0.99, maxMs: 400 },
    { kind: 'availability', service: 'client', min: 0.995 },
  ],
};
