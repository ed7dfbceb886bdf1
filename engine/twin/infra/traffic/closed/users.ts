/**
 * A closed load: so many users, each of whom asks, waits for the answer, thinks, and asks again. When the system is
 * slow its users ask less, which an open load never does (Schroeder, Wierman and Harchol-Balter, NSDI 2006).
 */
import { drawVariate, schedule, timeUs, type Variate } from '@/engine/kernel';
import { EventKind } from '../../../event-kind';
import type { World } from '../../../world';

export type Users = {
  readonly count: number;
  readonly think: Variate;
  /** Users who are in the system or thinking; those above the wanted number leave when they would ask again. */
  present: number;
};

const wanted = (users: Users, factor: number) => Math.round(users.count * factor);

/** Brings new users in, thinking, until as many are there as the load's factor asks for. */
export function callUsers(world: World, index: number): void {
  const { users, factor } = world.infra.loads[index]!;
  if (users === null) return;
  for (; users.present < wanted(users, factor); users.present += 1) scheduleThought(world, index, 0);
}

/** One user has thought: true when it asks now, false when it leaves. */
export function userAsks(world: World, index: number): boolean {
  const { users, factor } = world.infra.loads[index]!;
  if (users === null) return false;
  if (users.present <= wanted(users, factor)) return true;
  users.present -= 1;
  return false;
}

/** The answer is on its way back and takes `returnUs`; then the user thinks. Nothing for an open load (index −1). */
export function userThinks(world: World, index: number, returnUs: number): void {
  if (index >= 0) scheduleThought(world, index, returnUs);
}

function scheduleThought(world: World, index: number, afterUs: number): void {
  const { users, stream } = world.infra.loads[index]!;
  if (users === null) return;
  schedule(world.queue, timeUs(world.nowUs + afterUs + drawVariate(stream, users.think)), EventKind.userAsks, index);
}
