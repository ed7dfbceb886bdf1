import type { ScenarioSpec } from '@/engine/scenario';
import { orderShop } from './order-shop';

export const failoverClaim: ScenarioSpec = {
  formatVersion: 1,
  id: 'failover-claim',
  title: 'We claim RTO 60 s and RPO 5 s',
  question: 'The machine that leads the store is lost at the busiest hour: do writes come back within 60 s, and is no more than 5 s of them gone? Ask it over seeds with sweep.',
  seed: 7,
  durationSeconds: 240,
  warmUpSeconds: 60,
  system: orderShop,
  faults: [{ kind: 'leader-loss', service: 'store', atSeconds: 120 }],
  objectives: [
    { kind: 'rto', service: 'store', maxSeconds: 60 },
    { kind: 'rpo', service: 'store', maxSeconds: 5 },
    { kind: 'availability', service: 'client', min: 0.98 },
  ],
};
