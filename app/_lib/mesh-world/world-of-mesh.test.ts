import { expect, test } from 'vitest';
import { parseScenario } from '@/engine/scenario';
import { sampleMesh } from '@/engine/twin';
import { worldOfMesh } from './world-of-mesh';

test('any mesh becomes a valid world with clients at its edge', () => {
  const { world, chosenGateway } = worldOfMesh('Roofs of Ulm.json', sampleMesh('grid', 100, 1));
  expect(parseScenario(world.spec).ok).toBe(true);
  expect(world.spec.id).toBe('mesh-roofs-of-ulm-json');
  expect(world.spec.system.loads.length).toBeLessThanOrEqual(40);
  expect(world.spec.system.mesh!.routers.filter((router) => router.gateway === true).map((router) => router.name)).toEqual([chosenGateway]);
});

test('a named gateway stays, and nobody else becomes one', () => {
  const mesh = sampleMesh('line', 4, 1);
  const { world, chosenGateway } = worldOfMesh('line', { ...mesh, routers: mesh.routers.map((router, i) => ({ ...router, gateway: i === 3 })) });
  expect(chosenGateway).toBeNull();
  expect(world.spec.system.loads.map((load) => load.router)).toEqual(['r1', 'r2', 'r3']);
});
