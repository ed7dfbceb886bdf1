import { expect, test } from 'vitest';
import { eventQueue, nextEventAt, seconds, takeEvent, takenEvent } from '@/engine/kernel';
import { compileMesh, handleMeshEvent, meshPath, sendPing, setMeshCarrier, startMesh, type MeshSpec } from './index';

/** n1's first link makes its primary interface. Recorded on batman-adv 2022.3 (kernel 6.1): with it down no ping to or from n1 was answered, while n2 and n3 went on. */
const TRIANGLE = (algorithm: MeshSpec['algorithm']): MeshSpec => ({ algorithm, medium: 'link', routers: ['n1', 'n2', 'n3'].map((name) => ({ name })), links: [{ a: 'n1', b: 'n2', throughputMbps: 50 }, { a: 'n1', b: 'n3', throughputMbps: 40 }, { a: 'n2', b: 'n3', throughputMbps: 30 }] });

test.each(['BATMAN_IV', 'BATMAN_V'] as const)('a router whose primary interface is down takes no frames by its other ones (%s)', (algorithm) => {
  const mesh = compileMesh(TRIANGLE(algorithm), 3);
  const queue = eventQueue();
  const event = takenEvent();
  const until = (second: number) => {
    while (nextEventAt(queue) <= seconds(second) && takeEvent(queue, event)) handleMeshEvent(mesh, queue, event);
  };
  const answered = (from: number, to: number, second: number) => {
    const ping = sendPing(mesh, queue, from, to, seconds(second));
    until(second + 1);
    return mesh.pings.rttUs[ping]! >= 0;
  };
  startMesh(mesh, queue, seconds(0));
  until(70);
  expect([answered(0, 2, 70), answered(2, 0, 71)]).toEqual([true, true]);
  setMeshCarrier(mesh, 'n1', 'n2', false);
  until(90);
  expect([answered(0, 2, 90), answered(2, 0, 91), answered(1, 2, 92)]).toEqual([false, false, true]);
  expect(meshPath(mesh, 'n3', 'n1')).toMatchObject({ reachable: false, hops: ['n3', 'n1'] });
  setMeshCarrier(mesh, 'n1', 'n2', true);
  until(110);
  expect([answered(0, 2, 110), answered(2, 0, 111)]).toEqual([true, true]);
});
