/** Applies a mesh command to the running twin. Refusals are values with the rule or the numbers that decided them. */
import { err, ok, timeUs, type EventQueue, type Result, type TimeUs } from '@/engine/kernel';
import type { Refusal } from '../../command';
import { isPlannedLink, isPlannedRouter, setMeshCarrier, setMeshRouter, setPlannedLink, setPlannedRouter, silenceMeshRouter } from '../change-mesh';
import { growMesh } from '../growth';
import { renewSvid, rotateAtOnce, type IdentityState } from '../identity';
import { routerIndex, type MeshState } from '../mesh-state';
import type { MeshCommand } from './mesh-command';
import { newLink, newRouter } from './new-parts';

export type MeshCommandTarget = { readonly mesh: MeshState | null; readonly identity: IdentityState | null; readonly queue: EventQueue; readonly at: TimeUs };

const PENALTY_MAX = 255;
/** Boot of a small router. */
const RESTART_US = 30_000_000;

export function applyMeshCommand(target: MeshCommandTarget, command: MeshCommand): Result<void, Refusal> {
  if (command.kind === 'rotate-svid' || command.kind === 'rotate-authority') return rotate(target, command);
  if (target.mesh === null) return err({ code: 'unsupported', kind: command.kind, target: 'a system without a mesh' });
  const router = routerIndex(target.mesh, command.router);
  if (command.kind === 'add-mesh-router' && router < 0) return addRouter(target.mesh, target, command);
  if (router < 0) return err({ code: 'not-found', what: 'router', name: command.router });
  return change(target.mesh, router, target, command);
}

function rotate({ identity, queue, at }: MeshCommandTarget, command: Extract<MeshCommand, { kind: 'rotate-svid' | 'rotate-authority' }>): Result<void, Refusal> {
  if (identity === null) return err({ code: 'unsupported', kind: command.kind, target: 'a system without workload identity' });
  if (command.kind === 'rotate-svid') {
    const renewed = identity.spec.workloads.filter((workload, i) => workload.service === command.service && renewSvid(identity, queue, i, at)).length;
    return renewed === 0 ? err({ code: 'not-found', what: 'workload', name: command.service }) : ok(undefined);
  }
  if (identity.spec.trustDomain !== command.trustDomain) return err({ code: 'not-found', what: 'trust domain', name: command.trustDomain });
  rotateAtOnce(identity, queue, at, true);
  return ok(undefined);
}

type RouterCommand = Exclude<MeshCommand, { kind: 'rotate-svid' | 'rotate-authority' }>;

function change(mesh: MeshState, router: number, { queue, at }: MeshCommandTarget, command: RouterCommand): Result<void, Refusal> {
  const noLink = (towards: string) => err<Refusal>({ code: 'not-found', what: 'link', name: `${command.router}–${towards}` });
  const notPlanned = (name: string) => err<Refusal>({ code: 'unsupported', kind: command.kind, target: `${name}, which the mesh's plan does not name (planned: true)` });
  switch (command.kind) {
    case 'set-hop-penalty': {
      const { hopPenalty } = command;
      if (!Number.isInteger(hopPenalty) || hopPenalty < 0 || hopPenalty > PENALTY_MAX) return err({ code: 'out-of-range', what: `hop penalty of ${command.router}`, value: hopPenalty, min: 0, max: PENALTY_MAX });
      mesh.routers.hopPenalty[router] = hopPenalty;
      return ok(undefined);
    }
    case 'set-mesh-interface':
      if (sharesOneRadio(mesh, router)) return err({ code: 'unsupported', kind: command.kind, target: `${command.router}, which has one radio for all its neighbours (isolate it instead),` });
      return setMeshCarrier(mesh, command.router, command.towards, command.up) ? ok(undefined) : noLink(command.towards);
    case 'restart-mesh-router':
      setMeshRouter(mesh, queue, command.router, false, at);
      setMeshRouter(mesh, queue, command.router, true, timeUs(at + RESTART_US));
      return ok(undefined);
    case 'isolate-mesh-router':
      silenceMeshRouter(mesh, command.router, command.isolated);
      return ok(undefined);
    case 'reselect-gateway':
      mesh.routers.reselect[router] = 1;
      return ok(undefined);
    case 'add-mesh-link':
    case 'remove-mesh-link': {
      const other = routerIndex(mesh, command.towards);
      if (other < 0) return err({ code: 'not-found', what: 'router', name: command.towards });
      if (!isPlannedLink(mesh, router, other)) {
        if (command.kind === 'remove-mesh-link') return notPlanned(`${command.router}–${command.towards}`);
        const addition = newLink(mesh, command);
        if (!addition.ok) return addition;
        growMesh(mesh, queue, addition.value, at);
      }
      setPlannedLink(mesh, router, other, command.kind === 'add-mesh-link');
      return ok(undefined);
    }
    case 'add-mesh-router':
    case 'remove-mesh-router':
      if (!isPlannedRouter(mesh, router)) return command.kind === 'add-mesh-router' ? err({ code: 'unsupported', kind: command.kind, target: `${command.router}, which is there already` }) : notPlanned(command.router);
      setPlannedRouter(mesh, queue, router, command.kind === 'add-mesh-router', at);
      return ok(undefined);
  }
}

/** A router that no plan names: it and its links come to be, and it boots. */
function addRouter(mesh: MeshState, { queue, at }: MeshCommandTarget, command: Extract<MeshCommand, { kind: 'add-mesh-router' }>): Result<void, Refusal> {
  const addition = newRouter(mesh, command);
  if (!addition.ok) return addition;
  growMesh(mesh, queue, addition.value, at);
  for (const { a, b } of addition.value.links) setPlannedLink(mesh, routerIndex(mesh, a), routerIndex(mesh, b), true);
  setPlannedRouter(mesh, queue, routerIndex(mesh, command.router), true, at);
  return ok(undefined);
}

/** One interface with more than one neighbour: it cannot be taken down towards one of them. */
function sharesOneRadio({ topology }: MeshState, router: number): boolean {
  const first = topology.interfaceStart[router]!;
  return topology.interfaceStart[router + 1]! - first === 1 && topology.outStart[first + 1]! - topology.outStart[first]! > 1;
}
