import { expect, test } from 'vitest';
import { eventQueue, nextEventAt, seconds, takeEvent, takenEvent } from '@/engine/kernel';
import { compileMesh, handleMeshEvent, meshPath, neighbourRows, setMeshCarrier, startMesh, type MeshSpec } from '../index';

const LINE = (algorithm: MeshSpec['algorithm']): MeshSpec => ({ algorithm, medium: 'link', routers: ['n1', 'n2', 'n3'].map((name) => ({ name, elpIntervalMs: 2_000 })), links: [{ a: 'n1', b: 'n2', throughputMbps: 50 }, { a: 'n1', b: 'n3', throughputMbps: 40 }] });

/** As recorded on batman-adv 2022.3: the list of neighbours is shorter one second after the interface went down, and longer again with the first frame heard. */
test.each(['BATMAN_IV', 'BATMAN_V'] as const)('a neighbour behind an interface that went down is none any more, and is heard anew when it comes up (%s)', (algorithm) => {
  const mesh = compileMesh(LINE(algorithm), 4);
  const queue = eventQueue();
  const event = takenEvent();
  const neighboursAt = (second: number) => {
    while (nextEventAt(queue) <= seconds(second) && takeEvent(queue, event)) handleMeshEvent(mesh, queue, event);
    return neighbourRows(mesh, 0, seconds(second)).map(({ neighbour }) => mesh.topology.interfaceRouter[neighbour]);
  };
  startMesh(mesh, queue, seconds(0));
  expect(neighboursAt(60)).toEqual([1, 2]);
  setMeshCarrier(mesh, 'n1', 'n3', false);
  expect(neighboursAt(61.1)).toEqual([1]);
  expect(meshPath(mesh, 'n1', 'n3').reachable).toBe(false);
  expect(neighboursAt(80)).toEqual([1]);
  setMeshCarrier(mesh, 'n1', 'n3', true);
  expect(neighboursAt(80)).toEqual([1]);
  expect(neighboursAt(84)).toEqual([1, 2]);
  neighboursAt(90);
  expect(meshPath(mesh, 'n1', 'n3').reachable).toBe(true);
});
