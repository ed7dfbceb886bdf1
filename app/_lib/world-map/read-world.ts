/** One second of a world as the ring map draws it, with the ghost of the same second in the baseline. */
import type { Frame } from '@/engine/telemetry';
import type { SystemSpec } from '@/engine/twin';
import { formatMs, formatRps } from '../format/quantity';
import type { WorldLayout } from './lay-out-world';
import { readNodes, readRouters, readServices } from './read-bodies';
import { readCalls, readMesh, readReplicas } from './read-links';

export function readWorld(system: SystemSpec, layout: WorldLayout, frame: Frame, before: Frame | null) {
  const bodies = [...readServices(system, layout, frame, before), ...readNodes(system, layout, frame, before), ...readRouters(system, layout, frame.mesh)];
  const levels = new Map(bodies.map((body) => [body.id, body.level]));
  const client = frame.services.find((sample) => sample.service === 'client');
  return {
    bodies,
    satellites: readReplicas(system, frame, before),
    links: [...readMesh(system, frame.mesh, before?.mesh ?? null), ...readCalls(system, frame, levels)],
    centre: client === undefined ? [] : [formatRps(client.offeredRps), `p99 ${formatMs(client.latencyP99Us)}`],
  };
}
