/**
 * A running mesh as plain data: it forks and hashes with the world that owns it. The state of batman-adv is
 * kept per router in flat arrays, because a mesh of a thousand routers holds a million originator entries.
 */
import { randomStream, type Random } from '@/engine/kernel';
import type { Clients } from './clients/client-state';
import type { BatmanV } from './batman-v/v-state';
import type { LinkState } from './medium/link-state';
import type { OriginatorTables } from './tables/originator-tables';
import type { PacketPool } from './medium/packet-pool';
import type { MeshLinkSpec, MeshRouterSpec } from './mesh-spec';
import type { PingLog } from './ping';
import type { Topology } from './medium/topology';

export const InterfaceStatus = { inactive: 0, toBeActivated: 1, active: 2 } as const;

export type Routers = {
  readonly up: Uint8Array;
  /** Counts restarts, so that timers of an earlier life are void. */
  readonly life: Int32Array;
  readonly startUs: Float64Array;
  readonly ogmIntervalMs: Float64Array;
  readonly hopPenalty: Uint8Array;
  readonly aggregates: Uint8Array;
  readonly isGateway: Uint8Array;
  readonly gatewayDownKbit: Float64Array;
  readonly gatewayClass: Uint8Array;
  readonly gateway: Int32Array; // selected one, −1 for none
  readonly reselect: Uint8Array;
  readonly queueHead: Int32Array; // newest pending packet, −1 for none
  readonly queueLength: Int32Array;
  readonly purgeFrom: Float64Array; // jiffy before which nothing can expire
  readonly tvlvBytes: Uint16Array; // attached to every primary OGM
  readonly firstSequence: Int32Array; // of its primary OGMs in this life
  readonly planned: Uint8Array; // may be added and taken away by command
  readonly x: Float64Array; // where `placed` says that a place is known
  readonly y: Float64Array;
  readonly placed: Uint8Array;
};

export type Interfaces = {
  readonly status: Uint8Array;
  readonly sequence: Int32Array; // of the OGM after the pending one
  readonly penalty: Uint8Array;
};

/** Totals since each router's last start, named as batctl names them. */
export type Counters = {
  readonly managementTx: Float64Array;
  readonly managementTxBytes: Float64Array;
  readonly managementRx: Float64Array;
  readonly managementRxBytes: Float64Array;
  readonly tx: Float64Array;
  readonly txBytes: Float64Array;
  readonly rx: Float64Array;
  readonly rxBytes: Float64Array;
  readonly forward: Float64Array;
  readonly forwardBytes: Float64Array;
  readonly drops: Float64Array;
  readonly routeSwitches: Float64Array;
};

export type MeshState = {
  readonly algorithm: 'BATMAN_IV' | 'BATMAN_V';
  readonly medium: 'radio' | 'link';
  readonly unicastTries: number;
  readonly topology: Topology;
  readonly links: LinkState;
  readonly routers: Routers;
  readonly interfaces: Interfaces;
  readonly tables: OriginatorTables;
  /** Empty arrays of BATMAN_V cost nothing in a BATMAN_IV mesh. */
  readonly v: BatmanV;
  readonly packets: PacketPool;
  readonly pings: PingLog;
  readonly clients: Clients;
  /** `viewer · routers + owner` → jiffy of a translation table request without an answer so far. */
  readonly tablesAsked: Map<number, number>;
  readonly counters: Counters;
  /** Routers and links that came by command and stand in no plan. */
  readonly added: { readonly routers: MeshRouterSpec[]; readonly links: MeshLinkSpec[] };
  /** Added to the jiffies since the start: where on the timer wheel the run began. */
  jiffyOffset: number;
  /** OGM bytes sent by all routers since the start, and at the last sample; the counters start anew with a reboot. */
  ogmBytes: number;
  sampledBytes: number;
  readonly timerRandom: Random;
  readonly lossRandom: Random;
};

/** Gives the mesh another future. */
export function reseedMesh(mesh: MeshState, seed: number): void {
  mesh.timerRandom.set(randomStream(seed, 'mesh/timers'));
  mesh.lossRandom.set(randomStream(seed, 'mesh/losses'));
}

/** Index of a router by name; −1 when there is none. */
export const routerIndex = (mesh: MeshState, name: string) => mesh.topology.names.indexOf(name);
