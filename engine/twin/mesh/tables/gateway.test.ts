import { describe, expect, it } from 'vitest';
import { eventQueue, nextEventAt, seconds, takeEvent, takenEvent } from '@/engine/kernel';
import { compileMesh, handleMeshEvent, meshPath, meshSample, setMeshRouter, startMesh, type MeshSpec } from '../index';

/** A client between two gateways; the way to `far` loses more. */
const between = (gatewayClass: number): MeshSpec => ({
  routers: [{ name: 'near', gateway: true, gatewayDownMbps: 2 }, { name: 'client', gatewayClass }, { name: 'far', gateway: true, gatewayDownMbps: 100 }],
  links: [{ a: 'near', b: 'client' }, { a: 'client', b: 'far', lossPercent: 20 }],
});

function world(spec: MeshSpec) {
  const mesh = compileMesh(spec, 4);
  const queue = eventQueue();
  startMesh(mesh, queue, seconds(0));
  const event = takenEvent();
  const liveUntil = (second: number) => {
    while (nextEventAt(queue) <= seconds(second) && takeEvent(queue, event)) handleMeshEvent(mesh, queue, event);
  };
  const chosen = () => meshSample(mesh, seconds(0), seconds(1)).routes.find((route) => route.router === 'client')!.gateway;
  return { mesh, queue, liveUntil, chosen };
}

describe('a client', () => {
  it('settles on the gateway with the better TQ', () => {
    const { liveUntil, chosen } = world(between(3));
    liveUntil(90);
    expect(chosen()).toBe('near');
  });

  it('of class 1 weighs the bandwidth that gateways offer', () => {
    const { liveUntil, chosen, mesh } = world(between(1));
    liveUntil(90);
    mesh.routers.reselect[1] = 1; // it asks for an election only when it has no gateway
    liveUntil(92);
    expect(chosen()).toBe('far');
  });

  it('keeps a dead gateway until it is purged, and then takes the other', () => {
    const { liveUntil, chosen, mesh, queue } = world(between(3));
    liveUntil(90);
    setMeshRouter(mesh, queue, 'near', false, seconds(90));
    liveUntil(150);
    expect(meshPath(mesh, 'client')).toMatchObject({ reachable: chosen() !== 'near' });
    liveUntil(295);
    expect(chosen()).toBe('far');
    expect(meshPath(mesh, 'client').reachable).toBe(true);
  });

  it('has no gateway in a mesh without one', () => {
    const { liveUntil, chosen, mesh } = world({ ...between(20), routers: ['near', 'client', 'far'].map((name) => ({ name })) });
    liveUntil(60);
    expect(chosen()).toBeNull();
    expect(meshPath(mesh, 'client').reachable).toBe(false);
    expect(meshPath(mesh, 'client', 'far').reachable).toBe(true);
  });
});
