/** Replicas come and go: place, start, become ready, drain, die, start again elsewhere. */
import { drawVariate, nextUnit, schedule, timeUs } from '@/engine/kernel';
import { EventKind } from '../event-kind';
import { raiseAlarm, type World } from '../world';
import type { Infra, Replica, Service } from './infra';
import { CFS_PERIOD_US, progressNode, quotaPerPeriodUs } from './node-cpu';
import { chooseNode } from './placement';
import { failSpan, removeDrained } from './request';
import { forgetProcess } from './traffic/process-life';

/** Brings the number of wanted replicas to `wanted`: new ones start, the youngest surplus ones drain. */
export function setWantedReplicas(world: World, serviceIndex: number, wanted: number): void {
  const { infra } = world;
  const service = infra.services[serviceIndex]!;
  service.wantedReplicas = wanted;
  for (let have = countWanted(infra, service); have < wanted; have += 1) placeOrAlarm(world, addReplica(infra, serviceIndex));
  while (countWanted(infra, service) > wanted) drainReplica(world, surplusReplica(infra, service));
}

const counts = (replica: Replica) => replica.phase !== 'gone' && replica.phase !== 'draining' && replica.phase !== 'lost';
const countWanted = (infra: Infra, service: Service) => service.replicas.filter((r) => counts(infra.replicas[r]!)).length;

/** As a ReplicaSet chooses: not placed first, then not ready, then the youngest. */
function surplusReplica(infra: Infra, service: Service): number {
  const rank = { pending: 0, starting: 1, ready: 2, draining: 3, lost: 3, gone: 3 } as const;
  return service.replicas
    .filter((r) => counts(infra.replicas[r]!))
    .reduce((best, r) => (rank[infra.replicas[r]!.phase] <= rank[infra.replicas[best]!.phase] ? r : best));
}

function addReplica(infra: Infra, serviceIndex: number): number {
  const service = infra.services[serviceIndex]!;
  const index = infra.replicas.length;
  infra.replicas.push({
    name: `${service.name}-${service.nextOrdinal++}`,
    service: serviceIndex,
    node: -1,
    phase: 'pending',
    life: 0,
    running: [],
    waiting: [],
    heldLanes: 0,
    inFlight: 0,
    budgetUs: 0,
    periodEndsUs: 0,
    throttled: false,
    periods: 0,
    throttledPeriods: 0,
    ratePerLane: 1,
    usedCoreUs: 0,
    memoryBytes: 0,
  });
  service.replicas.push(index);
  return index;
}

function placeOrAlarm(world: World, index: number): void {
  const replica = world.infra.replicas[index]!;
  const { cpuRequest, memoryBytes } = world.infra.services[replica.service]!;
  if (!startReplica(world, index)) raiseAlarm(world, 'unschedulable', replica.name, `no node has ${cpuRequest} mCPU and ${memoryBytes} bytes free for it`);
}

/** Places the replica where it has no node yet and starts it; false when it fits nowhere and stays pending. */
export function startReplica(world: World, index: number): boolean {
  const { infra, nowUs } = world;
  const replica = infra.replicas[index]!;
  const service = infra.services[replica.service]!;
  if (replica.node < 0) {
    replica.node = chooseNode(infra, replica.service);
    if (replica.node < 0) {
      replica.phase = 'pending';
      return false;
    }
    infra.nodes[replica.node]!.replicas.push(index);
  }
  replica.phase = 'starting';
  replica.life += 1;
  replica.memoryBytes = service.memoryBytes;
  replica.periodEndsUs = nowUs + Math.ceil(nextUnit(service.startStream) * CFS_PERIOD_US);
  replica.budgetUs = service.quotaMillicores === null ? 0 : quotaPerPeriodUs(service.quotaMillicores);
  replica.throttled = false;
  schedule(world.queue, timeUs(nowUs + drawVariate(service.startStream, service.startUp)), EventKind.replicaReady, index, replica.life);
  return true;
}

/** Pending replicas try again: room may have appeared. */
export function placePending(world: World): void {
  world.infra.replicas.forEach((replica, index) => {
    if (replica.phase === 'pending') startReplica(world, index);
  });
}

/** Takes no new requests, finishes those it has, goes. */
export function drainReplica(world: World, index: number): void {
  const replica = world.infra.replicas[index]!;
  const idle = replica.inFlight === 0;
  replica.phase = 'draining';
  replica.life += 1;
  if (idle) removeDrained(world.infra, replica);
}

/** The process dies: its requests fail at once. */
export function killReplica(world: World, index: number): void {
  const { infra } = world;
  const replica = infra.replicas[index]!;
  replica.life += 1;
  replica.phase = 'starting'; // not listed any more while its requests fail
  const node = infra.nodes[replica.node];
  if (node !== undefined) progressNode(infra, node, world.nowUs);
  failRequestsOf(world, index);
  forgetProcess(infra, index);
  replica.heldLanes = 0;
  replica.inFlight = 0;
  replica.throttled = false;
}

function failRequestsOf(world: World, index: number): void {
  const { spans } = world.infra;
  const held: number[] = [];
  const free = new Set(spans.free.subarray(0, spans.freeCount));
  for (let span = 0; span < spans.size; span += 1) if (spans.replica[span] === index && !free.has(span)) held.push(span);
  const generations = held.map((span) => spans.generation[span]);
  const { waiting } = world.infra.replicas[index]!;
  waiting.length = 0; // so that a freed lane starts none of them
  held.forEach((span, i) => {
    if (spans.generation[span] === generations[i]) failSpan(world, span);
  });
}

/** The node is lost with everything on it; the balancer notices later, and later still replicas start elsewhere. */
export function loseNode(world: World, nodeIndex: number): void {
  const { infra, nowUs } = world;
  const node = infra.nodes[nodeIndex]!;
  for (const index of [...node.replicas]) {
    const replica = infra.replicas[index]!;
    const wasListed = replica.phase === 'ready';
    const wasDraining = replica.phase === 'draining';
    killReplica(world, index);
    if (wasDraining) {
      removeDrained(infra, replica);
      continue;
    }
    replica.phase = wasListed ? 'lost' : 'starting';
    schedule(world.queue, timeUs(nowUs + infra.endpointUs), EventKind.replicaEndpointGone, index, replica.life);
    schedule(world.queue, timeUs(nowUs + infra.rescheduleUs), EventKind.replicaReschedule, index, replica.life);
  }
}

/** Leaves its node and starts wherever there is room. */
export function moveReplica(world: World, index: number): void {
  const { infra } = world;
  const replica = infra.replicas[index]!;
  const node = infra.nodes[replica.node];
  if (node !== undefined) node.replicas = node.replicas.filter((r) => r !== index);
  replica.node = -1;
  placeOrAlarm(world, index);
}
