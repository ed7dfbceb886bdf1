/** Kinds of mesh events in a world's queue (100–199) and the mesh's clock. */
import type { TimeUs } from '@/engine/kernel';
import { MESH_EVENT_BASE } from '../event-kind';
import { JIFFY_US } from './kernel-timer';
import type { MeshState } from './mesh-state';

export const MeshEvent = {
  sendPacket: MESH_EVENT_BASE, // subject packet
  hear: MESH_EVENT_BASE + 1, // subject packet, detail edge
  hearAll: MESH_EVENT_BASE + 2, // subject packet, detail bit mask over the sender's edges
  purge: MESH_EVENT_BASE + 3, // subject router, detail its life
  start: MESH_EVENT_BASE + 4, // subject router, detail its life
  frame: MESH_EVENT_BASE + 5, // subject ping, detail edge and fragment
  join: MESH_EVENT_BASE + 6, // subject interface, detail its router's life
  elp: MESH_EVENT_BASE + 7, // subject interface, detail its router's life
  hearElp: MESH_EVENT_BASE + 8, // subject edge, detail sequence number
  ogm2: MESH_EVENT_BASE + 9, // subject router, detail its life
  aggregate: MESH_EVENT_BASE + 10, // subject interface, detail its router's life
  tableAnswer: MESH_EVENT_BASE + 11, // subject viewer, detail owner
  roamed: MESH_EVENT_BASE + 12, // subject client, detail router it left
} as const;

export const jiffiesAt = (mesh: MeshState, atUs: number) => Math.floor(atUs / JIFFY_US) + mesh.jiffyOffset;
export const timeOfJiffy = (mesh: MeshState, jiffy: number) => ((jiffy - mesh.jiffyOffset) * JIFFY_US) as TimeUs;
