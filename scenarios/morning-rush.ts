import type { SystemSpec } from '@/engine/twin';
import { cloudShop } from './cloud-shop';

/** Requests per second, one value for every half minute: quiet, then almost five times as much within half a minute, then quiet again. */
const RUSH = [70, 70, 70, 70, 70, 70, 200, 330, 330, 330, 330, 330, 250, 120, 80, 70];

export const morningRush: SystemSpec = { ...cloudShop, loads: [{ service: 'frontend', arrivals: 'poisson', profile: { kind: 'series', stepSeconds: 30, rps: RUSH } }] };

/** The same system with somebody else in charge of the replicas of some services. */
export const withoutAutoscalers = (system: SystemSpec, services: readonly string[]): SystemSpec => ({
  ...system,
  services: system.services.map(({ autoscaler, ...service }) => (services.includes(service.name) || autoscaler === undefined ? service : { ...service, autoscaler })),
});
