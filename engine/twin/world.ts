/**
 * One simulated world: clock, future events, infrastructure and mesh. Plain data, so a fork is a deep
 * copy; the frames it made are output, not state, and are taken away by the shell.
 */
import { clearSketch, forkState, hashState, randomStream, type EventQueue, type TimeUs } from '@/engine/kernel';
import type { Frame } from '@/engine/telemetry';
import type { Command } from './command';
import type { FaultSpec } from './fault';
import type { FlowState } from './infra/flow/flow-state';
import type { Infra } from './infra/infra';
import { reseedTraffic } from './infra/traffic/compile-traffic';
import { hostHash, reseedHost, type HostWorld } from './os/host';
import { restartTotalsOfHosts } from './os/world';
import { reseedCoupling, reseedMesh, type Coupling, type MeshState } from './mesh';

export type WorldAlarm = { readonly kind: string; readonly atUs: TimeUs; readonly subject: string; readonly detail: string };

export type World = {
  nowUs: TimeUs;
  events: number;
  readonly queue: EventQueue;
  readonly infra: Infra;
  readonly mesh: MeshState | null;
  readonly coupling: Coupling;
  /** Requests are flows; absent where they are made one by one. */
  readonly flow?: FlowState;
  readonly hosts: HostWorld[];
  /** Statistics before this instant are left out of totals. */
  warmUpUs: TimeUs;
  readonly faults: FaultSpec[];
  readonly actions: { readonly atUs: TimeUs; readonly command: Command }[];
  readonly alarms: WorldAlarm[];
  frames: Frame[];
};

/** Alarms kept; later ones are counted in the last one's place, so a storm cannot eat the memory. */
const ALARMS_MAX = 2_000;

export function raiseAlarm(world: World, kind: string, subject: string, detail: string): void {
  if (world.alarms.length < ALARMS_MAX) world.alarms.push({ kind, atUs: world.nowUs, subject, detail });
  else world.alarms[ALARMS_MAX - 1] = { kind: 'alarm-limit', atUs: world.nowUs, subject: 'world', detail: `more than ${ALARMS_MAX} alarms; later ones are not listed` };
}

/** An independent copy that will live the same future until somebody changes it. */
export function forkWorld(world: World): World {
  const { frames, ...state } = world;
  return { ...forkState(state), frames: [...frames] };
}

/** Gives the world another future: every stream starts anew from `seed`, the present stays. */
export function reseedWorld(world: World, seed: number): void {
  world.infra.cluster.schedulerStream = randomStream(seed, 'scheduler');
  for (const service of world.infra.services) {
    service.demandStream = randomStream(seed, `demand/${service.name}`);
    service.choiceStream = randomStream(seed, `choice/${service.name}`);
    service.startStream = randomStream(seed, `start/${service.name}`);
    service.retryStream = randomStream(seed, `retry/${service.name}`);
  }
  world.infra.loads.forEach((load, i) => load.stream.set(randomStream(seed, `load/${i}`)));
  reseedTraffic(world.infra, seed);
  if (world.mesh !== null) reseedMesh(world.mesh, seed);
  reseedCoupling(world.coupling, seed);
  world.infra.nodes.forEach(({ kernel, name }) => kernel?.cpu.random.set(randomStream(seed, `kernel/${name}`)));
  world.hosts.forEach((host) => reseedHost(host, seed));
}

/** Equal for equal states on every machine; frames already made do not count. */
export function worldHash({ frames: _output, hosts, ...state }: World): string {
  return hashState(hosts.length === 0 ? state : { ...state, hosts: hosts.map(hostHash) });
}

/** Totals count from now on: what came before belongs to another question. */
export function restartTotals(world: World): void {
  const { infra } = world;
  world.warmUpUs = world.nowUs;
  infra.microUsdTimesUs = infra.milliwattsTimesUs = 0;
  for (const total of [infra.client.total, ...infra.services.map((service) => service.total)]) {
    total.offered = total.served = total.failed = 0;
    clearSketch(total.latency);
  }
  for (const service of infra.services) service.total.cpuCoreUs = 0;
  restartTotalsOfHosts(world.hosts);
}

/** Hands over the frames made since the last call. */
export function takeFrames(world: World): Frame[] {
  const taken = world.frames;
  world.frames = [];
  return taken;
}
