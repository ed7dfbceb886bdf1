import { describe, expect, it } from 'vitest';
import { createCpuHost, addCpuGroup } from '../../cpu/exact';
import { randomStream } from '@/engine/kernel';
import { addThread } from '../loop-thread';
import type { Balancer } from '../service-run';
import { newBalancer } from './balancer';
import { chooseReplica, FULL_WEIGHT, hasRoom, slowStartWeight } from './choose-replica';
import type { BalancerSpec } from './scale-out-scenario';

const random = randomStream(1, 'test');

/** A balancer whose replicas are all in rotation since ever. */
function balancerOf(spec: Omit<BalancerSpec, 'cpus'>, replicas: number): Balancer {
  const host = createCpuHost({ cpus: 1, seed: 1 });
  const thread = addThread({ host, threads: [], threadOfTask: new Map() }, { name: 'balancer', group: addCpuGroup(host, { name: 'lb' }), program: 0, owner: 0 });
  const balancer = newBalancer(spec, thread, replicas, 0);
  for (const replica of balancer.replicas) replica.up = true;
  return balancer;
}

function take(balancer: Balancer, requests: number, nowUs = 0): (number | undefined)[] {
  return Array.from({ length: requests }, () => {
    const to = chooseReplica(balancer, nowUs, random);
    if (to === undefined) return undefined;
    balancer.replicas[to]!.open += 1;
    balancer.replicas[to]!.changed = ++balancer.changes;
    return to;
  });
}

describe('a balancer', () => {
  it('goes round replicas of one weight, and past those without room', () => {
    const balancer = balancerOf({ kind: 'haproxy', maxconn: 2 }, 3);
    expect(take(balancer, 7)).toEqual([0, 1, 2, 0, 1, 2, undefined]);
    balancer.replicas[1]!.open = 0;
    expect(take(balancer, 3)).toEqual([1, 1, undefined]);
  });

  it('gives a replica of a sixteenth of the weight one request of seventeen', () => {
    const balancer = balancerOf({ kind: 'haproxy', maxconn: 1_000 }, 2);
    balancer.replicas[1]!.weight = 1;
    expect(take(balancer, 170).filter((to) => to === 1)).toHaveLength(10);
  });

  it('gives the least busy the next, among equals the one that changed longest ago', () => {
    const balancer = balancerOf({ kind: 'haproxy', maxconn: 9, balance: 'leastconn' }, 3);
    expect(take(balancer, 4)).toEqual([0, 1, 2, 0]);
    balancer.replicas[2]!.open = 0;
    expect(take(balancer, 3)).toEqual([2, 1, 2]);
  });

  it('fills the first replica that has room', () => {
    expect(take(balancerOf({ kind: 'haproxy', maxconn: 2, balance: 'first' }, 2), 5)).toEqual([0, 0, 1, 1, undefined]);
  });

  it('draws two replicas and takes the less busy, never one that is down', () => {
    const balancer = balancerOf({ kind: 'haproxy', maxconn: 500, balance: 'random' }, 4);
    balancer.replicas[3]!.up = false;
    take(balancer, 300);
    const open = balancer.replicas.map((replica) => replica.open);
    expect(open[3]).toBe(0);
    expect(Math.max(...open.slice(0, 3)) - Math.min(...open.slice(0, 3))).toBeLessThan(20);
  });

  it('opens the connections of a replica that starts slowly second by second', () => {
    const balancer = balancerOf({ kind: 'haproxy', maxconn: 10, slowStartS: 10 }, 1);
    const replica = balancer.replicas[0]!;
    replica.sinceUs = 700_000;
    const room = (atS: number) => Array.from({ length: 12 }, (_, open) => open).filter((open) => hasRoom(balancer, { ...replica, open }, atS * 1e6)).length;
    expect([0.8, 1.1, 3.1, 9.9, 10, 60].map(room)).toEqual([1, 1, 3, 9, 10, 10]);
  });

  it('lets its weight grow in sixteenths to the full one', () => {
    expect([0, 1, 5, 9, 10].map((passedS) => slowStartWeight(passedS, 10))).toEqual([1, 2, 9, 15, FULL_WEIGHT]);
  });

  it('of nginx has neither a limit nor a slow start nor HAProxy’s other rules', () => {
    expect(balancerOf({ kind: 'nginx', maxconn: 2, slowStartS: 10, balance: 'first' }, 2)).toMatchObject({ maxconn: 1_000_000, slowStartS: 0, rule: 'in-turn' });
  });
});
