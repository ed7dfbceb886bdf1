/** A mesh after some simulated time, as the tools of a mesh operator would show it. */
import { eventQueue, nextEventAt, seconds, takeEvent, takenEvent } from '@/engine/kernel';
import { BATCTL_TABLES, batctlJson, batctlText, compileMesh, exportNetJson, handleMeshEvent, meshMetrics, startMesh, type MeshSpec } from '@/engine/twin';
import { BadInput } from '../cli/bad-input';

export const SHOWN = [...BATCTL_TABLES, 'netjson', 'metrics'] as const;
export type Shown = (typeof SHOWN)[number];
export type ShowMesh = { readonly shown: Shown; readonly router: string | undefined; readonly atSeconds: number; readonly seed: number; readonly json: boolean };

export function showMesh(spec: MeshSpec, { shown, router, atSeconds, seed, json }: ShowMesh): string {
  const index = spec.routers.findIndex((candidate) => candidate.name === router);
  const needsRouter = shown !== 'netjson' && shown !== 'metrics';
  if (needsRouter && index < 0) throw new BadInput(`${router === undefined ? 'a table is of one router: name it with --router' : `there is no router "${router}"`}. Known: ${spec.routers.slice(0, 12).map((candidate) => candidate.name).join(', ')}.`);
  const mesh = compileMesh(spec, seed);
  const queue = eventQueue();
  const event = takenEvent();
  startMesh(mesh, queue, seconds(0));
  while (nextEventAt(queue) <= seconds(atSeconds) && takeEvent(queue, event)) handleMeshEvent(mesh, queue, event);
  const at = seconds(atSeconds);
  if (shown === 'netjson') return `${JSON.stringify(exportNetJson(mesh), null, 1)}\n`;
  if (shown === 'metrics') return meshMetrics(mesh, at);
  return json ? `${JSON.stringify(batctlJson(mesh, index, shown, at), null, 1)}\n` : batctlText(mesh, index, shown, at);
}
