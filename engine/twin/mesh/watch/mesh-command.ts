/**
 * What an operator can do to a mesh and its identities, applied to the running twin. Refusals are values with the
 * numbers that decided them. `undo` is the command that takes the effect back, null where nothing can.
 */
import { err, ok, timeUs, type EventQueue, type Result, type TimeUs } from '@/engine/kernel';
import { setMeshCarrier, setMeshRouter, silenceMeshRouter } from '../change-mesh';
import { rotateAtOnce, type IdentityState } from '../identity';
import { routerIndex, type MeshState } from '../mesh-state';

export type MeshCommand =
  /** Makes every way through the router look longer, so that others are preferred. */
  | { readonly kind: 'set-hop-penalty'; readonly router: string; readonly hopPenalty: number }
  | { readonly kind: 'set-mesh-interface'; readonly router: string; readonly towards: string; readonly up: boolean }
  | { readonly kind: 'restart-mesh-router'; readonly router: string }
  | { readonly kind: 'isolate-mesh-router'; readonly router: string; readonly isolated: boolean }
  | { readonly kind: 'reselect-gateway'; readonly router: string }
  | { readonly kind: 'rotate-authority' };

export type MeshRefusal =
  | { readonly code: 'not-found'; readonly what: 'router' | 'link'; readonly name: string }
  | { readonly code: 'out-of-range'; readonly what: string; readonly value: number; readonly min: number; readonly max: number }
  | { readonly code: 'unsupported'; readonly detail: string };

export type MeshCommandTarget = { readonly mesh: MeshState; readonly identity: IdentityState | null; readonly queue: EventQueue; readonly at: TimeUs };
export type Applied = { readonly undo: MeshCommand | null };

const PENALTY_MAX = 255;
/** Boot of a small router. */
const RESTART_US = 30_000_000;

export function applyMeshCommand({ mesh, identity, queue, at }: MeshCommandTarget, command: MeshCommand): Result<Applied, MeshRefusal> {
  if (command.kind === 'rotate-authority') {
    if (identity === null) return err({ code: 'unsupported', detail: 'this mesh has no workload identity' });
    rotateAtOnce(identity, queue, at, true);
    return ok({ undo: null });
  }
  const router = routerIndex(mesh, command.router);
  if (router < 0) return err({ code: 'not-found', what: 'router', name: command.router });
  switch (command.kind) {
    case 'set-hop-penalty': {
      const { hopPenalty } = command;
      if (!Number.isInteger(hopPenalty) || hopPenalty < 0 || hopPenalty > PENALTY_MAX) return err({ code: 'out-of-range', what: 'hopPenalty', value: hopPenalty, min: 0, max: PENALTY_MAX });
      const before = mesh.routers.hopPenalty[router]!;
      mesh.routers.hopPenalty[router] = hopPenalty;
      return ok({ undo: { ...command, hopPenalty: before } });
    }
    case 'set-mesh-interface':
      if (mesh.topology.interfaceStart[router + 1]! - mesh.topology.interfaceStart[router]! === 1 && mesh.topology.outStart[mesh.topology.interfaceStart[router]! + 1]! - mesh.topology.outStart[mesh.topology.interfaceStart[router]!]! > 1)
        return err({ code: 'unsupported', detail: `${command.router} has one radio for all its neighbours; isolate it instead` });
      if (!setMeshCarrier(mesh, command.router, command.towards, command.up)) return err({ code: 'not-found', what: 'link', name: `${command.router}–${command.towards}` });
      return ok({ undo: { ...command, up: !command.up } });
    case 'restart-mesh-router':
      setMeshRouter(mesh, queue, command.router, false, at);
      setMeshRouter(mesh, queue, command.router, true, timeUs(at + RESTART_US));
      return ok({ undo: null });
    case 'isolate-mesh-router':
      silenceMeshRouter(mesh, command.router, command.isolated);
      return ok({ undo: { ...command, isolated: !command.isolated } });
    case 'reselect-gateway':
      mesh.routers.reselect[router] = 1;
      return ok({ undo: null });
  }
}
