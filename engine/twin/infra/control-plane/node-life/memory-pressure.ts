/**
 * Memory of a node. Every second: what the pods use must fit the machine, or the kernel kills the container with the
 * highest OOM score. Every ten seconds the kubelet looks: with less free than its hard threshold it evicts one pod, by
 * use above request, priority and amount; the node is tainted for as long as the pressure lasts and five minutes more.
 */
import { seconds } from '@/engine/kernel';
import { raiseAlarm, type World } from '../../../world';
import { EVICTION_INTERVAL_SECONDS, nextEviction, oomScoreAdjust, type PodUse } from '../../kubernetes';
import type { Node } from '../../infra';
import { memoryOf } from '../../replica-memory';
import { noteOutOfMemory } from '../autoscaling/vpa-loop';
import { crashReplica } from '../pod-life/start-container';
import { killProcess, removeReplica } from '../pod-life/stop-replica';
import { reconcileReplicas } from '../rollout/reconcile-replicas';
import { wakePending } from '../scheduling/pending-queue';
import { isPressed } from '../scheduling/pod-of';
import { forgetScheduler, podOf } from '../scheduling/world-scheduler';

const OOM_SCALE = 1_000;

export function watchMemory(world: World, secondUs: number): void {
  const { infra, nowUs } = world;
  infra.nodes.forEach((node, index) => {
    if (node.phase !== 'up') return;
    const wasPressed = node.memoryShortUs >= 0 && !isPressed(node, nowUs);
    if (wasPressed) endPressure(world, node);
    let used = usedBytes(world, node);
    if (used > node.memoryBytes) used = killWorst(world, node, used);
    if (nowUs % seconds(EVICTION_INTERVAL_SECONDS) < secondUs && node.memoryBytes - used < infra.cluster.settings.evictionHardBytes) evictOne(world, index, used);
  });
}

const usedBytes = ({ infra }: World, { replicas }: Node) => replicas.reduce((sum, r) => sum + memoryOf(infra, infra.replicas[r]!), 0);

function endPressure(world: World, node: Node): void {
  node.memoryShortUs = -1;
  forgetScheduler(world.infra);
  wakePending(world);
}

/** Kills the container whose memory, moved by its score, is largest, until what is left fits. */
function killWorst(world: World, node: Node, used: number): number {
  const { infra } = world;
  const points = (index: number) => {
    const pod = podOf(world, index);
    return memoryOf(infra, infra.replicas[index]!) + (oomScoreAdjust(pod, pod.containers[0]!, node.memoryBytes) * node.memoryBytes) / OOM_SCALE;
  };
  const running = node.replicas.filter((r) => infra.replicas[r]!.phase === 'ready');
  if (running.length === 0) return used;
  const worst = running.reduce((most, index) => (points(index) > points(most) ? index : most));
  const { name } = infra.replicas[worst]!;
  const held = memoryOf(infra, infra.replicas[worst]!);
  raiseAlarm(world, 'oom-kill', name, `${used} bytes are used on ${node.name}, which has ${node.memoryBytes}`);
  noteOutOfMemory(world, worst);
  crashReplica(world, worst);
  return used - held + memoryOf(infra, infra.replicas[worst]!);
}

/** What the pods of a node use must be clearly more than nothing: a node smaller than the threshold would evict for ever. */
function evictOne(world: World, index: number, used: number): void {
  const { infra, nowUs } = world;
  const node = infra.nodes[index]!;
  const uses = node.replicas.flatMap((r): (PodUse & { readonly index: number })[] => {
    const replica = infra.replicas[r]!;
    return replica.phase === 'ready' || replica.phase === 'starting' ? [{ index: r, pod: podOf(world, r), memoryBytes: memoryOf(infra, replica), diskBytes: 0, inodes: 0, processes: 0 }] : [];
  });
  const threshold = { signal: 'memory.available' as const, below: { kind: 'amount' as const, value: infra.cluster.settings.evictionHardBytes } };
  const found = nextEviction({ 'memory.available': { available: node.memoryBytes - used, capacity: node.memoryBytes } }, uses, [threshold]);
  const victim = uses.find(({ pod }) => pod.name === found?.pod.name);
  if (victim === undefined) return;
  const { name, service } = infra.replicas[victim.index]!;
  raiseAlarm(world, 'evicted', name, `The node ${node.name} was low on resource: memory. ${node.memoryBytes - used} bytes are free, ${infra.cluster.settings.evictionHardBytes} are the threshold.`);
  if (!isPressed(node, nowUs)) forgetScheduler(infra);
  node.memoryShortUs = nowUs;
  killProcess(world, victim.index);
  removeReplica(world, victim.index);
  reconcileReplicas(world, service);
}
