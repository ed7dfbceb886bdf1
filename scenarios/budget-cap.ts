import type { ScenarioSpec } from '@/engine/scenario';
import { cloudShop } from './cloud-shop';

/**
 * Four times the traffic, and a ceiling on what the nodes may cost that leaves no room for another one: the autoscaler
 * is held back. Beside the nodes the bill carries a control plane, a balancer, two volumes (one of them forgotten),
 * traffic and a savings plan for about two of the nodes. The grid is cleaner in the middle.
 */
export const budgetCap: ScenarioSpec = {
  formatVersion: 1,
  id: 'budget-cap',
  title: 'A rush meets a spend ceiling',
  question: 'What does a budget that may not be exceeded cost the customers, and who pays for what?',
  seed: 7,
  durationSeconds: 600,
  warmUpSeconds: 60,
  system: {
    ...cloudShop,
    prices: {
      book: 'aws',
      region: 'us-east-1',
      commitments: [{ name: 'one-year plan', kind: 'compute-savings-plan', discount: 0.28, usdPerHour: 0.18, upfrontUsd: 600, termYears: 1 }],
      volumes: [
        { name: 'store-data', gib: 200, storageClass: 'gp3', services: ['store'] },
        { name: 'old-snapshot', gib: 100, storageClass: 'gp2' },
      ],
      loadBalancers: [{ name: 'shop-front', services: ['frontend'] }],
      transfers: [
        { service: 'frontend', kibPerRequest: 24, to: 'internet' },
        { service: 'catalog', kibPerRequest: 6, to: 'zone' },
      ],
      fees: [{ name: 'control plane', usdPerHour: 0.1 }],
      idle: { sharing: 'separate' },
      shared: { sharing: 'by-cost' },
      budget: { usdPerHourMax: 0.4 },
    },
    carbon: {
      series: { stepSeconds: 60, gramsPerKwh: [470, 440, 400, 350, 310, 290, 300, 340, 390, 430] },
      pue: 1.135,
      embodied: { machineKg: 1_344, machineCores: 96 },
    },
  },
  faults: [{ kind: 'load-factor', service: 'frontend', factor: 4, atSeconds: 90, lastsSeconds: 300 }],
  objectives: [
    { kind: 'latency', service: 'client', quantile: 0.99, maxMs: 2_000 },
    { kind: 'availability', service: 'client', min: 0.9 },
    { kind: 'cost', maxUsdPerHour: 1 },
  ],
};
