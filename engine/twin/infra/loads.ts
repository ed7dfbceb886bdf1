/** Arrivals: open ones as a Poisson process with the profile's rate (by thinning) or an even one, closed ones by users who think. */
import { nextExponential, nextUnit, schedule, sineOfTurns, timeUs, US_PER_SECOND } from '@/engine/kernel';
import { EventKind } from '../event-kind';
import { countFrames, entryWay } from '../mesh';
import type { LoadProfile } from '../system-spec';
import type { World } from '../world';
import type { Load } from './infra';
import { startRequest } from './request';
import { callUsers, userAsks } from './traffic/closed/users';
import { countClient, failClient } from './traffic/count-requests';

/** Requests per second at `seconds` since the start. */
export function rateAt(profile: LoadProfile, seconds: number): number {
  switch (profile.kind) {
    case 'constant':
      return profile.rps;
    case 'day':
      return profile.meanRps * (1 + profile.amplitude * sineOfTurns((seconds + (profile.phaseSeconds ?? 0)) / profile.daySeconds));
    case 'series':
      return profile.rps[Math.min(profile.rps.length - 1, Math.max(0, Math.floor(seconds / profile.stepSeconds)))]!;
    case 'users':
      return usersRps(profile);
  }
}

/** The profile's highest rate: thinning draws candidates at it. */
export function highestRate(profile: LoadProfile): number {
  switch (profile.kind) {
    case 'constant':
      return profile.rps;
    case 'day':
      return profile.meanRps * (1 + profile.amplitude);
    case 'series':
      return profile.rps.reduce((high, rps) => Math.max(high, rps), 0);
    case 'users':
      return usersRps(profile);
  }
}

/** What users would ask if every answer came at once; with a think time of 0 there is no such rate. */
const usersRps = ({ users, think }: Extract<LoadProfile, { kind: 'users' }>) => (think.meanMs === 0 ? users : (users * 1_000) / think.meanMs);

/** Schedules the load's next candidate; a change of the factor makes candidates of before void. */
export function startLoad(world: World, index: number): void {
  const load = world.infra.loads[index]!;
  load.version += 1;
  if (world.flow !== undefined) return;
  if (load.users !== null) return callUsers(world, index);
  scheduleArrival(world, index, load);
}

function scheduleArrival(world: World, index: number, load: Load): void {
  const even = load.spec.arrivals === 'even';
  const rps = load.factor * (even ? rateAt(load.spec.profile, world.nowUs / US_PER_SECOND) : load.highestRps);
  // an idle even load looks again in a second; an idle Poisson load never rises without a new version
  const gapUs = rps > 0 ? (even ? US_PER_SECOND / rps : nextExponential(load.stream, US_PER_SECOND / rps)) : even ? US_PER_SECOND : null;
  if (gapUs !== null) schedule(world.queue, timeUs(world.nowUs + gapUs), EventKind.arrival, index, load.version);
}

/** A candidate's time has come: accept it with probability rate/highest, then schedule the next. */
export function arrive(world: World, index: number): void {
  const load = world.infra.loads[index]!;
  const { profile, arrivals } = load.spec;
  const rate = rateAt(profile, world.nowUs / US_PER_SECOND);
  const accepted = arrivals === 'even' ? rate * load.factor > 0 : nextUnit(load.stream) * load.highestRps < rate;
  if (accepted) enter(world, load, index);
  scheduleArrival(world, index, load);
}

/** A user of a closed load has thought. */
export function arriveUser(world: World, index: number): void {
  if (userAsks(world, index)) enter(world, world.infra.loads[index]!, index);
}

/** Straight in, or across the mesh: lost with the path's loss, late by its delay. */
function enter(world: World, load: Load, index: number): void {
  const { router } = load.spec;
  const waiting = load.users === null ? -1 : index;
  if (router === undefined || world.mesh === null) {
    countClient(world);
    return startRequest(world, load.service, world.nowUs, 0, waiting);
  }
  const path = entryWay(world, load.service, router);
  // TCP resends what the mesh drops; the request fails when the way is cut, or is lost six times in a row
  countFrames(world.mesh, path.source, path.target, 1);
  if (!path.reachable || path.deliveryPpm === 0) return failClient(world, waiting);
  let tries = 1;
  while (nextUnit(load.stream) * 1_000_000 >= path.deliveryPpm) if ((tries += 1) > RESENDS_MAX) return failClient(world, waiting);
  countClient(world);
  const resendUs = RESEND_US * ((1 << (tries - 1)) - 1); // 200 ms, doubled each time (RFC 6298 with Linux's minimum)
  schedule(world.queue, timeUs(world.nowUs + path.delayUs + resendUs), EventKind.enter, index, world.nowUs);
}

const RESEND_US = 200_000;
const RESENDS_MAX = 6;

/** The request has crossed the mesh; its answer takes the same way back. */
export function enterFromMesh(world: World, index: number, sentUs: number): void {
  const load = world.infra.loads[index]!;
  const path = entryWay(world, load.service, load.spec.router!);
  if (world.mesh !== null) countFrames(world.mesh, path.target, path.source, 1);
  startRequest(world, load.service, sentUs, path.delayUs, load.users === null ? -1 : index);
}
