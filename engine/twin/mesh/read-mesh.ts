/** Validates what somebody wrote as a mesh. */
import { member, note, onlyKeys, optional, readFlag, readList, readNumber, readText, type SpecReader } from '../spec-reader';
import type { MeshSpec } from './mesh-spec';

export function readMesh(at: SpecReader): MeshSpec {
  onlyKeys(at, ['routers', 'links', 'ogmIntervalMs', 'hopPenalty']);
  const mesh: MeshSpec = {
    routers: readList(member(at, 'routers'), (router) => {
      onlyKeys(router, ['name', 'x', 'y', 'gateway']);
      return {
        name: readText(member(router, 'name')),
        x: optional(router, 'x', readNumber),
        y: optional(router, 'y', readNumber),
        gateway: optional(router, 'gateway', readFlag),
      };
    }, { min: 1, max: 2_000 }),
    links: readList(member(at, 'links'), (link) => {
      onlyKeys(link, ['a', 'b', 'lossPercent', 'lossPercentBack', 'delayMs']);
      const loss = (key: string) => optional(link, key, (m) => readNumber(m, { min: 0, max: 100 }));
      return {
        a: readText(member(link, 'a')),
        b: readText(member(link, 'b')),
        lossPercent: loss('lossPercent'),
        lossPercentBack: loss('lossPercentBack'),
        delayMs: optional(link, 'delayMs', (m) => readNumber(m, { min: 0, max: 60_000 })),
      };
    }, { max: 200_000 }),
    ogmIntervalMs: optional(at, 'ogmIntervalMs', (m) => readNumber(m, { min: 40, max: 600_000 })),
    hopPenalty: optional(at, 'hopPenalty', (m) => readNumber(m, { min: 0, max: 255, integer: true })),
  };
  const names = new Set<string>();
  mesh.routers.forEach((router, i) => {
    if (names.has(router.name)) note({ ...at, path: `${at.path}.routers[${i}].name` }, 'duplicate', `"${router.name}" is used twice`, 'names are unique: rename one');
    names.add(router.name);
  });
  mesh.links.forEach((link, i) => {
    for (const end of ['a', 'b'] as const)
      if (link[end] !== '' && !names.has(link[end])) note({ ...at, path: `${at.path}.links[${i}].${end}` }, 'unknown-name', `there is no router "${link[end]}"`, `known: ${[...names].slice(0, 8).join(', ')}`);
    if (link.a === link.b) note({ ...at, path: `${at.path}.links[${i}]` }, 'out-of-range', 'a link joins two routers', 'name another router');
  });
  return mesh;
}
