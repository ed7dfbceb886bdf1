/** Versions of services whose target keeps none: what is set there, spelled out. */
import type { Fingerprint } from './plan/plan';

export type ServiceSettings = { readonly service: string; readonly replicas: number | null; readonly quotaMillicores: number | null };

export const stateFingerprints = (services: readonly ServiceSettings[]): readonly Fingerprint[] =>
  services.map(({ service, replicas, quotaMillicores }) => ({ object: `service/${service}`, version: `replicas ${replicas ?? 'unknown'}, quota ${quotaMillicores ?? 'none'}` }));

export type RouterSettings = { readonly router: string; readonly hopPenalty: number; readonly up: boolean };

export const routerFingerprints = (routers: readonly RouterSettings[]): readonly Fingerprint[] =>
  routers.map(({ router, hopPenalty, up }) => ({ object: `router/${router}`, version: `hop penalty ${hopPenalty}, ${up ? 'up' : 'down'}` }));
