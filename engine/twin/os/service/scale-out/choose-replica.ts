/**
 * Which replica takes a request: in turn by weight, the least busy by weight, the first that has room, or the less busy of
 * two drawn ones. Rules and constants of HAProxy 2.6 (lb_fwrr.c, lb_fwlc.c, lb_fas.c, server.c) and of nginx's upstreams,
 * which know the first two. A replica that starts slowly has a growing part of its weight and of its connections.
 */
import { nextUnit, type Random } from '@/engine/kernel';
import type { BackendReplica, Balancer } from '../service-run';

/** Weights are counted in sixteenths, so that one of 1 can grow in steps (`BE_WEIGHT_SCALE`). */
export const FULL_WEIGHT = 16;

/** Undefined when the request has to wait. */
export function chooseReplica(balancer: Balancer, nowUs: number, random: Random): number | undefined {
  const { replicas } = balancer;
  const free = replicas.flatMap((replica, i) => (hasRoom(balancer, replica, nowUs) ? [i] : []));
  switch (balancer.rule) {
    case 'first':
      return free[0];
    case 'least':
      return free.sort((a, b) => busyness(replicas[a]!) - busyness(replicas[b]!) || replicas[a]!.changed - replicas[b]!.changed || a - b)[0];
    case 'random': {
      const [one, other] = [drawn(replicas, random), drawn(replicas, random)];
      const chosen = one !== undefined && other !== undefined && busyness(replicas[other]!) < busyness(replicas[one]!) ? other : one;
      return chosen !== undefined && free.includes(chosen) ? chosen : undefined;
    }
    default:
      return inTurn(replicas, free);
  }
}

/** HAProxy counts whole seconds of the clock since the replica came up; the first of its connections is open at once. */
export function hasRoom({ maxconn, slowStartS, clockUs }: Balancer, { up, open, sinceUs }: BackendReplica, nowUs: number): boolean {
  const passedS = wholeSeconds(nowUs + clockUs) - wholeSeconds(sinceUs + clockUs);
  const most = passedS < slowStartS ? Math.max(1, Math.floor((maxconn * Math.floor((100 * passedS) / slowStartS)) / 100)) : maxconn;
  return up && open < most;
}

/** The weight after so many whole seconds of a slow start. */
export const slowStartWeight = (passedS: number, slowStartS: number) => (passedS >= slowStartS ? FULL_WEIGHT : Math.max(1, Math.floor((FULL_WEIGHT * passedS + slowStartS) / slowStartS)));

export const wholeSeconds = (us: number) => Math.floor(us / 1e6);

const busyness = ({ open, weight }: BackendReplica) => (open === 0 ? 0 : (open + 1) / weight);

/** Everybody gains its weight, the richest is chosen and pays what all gained. */
function inTurn(replicas: readonly BackendReplica[], free: readonly number[]): number | undefined {
  let chosen: number | undefined;
  let total = 0;
  for (const i of free) {
    const replica = replicas[i]!;
    replica.credit += replica.weight;
    total += replica.weight;
    if (chosen === undefined || replica.credit > replicas[chosen]!.credit) chosen = i;
  }
  if (chosen !== undefined) replicas[chosen]!.credit -= total;
  return chosen;
}

function drawn(replicas: readonly BackendReplica[], random: Random): number | undefined {
  const up = replicas.flatMap(({ up: isUp, weight }, i) => (isUp ? [{ i, weight }] : []));
  let left = nextUnit(random) * up.reduce((sum, { weight }) => sum + weight, 0);
  return up.find(({ weight }) => (left -= weight) < 0)?.i;
}
