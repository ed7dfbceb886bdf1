/**
 * The smallest change after which a pod goes to a node it does not go to now. Every step is run, not argued:
 * refusals are removed one by one, each by the first remedy that removes it; then the score is tipped by the
 * smallest preference that does, or by cordoning what scores higher. At last each change is taken back once,
 * and stays out if the node is chosen without it.
 */
import type { FilterName } from '../filter';
import { judgementWithNominated } from '../judge';
import type { SchedulerProfile } from '../profile';
import { decide } from '../schedule';
import { applyChange, type Change, type World } from './change';
import { remediesFor } from './remedies';

const MAX_STEPS = 16;
const MAX_WEIGHT = 100;

export type Flip = { readonly changes: readonly Change[] };

/** Null: none of the changes known here brings the pod to the node. */
export function smallestFlip(world: World, nodeName: string, profile: SchedulerProfile): Flip | null {
  const admitted = admit(world, nodeName, profile);
  if (admitted === null) return null;
  const tipped = tip(admitted, world, nodeName, profile);
  return tipped === null ? null : { changes: withoutNeedless(tipped, world, nodeName, profile) };
}

const applyAll = (world: World, changes: readonly Change[]) => changes.reduce(applyChange, world);

/** With everything looked at, the node is among the best. */
export function isChosen({ pod, snapshot }: World, nodeName: string, profile: SchedulerProfile): boolean {
  return decide(pod, snapshot, profile, 0, 100).best.some(({ node }) => node.name === nodeName);
}

function refusalsOf({ pod, snapshot }: World, nodeName: string, profile: SchedulerProfile) {
  const info = snapshot.byName.get(nodeName)!;
  return { info, refusals: judgementWithNominated(pod, snapshot, profile).all(info) };
}

/** Changes after which no filter refuses the node. */
function admit(world: World, nodeName: string, profile: SchedulerProfile): readonly Change[] | null {
  let changes: readonly Change[] = [];
  for (let step = 0; step < MAX_STEPS; step += 1) {
    const now = applyAll(world, changes);
    const { info, refusals } = refusalsOf(now, nodeName, profile);
    if (refusals.length === 0) return changes;
    const [first] = refusals;
    const remedies = remediesFor(first!, now.pod, info);
    const helps = remedies.find((remedy) => progresses(applyAll(now, remedy), nodeName, profile, first!.filter, first!.reason)) ?? null;
    if (helps === null) return null;
    changes = [...changes, ...helps];
  }
  return null;
}

/** The filter is content, or refuses for another reason (the next taint, the next constraint). */
function progresses(world: World, nodeName: string, profile: SchedulerProfile, filter: FilterName, reason: string): boolean {
  const still = refusalsOf(world, nodeName, profile).refusals.find((refusal) => refusal.filter === filter);
  return still === undefined || (filter === 'TaintToleration' && still.reason !== reason);
}

function tip(changes: readonly Change[], world: World, nodeName: string, profile: SchedulerProfile): readonly Change[] | null {
  const wins = (more: readonly Change[]) => isChosen(applyAll(world, [...changes, ...more]), nodeName, profile);
  if (wins([])) return changes;
  const prefer = (weight: number): Change => ({ kind: 'prefer-node', node: nodeName, weight });
  for (let weight = 1; weight <= MAX_WEIGHT; weight = weight < 10 ? weight + 1 : weight + 10) if (wins([prefer(weight)])) return [...changes, smallestWeight(prefer, wins, weight)].flat();
  const rivals = betterThan(applyAll(world, changes), nodeName, profile);
  const cordon: Change = { kind: 'cordon', nodes: rivals };
  return rivals.length > 0 && wins([cordon]) ? [...changes, cordon] : null;
}

/** Steps of ten found a weight; the steps below it are tried one by one. */
function smallestWeight(prefer: (weight: number) => Change, wins: (more: readonly Change[]) => boolean, found: number): Change {
  for (let weight = Math.max(1, found - 9); weight < found; weight += 1) if (wins([prefer(weight)])) return prefer(weight);
  return prefer(found);
}

function betterThan({ pod, snapshot }: World, nodeName: string, profile: SchedulerProfile): readonly string[] {
  const { feasible, scores } = decide(pod, snapshot, profile, 0, 100);
  const own = feasible.findIndex(({ node }) => node.name === nodeName);
  if (scores === null || own < 0) return [];
  return feasible.filter((_, i) => scores.total[i]! > scores.total[own]!).map(({ node }) => node.name);
}

function withoutNeedless(changes: readonly Change[], world: World, nodeName: string, profile: SchedulerProfile): readonly Change[] {
  return changes.reduce((kept, change) => {
    const rest = kept.filter((other) => other !== change);
    return isChosen(applyAll(world, rest), nodeName, profile) ? rest : kept;
  }, changes);
}
