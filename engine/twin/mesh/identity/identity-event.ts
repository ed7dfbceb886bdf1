/** Kinds of identity events in a world's queue: the upper half of the mesh's range. */
import { MESH_EVENT_BASE } from '../../event-kind';

export const IDENTITY_EVENT_BASE = MESH_EVENT_BASE + 50;

export const IdentityEvent = {
  ask: IDENTITY_EVENT_BASE, // subject workload, detail its plan
  signed: IDENTITY_EVENT_BASE + 1, // subject workload, detail its plan
  fetchBundle: IDENTITY_EVENT_BASE + 2, // subject workload
  prepareCa: IDENTITY_EVENT_BASE + 3, // subject authority whose successor is due
  activateCa: IDENTITY_EVENT_BASE + 4, // subject authority
  expireCa: IDENTITY_EVENT_BASE + 5, // subject authority
} as const;

export const isIdentityEvent = (kind: number) => kind >= IDENTITY_EVENT_BASE && kind < MESH_EVENT_BASE + 100;
