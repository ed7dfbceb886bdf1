/** From what a person wrote to a mesh that is switched off. Names must have been checked. */
import { nextBelow, nextUint32, randomStream } from '@/engine/kernel';
import { batmanV, ELP_INTERVAL_MS } from './batman-v/v-state';
import { noClients } from './clients/client-state';
import { GATEWAY_CLASS, HOP_PENALTY, OGM_INTERVAL_MS } from './constants';
import { linkState, writeLink } from './medium/link-state';
import type { MeshSpec } from './mesh-spec';
import type { Counters, Interfaces, MeshState, Routers } from './mesh-state';
import { GATEWAY_TVLV_BYTES } from './tables/gateway';
import { originatorTables } from './tables/originator-tables';
import { packetPool } from './medium/packet-pool';
import { pingLog } from './ping';
import { compileTopology, type Topology } from './medium/topology';

/** The timer wheel's widest bucket that a mesh timer meets, in jiffies: the start may fall anywhere in it. */
const WHEEL_PHASES = 512;
/** Jiffies are never 0 here, because 0 means "never". */
const FIRST_JIFFY = 1_024;
/** Translation table with one VLAN (16), distributed ARP table (4), multicast flags (8): what an idle router attaches. */
const TVLV_BYTES = 28;
const SECOND_US = 1_000_000;

/** `merged` keeps one table for routers with one interface (see `originatorTables`). */
export function compileMesh(spec: MeshSpec, seed: number, { merged = false } = {}): MeshState {
  const topology = compileTopology(spec);
  const timerRandom = randomStream(seed, 'mesh/timers');
  const links = linkState(topology.edgeFrom.length);
  topology.edgeLink.forEach((link, edge) => writeLink(links, edge, spec.links[link < 0 ? -1 - link : link]!, link < 0));
  const interfaces = topology.interfaceRouter.length;
  return {
    algorithm: spec.algorithm ?? 'BATMAN_IV',
    medium: spec.medium ?? 'radio',
    unicastTries: spec.unicastTries ?? 1,
    topology,
    links,
    routers: routersOf(spec, topology, () => nextBelow(timerRandom, SECOND_US)),
    interfaces: freshInterfaces(interfaces, () => nextUint32(timerRandom)),
    tables: originatorTables(topology, spec.algorithm === 'BATMAN_V' ? 'throughput' : 'tq', merged && spec.algorithm !== 'BATMAN_V'),
    v: batmanV(topology, spec.routers.map((router) => router.elpIntervalMs ?? spec.elpIntervalMs ?? ELP_INTERVAL_MS), () => nextUint32(timerRandom)),
    packets: packetPool(),
    pings: pingLog(),
    clients: noClients(spec.routers.length),
    tablesAsked: new Map(),
    counters: countersOf(spec.routers.length),
    added: { routers: [], links: [] },
    jiffyOffset: FIRST_JIFFY + nextBelow(timerRandom, WHEEL_PHASES),
    ogmBytes: 0,
    sampledBytes: 0,
    timerRandom,
    lossRandom: randomStream(seed, 'mesh/losses'),
  };
}

function routersOf(spec: MeshSpec, { names }: Topology, drawStartUs: () => number): Routers {
  const n = names.length;
  const of = (pick: (router: MeshSpec['routers'][number]) => number) => Float64Array.from(spec.routers, pick);
  return {
    up: new Uint8Array(n),
    life: new Int32Array(n),
    startUs: of((router) => (router.startSeconds === undefined ? drawStartUs() : Math.round(router.startSeconds * SECOND_US))),
    ogmIntervalMs: of((router) => router.ogmIntervalMs ?? spec.ogmIntervalMs ?? OGM_INTERVAL_MS),
    hopPenalty: Uint8Array.from(of((router) => router.hopPenalty ?? spec.hopPenalty ?? HOP_PENALTY)),
    aggregates: Uint8Array.from(of((router) => (router.aggregation === false ? 0 : 1))),
    isGateway: Uint8Array.from(of((router) => (router.gateway === true ? 1 : 0))),
    gatewayDownKbit: of((router) => (router.gatewayDownMbps ?? 10) * 1_000),
    gatewayClass: Uint8Array.from(of((router) => router.gatewayClass ?? GATEWAY_CLASS)),
    gateway: new Int32Array(n).fill(-1),
    reselect: new Uint8Array(n),
    queueHead: new Int32Array(n).fill(-1),
    queueLength: new Int32Array(n),
    purgeFrom: new Float64Array(n),
    tvlvBytes: Uint16Array.from(of((router) => TVLV_BYTES + (router.gateway === true ? GATEWAY_TVLV_BYTES : 0))),
    firstSequence: new Int32Array(n),
    planned: Uint8Array.from(of((router) => (router.planned === true ? 1 : 0))),
    x: of((router) => router.x ?? 0),
    y: of((router) => router.y ?? 0),
    placed: Uint8Array.from(of((router) => (router.x !== undefined && router.y !== undefined ? 1 : 0))),
  };
}

function freshInterfaces(count: number, drawSequence: () => number): Interfaces {
  return { status: new Uint8Array(count), sequence: Int32Array.from({ length: count }, drawSequence), penalty: new Uint8Array(count) };
}

function countersOf(routers: number): Counters {
  const zeros = () => new Float64Array(routers);
  return {
    managementTx: zeros(), managementTxBytes: zeros(), managementRx: zeros(), managementRxBytes: zeros(),
    tx: zeros(), txBytes: zeros(), rx: zeros(), rxBytes: zeros(), forward: zeros(), forwardBytes: zeros(), drops: zeros(), routeSwitches: zeros(),
  };
}
