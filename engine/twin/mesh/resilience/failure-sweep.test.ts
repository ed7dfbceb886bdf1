import { describe, expect, it } from 'vitest';
import type { MeshSpec } from '../mesh-spec';
import { bestSites, expectedRoutes, meshGraph, sweepFailures, sweepPairs } from './index';

const diamond = (loss: number): MeshSpec => ({
  routers: ['s', 'u', 'v', 'd'].map((name) => ({ name, gateway: name === 'd' })),
  links: [
    { a: 's', b: 'u' },
    { a: 'u', b: 'd' },
    { a: 's', b: 'v', lossPercent: loss },
    { a: 'v', b: 'd', lossPercent: loss },
  ],
});
const cut = (spec: MeshSpec, a: string, b: string) => sweepFailures(meshGraph(spec)).impacts.find(({ what }) => what.kind === 'link' && what.a === a && what.b === b)!;

describe('expected routes', () => {
  it('follow the product of link TQ and hop penalties', () => {
    const graph = meshGraph(diamond(5));
    const routes = expectedRoutes(graph);
    expect(graph.names[routes.next[0]!]).toBe('u');
    expect(Math.round(routes.tq[0]!)).toBe(225);
    expect(Math.round(routes.tq[2]!)).toBe(Math.round(255 * 0.95 * (1 - 0.05 ** 3)));
  });
});

describe('the sweep of single failures', () => {
  it.each<[string, number, number]>([
    ['5 %', 5, 5.3],
    ['15 %', 15, 6.8],
    ['30 %', 30, 10.1],
  ])('predicts the outage measured on the kernel after a silent cut: an alternative of %s loss', (_text, loss, seconds) => {
    const { rerouted } = cut(diamond(loss), 'u', 'd');
    expect(rerouted.find(({ router }) => router === 's')!.outageSeconds).toBeCloseTo(seconds, 0);
  });

  it('adds up the stages: the router before the cut waits for the one it turns to', () => {
    const { rerouted } = cut(diamond(5), 'u', 'd');
    expect(rerouted.map(({ router }) => router)).toEqual(['u', 's']);
    expect(rerouted[0]!.outageSeconds).toBeGreaterThan(1.8 * rerouted[1]!.outageSeconds);
  });

  it('names who is left without a gateway, worst first, and scores redundancy', () => {
    const chain: MeshSpec = { routers: ['g', 'a', 'b', 'c'].map((name) => ({ name, gateway: name === 'g' })), links: [{ a: 'g', b: 'a' }, { a: 'a', b: 'b' }, { a: 'b', b: 'c' }] };
    const sweep = sweepFailures(meshGraph(chain));
    expect(sweep.impacts[0]).toMatchObject({ what: { kind: 'router', router: 'g' }, lost: ['a', 'b', 'c'] });
    expect(sweep.impacts.find(({ what }) => what.kind === 'link' && what.a === 'b')).toMatchObject({ lost: ['c'] });
    expect(sweep.redundancy).toBeCloseTo(1 / 3);
    expect(sweepFailures(meshGraph(diamond(0))).redundancy).toBe(1);
  });

  it('keeps clients on a dead gateway for the 200 seconds of the purge', () => {
    const two: MeshSpec = { routers: [{ name: 'g1', gateway: true }, { name: 'c' }, { name: 'g2', gateway: true }], links: [{ a: 'g1', b: 'c' }, { a: 'c', b: 'g2', lossPercent: 10 }] };
    expect(sweepFailures(meshGraph(two)).impacts.find(({ what }) => what.kind === 'router' && what.router === 'g1')).toMatchObject({ lost: [], rerouted: [{ router: 'c', outageSeconds: 200 }] });
  });

  it('finds pairs that are worse together than one by one', () => {
    expect(sweepPairs(meshGraph(diamond(0)))).toEqual([{ routers: ['u', 'v'], lost: 1 }]);
  });

  it('leaves out what is only planned', () => {
    const spec = diamond(0);
    const planned = meshGraph({ ...spec, routers: [...spec.routers, { name: 'p', planned: true }], links: [...spec.links, { a: 's', b: 'p' }, { a: 'p', b: 'd' }] });
    expect(sweepPairs(planned).map(({ routers }) => routers)).toEqual([['u', 'v']]);
  });

  it('puts one more router where it joins what a single failure would part', () => {
    const places: MeshSpec = {
      routers: [{ name: 'g', gateway: true, x: 0, y: 0 }, { name: 'a', x: 1, y: 0 }, { name: 'b', x: 2, y: 0 }, { name: 'c', x: 1, y: 1.2 }],
      links: [{ a: 'g', b: 'a' }, { a: 'a', b: 'b' }, { a: 'a', b: 'c' }],
    };
    const [best] = bestSites(places);
    expect(best!.cutOffThen).toBeLessThan(best!.cutOffNow);
    expect(best!.hears.length).toBeGreaterThanOrEqual(2);
    expect(bestSites({ ...places, routers: places.routers.map(({ name, gateway }) => ({ name, gateway })) })).toEqual([]);
  });
});
