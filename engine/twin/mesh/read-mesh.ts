/** Validates what somebody wrote as a mesh. */
import { has, member, note, onlyKeys, optional, readChoice, readFlag, readList, readNumber, readText, type SpecReader } from '../spec-reader';
import type { MeshLinkSpec, MeshRouterSpec, MeshSpec } from './mesh-spec';

const ROUTER_KEYS = ['name', 'x', 'y', 'gateway', 'gatewayDownMbps', 'gatewayClass', 'hopPenalty', 'ogmIntervalMs', 'elpIntervalMs', 'aggregation', 'startSeconds', 'planned'];
const LINK_NUMBERS = {
  lossPercent: { min: 0, max: 100 },
  delayMs: { min: 0, max: 60_000 },
  jitterMs: { min: 0, max: 60_000 },
  burstPackets: { min: 0, max: 1_000_000 },
  rateMbps: { min: 0.001, max: 1_000_000 },
  throughputMbps: { min: 0.001, max: 400_000_000 },
} as const;
const LINK_KEYS = Object.keys(LINK_NUMBERS).flatMap((key) => [key, `${key}Back`]);
const INTERVAL_MS = { min: 40, max: 600_000 };
const PENALTY = { min: 0, max: 255, integer: true };

export function readMesh(at: SpecReader): MeshSpec {
  onlyKeys(at, ['routers', 'links', 'ogmIntervalMs', 'hopPenalty', 'medium', 'algorithm', 'elpIntervalMs', 'unicastTries']);
  const mesh: MeshSpec = {
    routers: readList(member(at, 'routers'), readRouter, { min: 1, max: 2_000 }),
    links: readList(member(at, 'links'), readLink, { max: 200_000 }),
    ogmIntervalMs: optional(at, 'ogmIntervalMs', (m) => readNumber(m, INTERVAL_MS)),
    hopPenalty: optional(at, 'hopPenalty', (m) => readNumber(m, PENALTY)),
    medium: optional(at, 'medium', (m) => readChoice(m, ['radio', 'link'])),
    algorithm: optional(at, 'algorithm', (m) => readChoice(m, ['BATMAN_IV', 'BATMAN_V'])),
    elpIntervalMs: optional(at, 'elpIntervalMs', (m) => readNumber(m, INTERVAL_MS)),
    unicastTries: optional(at, 'unicastTries', (m) => readNumber(m, { min: 1, max: 32, integer: true })),
  };
  checkNames(at, mesh);
  return mesh;
}

function readRouter(at: SpecReader): MeshRouterSpec {
  onlyKeys(at, ROUTER_KEYS);
  const number = (key: string, range: { min: number; max: number; integer?: boolean }) => optional(at, key, (m) => readNumber(m, range));
  return {
    name: readText(member(at, 'name')),
    x: optional(at, 'x', readNumber),
    y: optional(at, 'y', readNumber),
    gateway: optional(at, 'gateway', readFlag),
    gatewayDownMbps: number('gatewayDownMbps', { min: 0.001, max: 1_000_000 }),
    gatewayClass: number('gatewayClass', { min: 1, max: 255, integer: true }),
    hopPenalty: number('hopPenalty', PENALTY),
    ogmIntervalMs: number('ogmIntervalMs', INTERVAL_MS),
    elpIntervalMs: number('elpIntervalMs', INTERVAL_MS),
    aggregation: optional(at, 'aggregation', readFlag),
    startSeconds: number('startSeconds', { min: 0, max: 86_400 }),
    planned: optional(at, 'planned', readFlag),
  };
}

function readLink(at: SpecReader): MeshLinkSpec {
  onlyKeys(at, ['a', 'b', 'planned', ...LINK_KEYS]);
  const numbers = Object.entries(LINK_NUMBERS).flatMap(([key, range]) => [key, `${key}Back`].filter((name) => has(at, name)).map((name) => [name, readNumber(member(at, name), range)] as const));
  return { a: readText(member(at, 'a')), b: readText(member(at, 'b')), ...Object.fromEntries(numbers), ...(has(at, 'planned') ? { planned: readFlag(member(at, 'planned')) } : {}) };
}

function checkNames(at: SpecReader, mesh: MeshSpec): void {
  const inMesh = (path: string): SpecReader => ({ ...at, path: at.path === '' ? path : `${at.path}.${path}` });
  const names = new Set<string>();
  mesh.routers.forEach((router, i) => {
    if (names.has(router.name)) note(inMesh(`routers[${i}].name`), 'duplicate', `"${router.name}" is used twice`, 'names are unique: rename one');
    names.add(router.name);
  });
  mesh.links.forEach((link, i) => {
    for (const end of ['a', 'b'] as const)
      if (link[end] !== '' && !names.has(link[end])) note(inMesh(`links[${i}].${end}`), 'unknown-name', `there is no router "${link[end]}"`, `known: ${[...names].slice(0, 8).join(', ')}`);
    if (link.a === link.b) note(inMesh(`links[${i}]`), 'out-of-range', 'a link joins two routers', 'name another router');
  });
}
