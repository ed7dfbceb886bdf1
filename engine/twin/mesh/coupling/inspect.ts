/** The tables of a running world as people look at them: one router’s, and everybody’s SVIDs. Times are seconds since the start. */
import { US_PER_SECOND } from '@/engine/kernel';
import type { World } from '../../world';
import { batctlJson, type BatctlTableName } from '../exchange';
import { holdsValidSvid, NO_SVID } from '../identity';
import { meshPath, type MeshPath } from '../mesh-path';
import { routerIndex } from '../mesh-state';
import { airTimeShare } from '../radio';

export type RouterInspection = {
  readonly router: string;
  readonly atSeconds: number;
  readonly up: boolean;
  readonly isGateway: boolean;
  readonly hopPenalty: number;
  readonly metric: 'TQ' | 'kbit/s';
  /** Every candidate next hop of every originator. */
  readonly originators: readonly { readonly originator: string; readonly nextHop: string; readonly metric: number; readonly lastSeenMs: number; readonly best: boolean }[];
  readonly gateways: readonly { readonly gateway: string; readonly nextHop: string; readonly metric: number; readonly selected: boolean }[];
  /** To its gateway, as frames would go now. */
  readonly path: MeshPath;
  readonly counters: Readonly<Record<string, number>>;
  /** Share of its air that OGMs filled since the start, sent and heard, at the basic rate of 1 Mbit/s. */
  readonly ogmAirTimeShare: number;
};

/** Null without a mesh or such a router. */
export function inspectRouter({ mesh, nowUs }: World, router: string): RouterInspection | null {
  const index = mesh === null ? -1 : routerIndex(mesh, router);
  if (mesh === null || index < 0) return null;
  const { managementTx, managementTxBytes, managementRx, managementRxBytes } = mesh.counters;
  const rows = (table: BatctlTableName) => batctlJson(mesh, index, table, nowUs);
  const metricOf = (row: ReturnType<typeof rows>[number]) => Number(row.tq ?? row.throughput);
  return {
    router,
    atSeconds: nowUs / US_PER_SECOND,
    up: mesh.routers.up[index] === 1,
    isGateway: mesh.routers.isGateway[index] === 1,
    hopPenalty: mesh.routers.hopPenalty[index]!,
    metric: mesh.algorithm === 'BATMAN_V' ? 'kbit/s' : 'TQ',
    originators: rows('originators').map((row) => ({ originator: String(row.orig_address), nextHop: String(row.neigh_address), metric: metricOf(row), lastSeenMs: Number(row.last_seen_msecs), best: row.best === true })),
    gateways: rows('gateways').map((row) => ({ gateway: String(row.orig_address), nextHop: String(row.router), metric: metricOf(row), selected: row.best === true })),
    path: meshPath(mesh, router),
    counters: Object.fromEntries(Object.entries(mesh.counters).map(([name, values]) => [name, values[index]!])),
    ogmAirTimeShare: airTimeShare({ packets: managementTx[index]! + managementRx[index]!, bytes: managementTxBytes[index]! + managementRxBytes[index]!, seconds: nowUs / US_PER_SECOND }),
  };
}

export type SvidState = 'valid' | 'overdue' | 'expired' | 'revoked' | 'none' | 'not registered';
export type IdentityInspection = {
  readonly atSeconds: number;
  readonly trustDomain: string;
  readonly workloads: readonly { readonly workload: string; readonly service: string; readonly node: string; readonly spiffeId: string; readonly state: SvidState; readonly notBefore: number | null; readonly notAfter: number | null; readonly failedTries: number; readonly clockSkewSeconds: number }[];
  /** What was issued of late, oldest first; `workload` counts in the list above. */
  readonly issued: readonly { readonly workload: number; readonly at: number; readonly notAfter: number; readonly authority: number }[];
  readonly authorities: readonly { readonly notBefore: number; readonly notAfter: number; readonly published: boolean; readonly active: boolean }[];
  readonly servers: readonly { readonly server: string; readonly up: boolean }[];
  readonly calls: World['coupling']['total'];
};

const OVERDUE_SHARE = 0.4;

/** Null without identities. */
export function inspectIdentity({ coupling, nowUs }: World): IdentityInspection | null {
  if (coupling.identity === null) return null;
  const { state } = coupling.identity;
  const { workloads, spec } = state;
  const seconds = (us: number) => us / US_PER_SECOND;
  const stateOf = (i: number): SvidState => {
    if (workloads.entry[i]! < 0) return 'not registered';
    if (workloads.revoked[i] === 1) return 'revoked';
    if (workloads.svidAuthority[i] === NO_SVID) return 'none';
    if (!holdsValidSvid(state, i, nowUs)) return 'expired';
    return workloads.svidNotAfterUs[i]! - nowUs < OVERDUE_SHARE * (workloads.svidNotAfterUs[i]! - workloads.svidNotBeforeUs[i]!) ? 'overdue' : 'valid';
  };
  return {
    atSeconds: seconds(nowUs),
    trustDomain: spec.trustDomain,
    workloads: spec.workloads.map(({ name, service, node }, i) => {
      const has = workloads.svidAuthority[i] !== NO_SVID;
      return { workload: name, service: service ?? '', node: node ?? '', spiffeId: spec.entries[workloads.entry[i]!]?.spiffeId ?? '', state: stateOf(i), notBefore: has ? seconds(workloads.svidNotBeforeUs[i]!) : null, notAfter: has ? seconds(workloads.svidNotAfterUs[i]!) : null, failedTries: workloads.tries[i]!, clockSkewSeconds: seconds(workloads.skewUs[i]!) };
    }),
    issued: state.issued.map(({ workload, atUs, notAfterUs, authority }) => ({ workload, at: seconds(atUs), notAfter: seconds(notAfterUs), authority })),
    authorities: state.authorities.map(({ notBeforeUs, notAfterUs, published, active }) => ({ notBefore: seconds(notBeforeUs), notAfter: seconds(notAfterUs), published, active })),
    servers: spec.servers.map(({ name }, i) => ({ server: name, up: state.servers.up[i] === 1 })),
    calls: copyOfCounts(coupling.total),
  };
}

const copyOfCounts = (total: World['coupling']['total']) => ({ ...total, refused: { ...total.refused } });
