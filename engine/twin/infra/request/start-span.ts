/** A request, a call or a task begins at a service: it is drawn, counted, and sent to a replica, a function or somebody else. */
import { drawVariate, nextUnit, schedule, timeUs } from '@/engine/kernel';
import { EventKind } from '../../event-kind';
import { passCall } from '../../mesh';
import type { World } from '../../world';
import { outageOf, type Outage } from '../availability/outage';
import { isCut } from '../availability/partition';
import { writerOf } from '../availability/replication/lead';
import { holdMemory } from '../control-plane/pod-life/memory-limit';
import type { Service } from '../infra';
import { allocateSpan } from '../spans';
import { chooseReplica } from '../traffic/choose-replica';
import { countRequest } from '../traffic/count-requests';
import { Role } from '../traffic/fan-out/branch';
import { askExternal } from '../traffic/off-node/external';
import { invoke } from '../traffic/off-node/invoke';
import { coldness } from '../traffic/warm-up/warm-up';
import { finishSpan } from './finish-span';
import { admitSpan, waitInVain } from './work';

const NONE = -1;

/** A client's request enters at `service`; it was sent at `originUs` and its answer travels `returnUs` back to `load` (−1: an open one). */
export function startRequest(world: World, service: number, originUs: number, returnUs: number, load: number): void {
  const { spans } = world.infra;
  const span = allocateSpan(spans);
  spans.originUs[span] = originUs;
  spans.returnUs[span] = returnUs;
  spans.load[span] = load;
  startSpan(world, span, service, NONE);
}

/** Work that no client waits for: a message of a queue at one replica (−1: a function's), or a job's task (queue −1). */
export function startTask(world: World, service: number, replica: number, { queue, slot, life }: { readonly queue: number; readonly slot: number; readonly life: number }): void {
  const { spans } = world.infra;
  const span = allocateSpan(spans);
  spans.role[span] = Role.task;
  spans.load[span] = queue;
  spans.ticket[span] = slot;
  spans.originUs[span] = life;
  startSpan(world, span, service, NONE, replica);
}

export function startSpan(world: World, span: number, serviceIndex: number, parent: number, at = NONE): void {
  const { infra, nowUs } = world;
  const { spans } = infra;
  const service = infra.services[serviceIndex]!;
  spans.service[span] = serviceIndex;
  spans.replica[span] = NONE;
  spans.parent[span] = parent;
  spans.parentGeneration[span] = parent === NONE ? 0 : spans.generation[parent]!;
  spans.callIndex[span] = -1;
  spans.callsLeft[span] = 0;
  spans.startUs[span] = nowUs;
  spans.remainingUs[span] = drawVariate(service.demandStream, service.demand);
  countRequest(world, service, 'offered');
  const outage = service.outages.length === 0 ? null : outageOf(service);
  if (service.external !== null || service.function !== null) {
    if (outage !== null) return meetOutage(world, span, outage);
    if (service.external !== null) return askExternal(world, span, service.external);
    if (service.function !== null) return invoke(world, span, serviceIndex, service.function);
  }
  const callerReplica = parent === NONE ? undefined : infra.replicas[spans.replica[parent]!];
  const from = callerReplica?.node ?? NONE;
  const writer = takesWrite(world, span, service);
  const replicaIndex = at !== NONE ? at : (writer ?? chooseReplica(infra, service, from, nowUs));
  if (replicaIndex === NONE) return finishSpan(world, span, false);
  const replica = infra.replicas[replicaIndex]!;
  spans.replica[span] = replicaIndex;
  replica.inFlight += 1;
  holdMemory(world, replicaIndex);
  if (outage !== null) return meetOutage(world, span, outage);
  if (infra.partitions.length > 0 && isCut(infra, from, replica.node)) return waitInVain(world, span, service);
  if (service.warmUp !== null) spans.remainingUs[span] = spans.remainingUs[span]! * coldness(service.warmUp, replicaIndex, nowUs);
  const passUs = callerReplica === undefined ? 0 : passCall(world, span, parent);
  if (passUs === 0) admitSpan(world, span);
  else schedule(world.queue, timeUs(nowUs + Math.abs(passUs)), passUs > 0 ? EventKind.callArrives : EventKind.lostAnswer, span, spans.generation[span]!);
}

/** Where a write to a replicated service must go (−1: nobody leads); null for everything else. */
function takesWrite(world: World, span: number, service: Service): number | null {
  const { spans } = world.infra;
  spans.writes[span] = service.replication !== null && nextUnit(service.choiceStream) < service.replication.writeShare ? 1 : 0;
  return service.replication !== null && spans.writes[span] === 1 ? writerOf(world, service.replication) : null;
}

function meetOutage(world: World, span: number, mode: Outage['mode']): void {
  if (mode === 'refuse') finishSpan(world, span, false);
  else waitInVain(world, span, world.infra.services[world.infra.spans.service[span]!]!);
}
