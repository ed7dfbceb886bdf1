/**
 * The scheduler of a world: the whole default profile over columns that follow every pod. The columns are derived from
 * the world's state and never part of it: a fork builds its own when it first places something, and whatever changes a
 * node throws them away. Decisions depend on the state alone (the sums are whole numbers, so their order is no matter),
 * which is why a world that was forked lives the same future as one that was not.
 */
import { US_PER_SECOND } from '@/engine/kernel';
import type { World } from '../../../world';
import { decide, defaultProfile, fastScheduler, pickNode, placePod, removePod, runPod, snapshotNow, snapshotOf, type FastScheduler, type PersistentVolume, type Pod, type PodSelector, type Snapshot } from '../../kubernetes';
import type { Infra } from '../../infra';
import { admitted, isRegistered, isTerminating, kubernetesNode, templateOf } from './pod-of';

type WorldScheduler = {
  readonly fast: FastScheduler;
  /** Column → node of the world, and back. */
  readonly nodeOf: readonly number[];
  readonly columnOf: ReadonlyMap<number, number>;
  readonly templates: Map<string, Omit<Pod, 'name'>>;
};

const schedulers = new WeakMap<Infra, WorldScheduler>();

/** Nodes have changed: the columns are made again when they are needed. */
export const forgetScheduler = (infra: Infra) => void schedulers.delete(infra);

export const profileOf = ({ cluster }: Infra) => defaultProfile(cluster.settings.version);

function schedulerOf({ infra, nowUs }: Pick<World, 'infra' | 'nowUs'>): WorldScheduler {
  const known = schedulers.get(infra);
  if (known !== undefined) return known;
  const nodeOf = infra.nodes.flatMap((node, index) => (isRegistered(node) ? [index] : []));
  const fast = fastScheduler({ nodes: nodeOf.map((index) => kubernetesNode(infra, infra.nodes[index]!, nowUs)), pods: [], selectors: selectorsOf(infra), volumes: volumesOf(infra) }, profileOf(infra));
  const made: WorldScheduler = { fast, nodeOf, columnOf: new Map(nodeOf.map((index, column) => [index, column])), templates: new Map() };
  infra.replicas.forEach((replica, index) => {
    const column = made.columnOf.get(replica.node);
    if (replica.phase !== 'gone' && column !== undefined) runPod(fast, podIn(made, infra, index), column);
  });
  schedulers.set(infra, made);
  return made;
}

/** Every service stands before its pods, and gives them their default spread. */
const selectorsOf = ({ services }: Infra): PodSelector[] => services.map(({ name }) => ({ kind: 'Service', name, namespace: 'default', selector: { matchLabels: { app: name } } }));

const volumesOf = ({ cluster }: Infra): ReadonlyMap<string, PersistentVolume> =>
  new Map(
    cluster.volumes.map(({ name, zone, node }): [string, PersistentVolume] => [
      `default/${name}`,
      { name, labels: zone === undefined ? {} : { 'topology.kubernetes.io/zone': zone }, nodeAffinity: node === undefined ? null : { nodeSelectorTerms: [{ matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values: [node] }] }] } },
    ]),
  );

function podIn({ templates }: WorldScheduler, infra: Infra, index: number): Pod {
  const replica = infra.replicas[index]!;
  const terminating = isTerminating(replica);
  const key = `${replica.service} ${replica.cpuRequest} ${replica.memoryRequestBytes} ${terminating}`;
  const template = templates.get(key) ?? admitted({ ...templateOf(infra.services[replica.service]!, replica.cpuRequest, replica.memoryRequestBytes), terminating });
  templates.set(key, template);
  return { ...template, name: replica.name, startTime: replica.startedUs < 0 ? Infinity : replica.startedUs / US_PER_SECOND };
}

/** One scheduling cycle: the node of the world it chose, −1 when none fits. The pod counts there from now on. */
export function findNode(world: World, index: number): number {
  const { infra } = world;
  const scheduler = schedulerOf(world);
  const { fast, nodeOf } = scheduler;
  const pod = podIn(scheduler, infra, index);
  const { cluster } = infra;
  if (cluster.pending.some((other) => infra.replicas[other]!.nominated >= 0)) return findBesideNominated(world, scheduler, pod, index);
  fast.nextStart = nodeOf.length === 0 ? 0 : cluster.nextStart % nodeOf.length;
  const column = placePod(fast, pod, cluster.schedulerStream);
  cluster.nextStart = fast.nextStart;
  return column < 0 ? -1 : nodeOf[column]!;
}

/** Nodes that preemption has freed are promised: the plain cycle knows how to leave them alone. */
function findBesideNominated(world: World, scheduler: WorldScheduler, pod: Pod, index: number): number {
  const { infra } = world;
  const { cluster } = infra;
  const { nodes } = scheduler.fast.bare;
  const decision = decide(withNomination(infra, pod, index), worldSnapshot(world), profileOf(infra), nodes.length === 0 ? 0 : cluster.nextStart % nodes.length);
  cluster.nextStart = decision.nextStart;
  const chosen = pickNode(decision, cluster.schedulerStream);
  if (chosen === null) return -1;
  const column = scheduler.fast.columns.indexOf.get(chosen.node.name)!;
  runPod(scheduler.fast, pod, column);
  return scheduler.nodeOf[column]!;
}

export function withNomination(infra: Infra, pod: Pod, index: number): Pod {
  const { nominated } = infra.replicas[index]!;
  return nominated < 0 ? pod : { ...pod, nominatedNodeName: infra.nodes[nominated]!.name };
}

/** The cluster as it is now, for the plain rules: what runs, and who waits for a node that was freed for it. */
export function worldSnapshot(world: Pick<World, 'infra' | 'nowUs'>): Snapshot {
  const scheduler = schedulerOf(world);
  const { infra } = world;
  const running = snapshotNow(scheduler.fast);
  const waiting = infra.cluster.pending.filter((index) => infra.replicas[index]!.nominated >= 0).map((index) => withNomination(infra, podIn(scheduler, infra, index), index));
  if (waiting.length === 0) return running;
  return snapshotOf({ nodes: running.nodes.map(({ node }) => node), pods: [...running.nodes.flatMap(({ pods }) => pods), ...waiting], selectors: running.selectors, volumes: running.volumes });
}

/** The pod of a replica, as an incoming one. */
export const podOf = (world: Pick<World, 'infra' | 'nowUs'>, index: number): Pod => podIn(schedulerOf(world), world.infra, index);

/** The replica left its node. */
export function forgetPod(infra: Infra, index: number): void {
  const scheduler = schedulers.get(infra);
  if (scheduler !== undefined) removePod(scheduler.fast, 'default', infra.replicas[index]!.name);
}

/** The replica began to stop: it holds its room, and is no longer counted where pods are spread. */
export function notePodStopping(infra: Infra, index: number): void {
  const scheduler = schedulers.get(infra);
  const column = scheduler?.columnOf.get(infra.replicas[index]!.node);
  if (scheduler !== undefined && column !== undefined) runPod(scheduler.fast, podIn(scheduler, infra, index), column);
}
