import { describe, expect, it } from 'vitest';
import { eventQueue, forkState, hashState, nextEventAt, seconds, takeEvent, takenEvent, type EventQueue } from '@/engine/kernel';
import { compileMesh, handleMeshEvent, meshPath, meshSample, setMeshLink, setMeshRouter, startMesh, type MeshSpec, type MeshState } from './index';

const LINE: MeshSpec = {
  medium: 'link',
  routers: ['n1', 'n2', 'n3', 'n4', 'n5'].map((name) => ({ name, gateway: name === 'n5' })),
  links: ['n1', 'n2', 'n3', 'n4'].map((a, i) => ({ a, b: `n${i + 2}`, delayMs: 2 })),
};
const DIAMOND: MeshSpec = {
  routers: ['s', 'u', 'v', 'd'].map((name) => ({ name, gateway: name === 'd' })),
  links: [
    { a: 's', b: 'u' },
    { a: 'u', b: 'd' },
    { a: 's', b: 'v', lossPercent: 5 },
    { a: 'v', b: 'd', lossPercent: 5 },
  ],
};

type Running = { mesh: MeshState; queue: EventQueue };
function running(spec: MeshSpec, seed: number): Running {
  const world = { mesh: compileMesh(spec, seed), queue: eventQueue() };
  startMesh(world.mesh, world.queue, seconds(0));
  return world;
}
function liveUntil({ mesh, queue }: Running, second: number): void {
  const event = takenEvent();
  while (nextEventAt(queue) <= seconds(second) && takeEvent(queue, event)) handleMeshEvent(mesh, queue, event);
}
const routes = ({ mesh }: Running) => meshSample(mesh, seconds(0), seconds(1)).routes;

describe('a BATMAN_IV mesh', () => {
  it('settles on a loss-free line at 255 less one hop penalty per relay, or one echo phase below', () => {
    const world = running(LINE, 1);
    liveUntil(world, 100);
    const tq = new Map(routes(world).map((route) => [route.router, route.tq]));
    expect([251, 252, 253, 254, 255]).toContain(tq.get('n4'));
    expect(tq.get('n3')).toBeLessThanOrEqual(225);
    expect(tq.get('n2')).toBeLessThanOrEqual(198);
    expect(tq.get('n1')).toBeLessThanOrEqual(174);
    expect(tq.get('n1')).toBeGreaterThanOrEqual(163);
  });

  it('climbs at the start as measured on the kernel: 65, 147, 201, 231, 248 after 10 to 50 seconds', () => {
    const world = running(LINE, 3);
    [65, 147, 201, 231, 248].forEach((measured, i) => {
      liveUntil(world, 10 * (i + 1));
      expect(Math.abs(routes(world).find((route) => route.router === 'n4')!.tq - measured)).toBeLessThanOrEqual(14);
    });
  });

  it('changes to the other way about five OGMs after a silent cut', () => {
    const world = running(DIAMOND, 5);
    liveUntil(world, 120);
    expect(meshPath(world.mesh, 's').hops).toEqual(['s', 'u', 'd']);
    setMeshLink(world.mesh, world.queue, 'u', 'd', false);
    liveUntil(world, 123);
    expect(meshPath(world.mesh, 's').reachable).toBe(false);
    liveUntil(world, 132);
    expect(meshPath(world.mesh, 's')).toMatchObject({ reachable: true, hops: ['s', 'v', 'd'], deliveryPpm: 902_500 });
  });

  it('keeps the last TQ of a dead router for 200 seconds and then forgets it', () => {
    const world = running(LINE, 7);
    liveUntil(world, 60);
    setMeshRouter(world.mesh, world.queue, 'n5', false, seconds(60));
    const before = routes(world).find((route) => route.router === 'n4')!.tq;
    liveUntil(world, 255);
    expect(routes(world).find((route) => route.router === 'n4')).toMatchObject({ tq: before, nextHop: 'n5' });
    liveUntil(world, 263);
    expect(routes(world).find((route) => route.router === 'n4')).toMatchObject({ tq: 0, nextHop: null });
  });

  it('accepts a rebooted router within a few OGMs, from the frozen value down and up again', () => {
    const world = running(LINE, 9);
    liveUntil(world, 90);
    setMeshRouter(world.mesh, world.queue, 'n5', false, seconds(90));
    liveUntil(world, 110);
    setMeshRouter(world.mesh, world.queue, 'n5', true, seconds(110));
    liveUntil(world, 120);
    expect(routes(world).find((route) => route.router === 'n4')!.tq).toBeLessThan(80);
    liveUntil(world, 185);
    expect(routes(world).find((route) => route.router === 'n4')!.tq).toBeGreaterThanOrEqual(251);
  });

  it('lives the same future in a fork and in the original', () => {
    const world = running(DIAMOND, 11);
    liveUntil(world, 30);
    const fork = forkState(world);
    liveUntil(world, 90);
    liveUntil(fork, 90);
    expect(hashState(fork)).toBe(hashState(world));
    expect(hashState(running(DIAMOND, 11).mesh)).not.toBe(hashState(running(DIAMOND, 12).mesh));
  });
});
