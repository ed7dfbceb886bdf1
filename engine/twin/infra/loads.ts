/** Open-loop arrivals: a Poisson process with the profile's rate (by thinning) or an even one. */
import { nextExponential, nextUnit, schedule, sineOfTurns, timeUs, US_PER_SECOND } from '@/engine/kernel';
import { EventKind } from '../event-kind';
import { entryWay } from '../mesh';
import type { LoadProfile } from '../system-spec';
import type { World } from '../world';
import type { Load } from './infra';
import { countClient, failClient, startRequest } from './request';

/** Requests per second at `seconds` since the start. */
export function rateAt(profile: LoadProfile, seconds: number): number {
  switch (profile.kind) {
    case 'constant':
      return profile.rps;
    case 'day':
      return profile.meanRps * (1 + profile.amplitude * sineOfTurns((seconds + (profile.phaseSeconds ?? 0)) / profile.daySeconds));
    case 'series':
      return profile.rps[Math.min(profile.rps.length - 1, Math.max(0, Math.floor(seconds / profile.stepSeconds)))]!;
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
  }
}

/** Schedules the load's next candidate; a change of the factor makes candidates of before void. */
export function startLoad(world: World, index: number): void {
  const load = world.infra.loads[index]!;
  load.version += 1;
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

/** Straight in, or across the mesh: lost with the path's loss, late by its delay. */
function enter(world: World, load: Load, index: number): void {
  const { router } = load.spec;
  if (router === undefined || world.mesh === null) {
    countClient(world);
    return startRequest(world, load.service, world.nowUs, 0);
  }
  const path = entryWay(world, load.service, router);
  // TCP resends what the mesh drops; the request fails when the way is cut, or is lost six times in a row
  if (!path.reachable || path.deliveryPpm === 0) return failClient(world);
  let tries = 1;
  while (nextUnit(load.stream) * 1_000_000 >= path.deliveryPpm) if ((tries += 1) > RESENDS_MAX) return failClient(world);
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
  startRequest(world, load.service, sentUs, path.delayUs);
}
