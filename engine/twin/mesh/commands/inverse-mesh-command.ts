/** The mesh command that takes another one back, and what repeating one does. */
import type { EffectClass } from '../../command';
import type { MeshCommand } from './mesh-command';

/** Null where nothing can: a reboot, a choice made anew, a key that has signed. `hopPenalty` is the router's before the command, null when unknown. */
export function inverseMeshCommand(command: MeshCommand, hopPenalty: number | null): MeshCommand | null {
  switch (command.kind) {
    case 'set-hop-penalty':
      return hopPenalty === null ? null : { ...command, hopPenalty };
    case 'set-mesh-interface':
      return { ...command, up: !command.up };
    case 'isolate-mesh-router':
      return { ...command, isolated: !command.isolated };
    case 'add-mesh-link':
      return { kind: 'remove-mesh-link', router: command.router, towards: command.towards };
    case 'remove-mesh-link':
      return { ...command, kind: 'add-mesh-link' };
    case 'add-mesh-router':
      return { kind: 'remove-mesh-router', router: command.router };
    case 'remove-mesh-router':
      return { ...command, kind: 'add-mesh-router' };
    case 'restart-mesh-router':
    case 'reselect-gateway':
    case 'rotate-svid':
    case 'rotate-authority':
      return null;
  }
}

/** batctl keeps no versions, so nothing is conditional (A): settings and choices may be repeated (B), reboots and new keys may not (C). */
export function effectClassOfMesh({ kind }: MeshCommand): EffectClass {
  return kind === 'restart-mesh-router' || kind === 'rotate-authority' || kind === 'add-mesh-router' || kind === 'remove-mesh-router' ? 'C' : 'B';
}
