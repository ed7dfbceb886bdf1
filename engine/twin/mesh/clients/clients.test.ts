import { describe, expect, it } from 'vitest';
import { eventQueue, forkState, hashState, nextEventAt, seconds, takeEvent, takenEvent } from '@/engine/kernel';
import { clientPath, compileMesh, handleMeshEvent, moveMeshClient, setMeshLink, startMesh, type MeshSpec } from '../index';

const LINE: MeshSpec = { routers: ['a', 'b', 'c', 'd', 'e'].map((name) => ({ name })), links: ['a', 'b', 'c', 'd'].map((a, i) => ({ a, b: 'bcde'[i]!, delayMs: 2 })) };

function world(spec: MeshSpec) {
  const mesh = compileMesh(spec, 6);
  const queue = eventQueue();
  startMesh(mesh, queue, seconds(0));
  const event = takenEvent();
  const liveUntil = (second: number) => {
    while (nextEventAt(queue) <= seconds(second) && takeEvent(queue, event)) handleMeshEvent(mesh, queue, event);
  };
  return { mesh, queue, liveUntil };
}

describe('a client behind a router', () => {
  it('is unknown until its router’s next OGMs have told, and known everywhere soon after', () => {
    const { mesh, queue, liveUntil } = world(LINE);
    liveUntil(90);
    moveMeshClient(mesh, queue, 'phone', 'e', seconds(90));
    expect(clientPath(mesh, 'a', 'phone').reachable).toBe(false);
    liveUntil(93);
    expect(clientPath(mesh, 'a', 'phone')).toMatchObject({ reachable: true, hops: ['a', 'b', 'c', 'd', 'e'], delayUs: 8_000 });
  });

  it('that roams is reached over its old router at once, and straight once the OGMs of both have told', () => {
    const { mesh, queue, liveUntil } = world(LINE);
    liveUntil(90);
    moveMeshClient(mesh, queue, 'phone', 'e', seconds(90));
    liveUntil(95);
    moveMeshClient(mesh, queue, 'phone', 'b', seconds(95));
    expect(clientPath(mesh, 'd', 'phone').reachable).toBe(false); // e does not know yet
    liveUntil(95.02);
    expect(clientPath(mesh, 'd', 'phone').hops).toEqual(['d', 'e', 'd', 'c', 'b']);
    liveUntil(99);
    expect(clientPath(mesh, 'd', 'phone').hops).toEqual(['d', 'c', 'b']);
    expect(clientPath(mesh, 'a', 'phone').hops).toEqual(['a', 'b']);
  });

  it('is found by asking when the OGMs that told of it were missed', () => {
    const { mesh, queue, liveUntil } = world(LINE);
    liveUntil(90);
    setMeshLink(mesh, queue, 'c', 'd', false);
    moveMeshClient(mesh, queue, 'phone', 'e', seconds(90));
    moveMeshClient(mesh, queue, 'tablet', 'e', seconds(90));
    liveUntil(110);
    expect(clientPath(mesh, 'a', 'phone').reachable).toBe(false);
    setMeshLink(mesh, queue, 'c', 'd', true);
    liveUntil(114);
    expect(clientPath(mesh, 'a', 'phone').reachable).toBe(true);
    expect(clientPath(mesh, 'a', 'tablet').reachable).toBe(true);
  });

  it('costs bytes only in the three OGMs that tell of it, and lives on alike in a fork', () => {
    const { mesh, queue, liveUntil } = world(LINE);
    const quiet = world(LINE);
    liveUntil(90);
    quiet.liveUntil(90);
    expect(mesh.ogmBytes).toBe(quiet.mesh.ogmBytes);
    moveMeshClient(mesh, queue, 'phone', 'e', seconds(90));
    const fork = forkState({ mesh, queue });
    liveUntil(100);
    quiet.liveUntil(100);
    expect(mesh.ogmBytes - quiet.mesh.ogmBytes).toBe(3 * 5 * 12); // three OGMs, sent by each of five routers
    const event = takenEvent();
    while (nextEventAt(fork.queue) <= seconds(100) && takeEvent(fork.queue, event)) handleMeshEvent(fork.mesh, fork.queue, event);
    expect(hashState(fork.mesh)).toBe(hashState(mesh));
  });
});
