/** What goes wrong, and when. Times are seconds since the start of the run; a fault without `lasts` stays. */
import type { AvailabilityFault } from './infra/availability';
import type { MeshFault } from './mesh/coupling/mesh-fault';
import type { PlacedHostFault } from './os/host/fault/host-fault';

export type FaultSpec = { readonly atSeconds: number; readonly lastsSeconds?: number } & FaultKind;

export type FaultKind =
  | MeshFault
  | PlacedHostFault
  | AvailabilityFault
  | { readonly kind: 'node-down'; readonly node: string }
  /** A spot node gets its two minutes of notice. */
  | { readonly kind: 'spot-reclaim'; readonly node: string }
  | { readonly kind: 'cpu-hog'; readonly node: string; readonly threads: number }
  | { readonly kind: 'slow-service'; readonly service: string; readonly extraMs: number }
  | { readonly kind: 'memory-leak'; readonly service: string; readonly mibPerSecond: number }
  | { readonly kind: 'kill-replica'; readonly service: string; readonly count: number }
  | { readonly kind: 'load-factor'; readonly service: string; readonly factor: number }
  | { readonly kind: 'link-down'; readonly a: string; readonly b: string }
  | { readonly kind: 'router-down'; readonly router: string };
