import { describe, expect, it } from 'vitest';
import { eventQueue, nextEventAt, seconds, takeEvent, takenEvent } from '@/engine/kernel';
import { compileMesh, handleMeshEvent, meshGraph, routePath, sampleMesh, sendPing, startMesh, sweepFailures } from '../index';
import { linksOf } from '../mesh-sample';
import { frameLoss, noiseDbm, pathLossDb, planLinks, planMesh, RATES, unicastMbps } from './index';

describe('the radio plan', () => {
  it('has free space loss at one metre and ten decibels per decade and exponent beyond', () => {
    expect(pathLossDb(1, 2_437, 2)).toBeCloseTo(40.19, 1);
    expect(pathLossDb(1_000, 2_437, 2) - pathLossDb(100, 2_437, 2)).toBeCloseTo(20, 6);
    expect(pathLossDb(1_000, 2_437, 3.2) - pathLossDb(100, 2_437, 3.2)).toBeCloseTo(32, 6);
    expect(noiseDbm(20, 8)).toBeCloseTo(-92.99, 1);
  });

  it('loses a tenth of the frames at a rate’s minimum, and ever fewer above', () => {
    for (const [, snrMin] of RATES) expect(frameLoss(snrMin, snrMin)).toBeCloseTo(0.1, 6);
    expect(frameLoss(14, 4)).toBeLessThan(1e-4);
    expect(frameLoss(-10, 4)).toBeGreaterThan(0.99);
    expect([unicastMbps(3), unicastMbps(4), unicastMbps(15.9), unicastMbps(30)]).toEqual([null, 6, 24, 54]);
  });

  it('lets loss rise with distance, and gives the same plan twice', () => {
    const routers = [0, 100, 400, 800, 1_600].map((x, i) => ({ name: `r${i}`, x, y: 0 }));
    const plan = { metresPerUnit: 1, shadowingDb: 0, lossPercentMax: 100 };
    const fromFirst = planLinks(routers, plan, 1).filter((link) => link.a === 'r0');
    expect(fromFirst.map((link) => link.metres)).toEqual([100, 400, 800]); // 1 600 m are out of reach
    for (const [i, link] of fromFirst.slice(1).entries()) expect(link.lossPercent!).toBeGreaterThanOrEqual(fromFirst[i]!.lossPercent!);
    expect(planLinks(routers, { metresPerUnit: 1 }, 7)).toEqual(planLinks(routers, { metresPerUnit: 1 }, 7));
    expect(planLinks(routers, { metresPerUnit: 1 }, 7)).not.toEqual(planLinks(routers, { metresPerUnit: 1 }, 8));
  });

  it('measures degrees as metres, shorter along a parallel', () => {
    const [north, east] = [{ name: 'n', x: 10, y: 48.01 }, { name: 'e', x: 10.01, y: 48 }].map((router) => planLinks([{ name: 'o', x: 10, y: 48 }, router], { lossPercentMax: 100 }, 1)[0]!.metres);
    expect(north).toBe(1_113);
    expect(east! / north!).toBeCloseTo(0.669, 2);
  });

  it('keeps measured links and adds planned ones, so that a plan can be swept', () => {
    const mesh = { routers: [{ name: 'g', gateway: true, x: 0, y: 0 }, { name: 'a', x: 200, y: 0 }, { name: 'b', x: 250, y: 150 }, { name: 'unplaced' }], links: [{ a: 'a', b: 'g', lossPercent: 33 }] };
    const planned = planMesh(mesh, { metresPerUnit: 1, shadowingDb: 0 }, 1);
    expect(planned.links[0]).toEqual(mesh.links[0]);
    expect(planned.links).toHaveLength(3);
    expect(sweepFailures(meshGraph(planned)).redundancy).toBe(1);
  });
});

describe('links that send unicast frames again', () => {
  /** Two routers, 40 % loss each way, a ping every half second after the windows are full. */
  function pinged(unicastTries: number) {
    const mesh = compileMesh({ ...sampleMesh('line', 2, 1), unicastTries, links: [{ a: 'r1', b: 'r2', lossPercent: 40, delayMs: 1 }] }, 1);
    const queue = eventQueue();
    const event = takenEvent();
    startMesh(mesh, queue, seconds(0));
    for (let half = 1; half <= 800; half += 1) {
      while (nextEventAt(queue) <= seconds(half / 2) && takeEvent(queue, event)) handleMeshEvent(mesh, queue, event);
      if (half > 200) sendPing(mesh, queue, 0, 1, seconds(half / 2));
    }
    const answered = mesh.pings.rttUs.subarray(0, mesh.pings.length - 2).filter((rtt) => rtt >= 0).length / (mesh.pings.length - 2);
    return { answered, delivery: routePath(mesh, 0, 1).deliveryPpm / 1e6, tq: linksOf(mesh)[0]!.tq };
  }

  it('lose far fewer of them, while OGMs, which are broadcast, are lost as before', () => {
    const [once, wifi] = [pinged(1), pinged(7)];
    expect(once.delivery).toBeCloseTo(0.6, 6);
    expect(Math.abs(once.answered - 0.36)).toBeLessThan(0.08);
    expect(wifi.delivery).toBeCloseTo(1 - 0.4 ** 7, 6);
    expect(wifi.answered).toBeGreaterThan(0.98);
    expect(Math.abs(wifi.tq - once.tq)).toBeLessThan(60);
    expect(wifi.tq).toBeLessThan(210);
  });
});
