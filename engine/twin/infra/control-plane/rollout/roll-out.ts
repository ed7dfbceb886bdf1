/**
 * A rolling update in the running world, one step whenever a pod came up, went, or was up for long enough: the new set
 * grows as far as the surge allows, the old one shrinks as far as enough pods stay available. Recreate waits until all
 * old pods are gone. Disruption budgets do not bind rollouts.
 */
import { schedule, seconds, timeUs } from '@/engine/kernel';
import { EventKind } from '../../../event-kind';
import { raiseAlarm, type World } from '../../../world';
import { newReplicaTarget, scaleOld, type RollingUpdate } from '../../kubernetes';
import { activeReplicas, addReplica, reconcileReplicas, removeSurplus } from './reconcile-replicas';

const PROGRESS_DEADLINE_US = seconds(600); // of a Deployment

/** Starts to replace every pod of the service by one of a new revision. */
export function startRollOut(world: World, index: number): void {
  const { rules } = world.infra.services[index]!;
  rules.revision += 1;
  rules.rolling = true;
  schedule(world.queue, timeUs(world.nowUs + PROGRESS_DEADLINE_US), EventKind.rollOutDeadline, index, rules.revision);
  stepRollOut(world, index);
}

export function rollOutDeadline(world: World, index: number, revision: number): void {
  const { name, rules } = world.infra.services[index]!;
  if (rules.rolling && rules.revision === revision) raiseAlarm(world, 'rollout-stuck', name, 'the update has not finished within its deadline of ten minutes');
}

export function stepRollOut(world: World, index: number): void {
  const { infra } = world;
  const service = infra.services[index]!;
  const { rules } = service;
  if (!rules.rolling) return;
  const { fresh, old } = bothSets(world, index);
  if (old.length === 0 && fresh.length === service.wantedReplicas && availableOf(world, fresh).length === fresh.length) {
    rules.rolling = false;
    return reconcileReplicas(world, index);
  }
  if (rules.rollout.recreate) recreate(world, index, old);
  else roll(world, index);
}

function bothSets({ infra }: World, index: number): { readonly fresh: readonly number[]; readonly old: readonly number[] } {
  const service = infra.services[index]!;
  const active = activeReplicas(infra, service);
  const isFresh = (r: number) => infra.replicas[r]!.revision === service.rules.revision;
  return { fresh: active.filter(isFresh), old: active.filter((r) => !isFresh(r)) };
}

function recreate(world: World, index: number, old: readonly number[]): void {
  const service = world.infra.services[index]!;
  removeSurplus(world, old, 0);
  const waits = service.replicas.some((r) => world.infra.replicas[r]!.revision !== service.rules.revision);
  if (waits) return;
  while (bothSets(world, index).fresh.length < service.wantedReplicas) addReplica(world, index);
}

function roll(world: World, index: number): void {
  const service = world.infra.services[index]!;
  const { maxSurge, maxUnavailable } = service.rules.rollout;
  const update: RollingUpdate = { replicas: service.wantedReplicas, maxSurge, maxUnavailable };
  const before = bothSets(world, index);
  const target = newReplicaTarget(update, before.fresh.length, before.old.length);
  for (let have = before.fresh.length; have < target; have += 1) addReplica(world, index);
  removeSurplus(world, bothSets(world, index).fresh, target);
  const { fresh, old } = bothSets(world, index);
  const [keep = old.length] = scaleOld(update, { replicas: fresh.length, available: availableOf(world, fresh).length }, [{ replicas: old.length, available: availableOf(world, old).length }]);
  removeSurplus(world, old, keep);
}

/** Ready for long enough; of those that are not yet, the step is repeated when the first will be. */
function availableOf({ infra, nowUs, queue }: World, set: readonly number[]): readonly number[] {
  let next = Infinity;
  const available = set.filter((r) => {
    const { phase, unready, readySinceUs, service } = infra.replicas[r]!;
    if (phase !== 'ready' || unready) return false;
    const since = readySinceUs + infra.services[service]!.rules.rollout.minReadyUs;
    if (since > nowUs) next = Math.min(next, since);
    return since <= nowUs;
  });
  const [first] = set;
  if (next < Infinity && first !== undefined) schedule(queue, timeUs(next), EventKind.rollOutStep, infra.replicas[first]!.service);
  return available;
}
