import type { ScenarioSpec } from '@/engine/scenario';
import { cloudShop } from './cloud-shop';

export const rightSize: ScenarioSpec = {
  formatVersion: 1,
  id: 'right-size',
  title: 'Requests four times too large, put right by the vertical autoscaler',
  question: 'What do the evictions cost, and which machines does the cluster no longer need?',
  seed: 7,
  durationSeconds: 900,
  warmUpSeconds: 60,
  system: {
    ...cloudShop,
    services: cloudShop.services.map(({ autoscaler: _, ...service }) => ({
      ...service,
      cpuRequestMillicores: service.name === 'frontend' || service.name === 'catalog' ? 1_000 : service.cpuRequestMillicores,
      ...(service.name === 'catalog' ? { memoryMib: 320, memoryPerRequestMib: 6 } : {}),
      verticalAutoscaler: { mode: 'Recreate', controls: ['cpu'], minAllowed: { cpuMillicores: 100 }, historyDays: 8 },
    })),
  },
  objectives: [
    { kind: 'latency', service: 'client', quantile: 0.99, maxMs: 300 },
    { kind: 'availability', service: 'client', min: 0.999 },
    { kind: 'cost', maxUsdPerHour: 0.35 },
  ],
};
