import type { ScenarioSpec } from '@/engine/scenario';
import { cloudShop } from './cloud-shop';

export const consolidation: ScenarioSpec = {
  formatVersion: 1,
  id: 'consolidation',
  title: 'The night is quiet and Karpenter packs the nodes',
  question: 'How much does consolidation save while traffic is low, and who notices the moves?',
  seed: 7,
  durationSeconds: 600,
  warmUpSeconds: 60,
  system: {
    ...cloudShop,
    cluster: { ...cloudShop.cluster, nodeAutoscaler: { kind: 'karpenter', policy: 'WhenEmptyOrUnderutilized', consolidateAfterSeconds: 30, budgets: [{ nodes: '1' }] } },
  },
  faults: [{ kind: 'load-factor', service: 'frontend', factor: 0.35, atSeconds: 120 }],
  objectives: [
    { kind: 'latency', service: 'client', quantile: 0.99, maxMs: 200 },
    { kind: 'availability', service: 'client', min: 0.999 },
    { kind: 'cost', maxUsdPerHour: 0.3 },
  ],
};
