/** Switching a mesh on, and its events. The queue belongs to the world; kinds 100–149 are the mesh's, 150–199 identity's. */
import { invariant, schedule, type EventQueue, type TakenEvent, type TimeUs } from '@/engine/kernel';
import { armElp, hearElp, sendElp } from './batman-v/elp';
import { armAggregate, armOgm2, sendAggregate, sendOwnOgm2 } from './batman-v/send-ogm2';
import { roamingHeard } from './clients/move-client';
import { tableArrives } from './clients/translation-table';
import { PURGE_WORK_MS } from './constants';
import { electGateway } from './tables/gateway';
import { jiffiesOfMs, timerFiresAt } from './kernel-timer';
import { MESH_EVENT_BASE } from '../event-kind';
import { jiffiesAt, MeshEvent, timeOfJiffy } from './mesh-event';
import { InterfaceStatus, type MeshState } from './mesh-state';
import { scheduleOwnOgm } from './batman-iv/own-ogm';
import { frameArrives } from './ping';
import { purgeTable } from './tables/purge';
import { hear, hearAll } from './medium/receive-packet';
import { sendPacket } from './medium/transmit';

/** The upper half of the range belongs to identity. */
const MESH_EVENT_END = MESH_EVENT_BASE + 50;
/** What it takes to add one more interface while booting. */
const JOIN_US = 8_000;

/** Switches every router on, each at its own moment after `at`. */
export function startMesh(mesh: MeshState, queue: EventQueue, at: TimeUs): void {
  mesh.routers.startUs.forEach((startUs, router) => {
    if (mesh.routers.planned[router] === 0) schedule(queue, (at + startUs) as TimeUs, MeshEvent.start, router, mesh.routers.life[router]!);
  });
}

export const isMeshEvent = (kind: number) => kind >= MESH_EVENT_BASE && kind < MESH_EVENT_END;

/** Lives through one event of kinds 100–149. */
export function handleMeshEvent(mesh: MeshState, queue: EventQueue, event: TakenEvent): void {
  const { at, kind, subject, detail } = event;
  switch (kind) {
    case MeshEvent.hearAll:
      return hearAll(mesh, queue, subject, detail, at);
    case MeshEvent.hear:
      return hear(mesh, queue, subject, detail, at);
    case MeshEvent.sendPacket:
      return sendPacket(mesh, queue, subject, at);
    case MeshEvent.frame:
      return frameArrives(mesh, queue, subject, detail, at);
    case MeshEvent.purge:
      return purgeWork(mesh, queue, subject, detail, at);
    case MeshEvent.start:
      return startRouter(mesh, queue, subject, detail, at);
    case MeshEvent.join:
      return joinInterface(mesh, queue, subject, detail, at);
    case MeshEvent.elp:
      return sendElp(mesh, queue, subject, detail, at);
    case MeshEvent.hearElp:
      return hearElp(mesh, subject, detail, at);
    case MeshEvent.ogm2:
      return sendOwnOgm2(mesh, queue, subject, detail, at);
    case MeshEvent.aggregate:
      return sendAggregate(mesh, queue, subject, detail, at);
    case MeshEvent.tableAnswer:
      return tableArrives(mesh, subject, detail);
    case MeshEvent.roamed:
      return roamingHeard(mesh, subject, detail);
    default:
      invariant(false, `mesh event ${kind} is not known`);
  }
}

/** Interfaces join the mesh one after another: the first own OGM is queued then, and leaves an interval later. */
function startRouter(mesh: MeshState, queue: EventQueue, router: number, life: number, nowUs: number): void {
  const { routers, topology } = mesh;
  if (routers.life[router] !== life || routers.up[router] === 1) return;
  routers.up[router] = 1;
  routers.firstSequence[router] = mesh.algorithm === 'BATMAN_V' ? mesh.v.nextOgm[router]! : mesh.interfaces.sequence[topology.interfaceStart[router]!]!;
  const first = topology.interfaceStart[router]!;
  const joins = topology.interfaceStart[router + 1]! - first;
  for (let i = 0; i < joins; i += 1) schedule(queue, (nowUs + i * JOIN_US) as TimeUs, MeshEvent.join, first + i, life);
  armPurge(mesh, queue, router, jiffiesAt(mesh, nowUs));
}

function joinInterface(mesh: MeshState, queue: EventQueue, joining: number, life: number, nowUs: number): void {
  const router = mesh.topology.interfaceRouter[joining]!;
  const now = jiffiesAt(mesh, nowUs);
  if (mesh.routers.life[router] !== life) return;
  if (mesh.algorithm === 'BATMAN_V') return joinByElp(mesh, queue, router, joining, now);
  mesh.interfaces.status[joining] = InterfaceStatus.toBeActivated;
  scheduleOwnOgm(mesh, queue, now, joining);
}

function joinByElp(mesh: MeshState, queue: EventQueue, router: number, joining: number, now: number): void {
  mesh.interfaces.status[joining] = InterfaceStatus.active;
  armElp(mesh, queue, joining, now);
  armAggregate(mesh, queue, joining, now);
  if (mesh.v.isSending[router] === 0) armOgm2(mesh, queue, router, now);
  mesh.v.isSending[router] = 1;
}

function purgeWork(mesh: MeshState, queue: EventQueue, router: number, life: number, nowUs: number): void {
  if (mesh.routers.life[router] !== life) return;
  const now = jiffiesAt(mesh, nowUs);
  purgeTable(mesh, router, now);
  electGateway(mesh, router);
  armPurge(mesh, queue, router, now);
}

function armPurge(mesh: MeshState, queue: EventQueue, router: number, now: number): void {
  schedule(queue, timeOfJiffy(mesh, timerFiresAt(now, jiffiesOfMs(PURGE_WORK_MS))), MeshEvent.purge, router, mesh.routers.life[router]!);
}
