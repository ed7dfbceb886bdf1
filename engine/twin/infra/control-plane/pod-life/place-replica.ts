/** A pod looks for a node: it is bound and starts, or it waits, perhaps for room that less important pods make. */
import { preempt, type DisruptionBudget } from '../../kubernetes';
import { raiseAlarm, type World } from '../../../world';
import { leavePending, planPass, priorityOf, putToSleep, dueReplicas } from '../scheduling/pending-queue';
import { unschedulableMessage } from '../scheduling/unschedulable-message';
import { findNode, podOf, profileOf, withNomination, worldSnapshot } from '../scheduling/world-scheduler';
import { budgetStatusOf } from './budget-status';
import { startContainer } from './start-container';
import { drainReplica } from './stop-replica';
import { reconcileReplicas } from '../rollout/reconcile-replicas';

/** Messages of one pass: pods of one service fail for one reason. */
type Known = Map<number, string>;

/** False when it found no node and waits. */
export function placeReplica(world: World, index: number, known: Known = new Map()): boolean {
  const { infra } = world;
  const replica = infra.replicas[index]!;
  const node = known.has(replica.service) && replica.nominated < 0 ? -1 : findNode(world, index);
  if (node < 0) {
    refuse(world, index, known);
    return false;
  }
  bindReplica(world, index, node);
  return true;
}

/** The replica is on this node from now on. */
export function bindReplica(world: World, index: number, nodeIndex: number): void {
  const replica = world.infra.replicas[index]!;
  const node = world.infra.nodes[nodeIndex]!;
  leavePending(world, index);
  replica.node = nodeIndex;
  replica.nominated = -1;
  replica.refusal = '';
  node.replicas.push(index);
  node.changedUs = world.nowUs;
  startContainer(world, index);
}

/** Everybody whose back-off is over is tried once, the most important first. */
export function schedulingPass(world: World, plannedUs: number): void {
  const { cluster, replicas } = world.infra;
  if (cluster.passAtUs !== plannedUs) return;
  cluster.passAtUs = -1;
  const known: Known = new Map();
  for (const index of dueReplicas(world)) if (replicas[index]!.phase === 'pending') placeReplica(world, index, known);
  planPass(world);
}

function refuse(world: World, index: number, known: Known): void {
  const { infra } = world;
  const replica = infra.replicas[index]!;
  replica.phase = 'pending';
  const message = known.get(replica.service) ?? unschedulableMessage(withNomination(infra, podOf(world, index), index), worldSnapshot(world), profileOf(infra));
  putToSleep(world, index);
  const freed = makeRoom(world, index);
  if (freed === null) known.set(replica.service, message);
  const refusal = freed === null ? message : `${message} ${freed}`;
  if (refusal === replica.refusal) return;
  replica.refusal = refusal;
  raiseAlarm(world, 'unschedulable', replica.name, refusal);
}

/** Pushes less important pods out where that helps; says whom, or null. */
function makeRoom(world: World, index: number): string | null {
  const { infra } = world;
  const priority = priorityOf(world, index);
  if (!infra.services.some(({ rules, replicas }) => (rules.template.priority ?? 0) < priority && replicas.length > 0)) return null;
  const pod = withNomination(infra, podOf(world, index), index);
  const found = preempt(pod, worldSnapshot(world), budgetsOf(world), profileOf(infra));
  if (found === null) return null;
  infra.replicas[index]!.nominated = infra.nodes.findIndex(({ name }) => name === found.nodeName);
  const names = new Set(found.victims.map(({ name }) => name));
  const victims = infra.replicas.filter(({ name, phase }) => phase !== 'gone' && names.has(name));
  for (const victim of victims) {
    raiseAlarm(world, 'preempted', victim.name, `${infra.replicas[index]!.name} is more important and needs its room on ${found.nodeName}`);
    drainReplica(world, victim.index);
  }
  for (const service of new Set(victims.map((victim) => victim.service))) reconcileReplicas(world, service);
  return `Preemption: ${found.victims.length} less important pods leave ${found.nodeName}.`;
}

function budgetsOf(world: World): readonly DisruptionBudget[] {
  return world.infra.services.flatMap(({ name, rules }, service) =>
    rules.budget === null ? [] : [{ name, namespace: 'default', selector: { matchLabels: { app: name } }, disruptionsAllowed: budgetStatusOf(world, service).disruptionsAllowed, disruptedPods: [] }],
  );
}
