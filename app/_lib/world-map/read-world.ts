/** One second of a world as the ring map draws it, with the ghost of the same second in the baseline. */
import type { Frame } from '@/engine/telemetry';
import type { SystemSpec } from '@/engine/twin';
import type { WorldLayout } from './lay-out-world';
import { readNodes, readRouters, readServices } from './read-bodies';
import { readCalls, readMesh, readReplicas } from './read-links';

const NONE: ReadonlySet<string> = new Set();

export function readWorld(system: SystemSpec, layout: WorldLayout, frame: Frame, before: Frame | null, removed = NONE) {
  const bodies = [...readServices(system, layout, frame, before), ...readNodes(system, layout, frame, before, removed), ...readRouters(system, layout, frame.mesh)];
  const levels = new Map(bodies.map((body) => [body.id, body.level]));
  return {
    bodies,
    satellites: readReplicas(system, frame, before),
    links: [...readMesh(system, frame.mesh, before?.mesh ?? null), ...readCalls(system, frame, levels)],
  };
}
