/** Validates a mesh command's shape; whether its objects exist is the target's to say. */
import { member, onlyKeys, readFlag, readNumber, readText, type SpecReader } from '../../spec-reader';
import type { MeshCommand, MeshCommandKind } from './mesh-command';

export function readMeshCommand(at: SpecReader, kind: MeshCommandKind): MeshCommand {
  const keys = (...own: string[]) => onlyKeys(at, ['kind', ...own]);
  const text = (key: string) => readText(member(at, key));
  switch (kind) {
    case 'set-hop-penalty':
      keys('router', 'hopPenalty');
      return { kind, router: text('router'), hopPenalty: readNumber(member(at, 'hopPenalty'), { min: 0, max: 255, integer: true }) };
    case 'set-mesh-interface':
      keys('router', 'towards', 'up');
      return { kind, router: text('router'), towards: text('towards'), up: readFlag(member(at, 'up')) };
    case 'isolate-mesh-router':
      keys('router', 'isolated');
      return { kind, router: text('router'), isolated: readFlag(member(at, 'isolated')) };
    case 'add-mesh-link':
    case 'remove-mesh-link':
      keys('router', 'towards');
      return { kind, router: text('router'), towards: text('towards') };
    case 'rotate-svid':
      keys('service');
      return { kind, service: text('service') };
    case 'rotate-authority':
      keys('trustDomain');
      return { kind, trustDomain: text('trustDomain') };
    case 'restart-mesh-router':
    case 'reselect-gateway':
    case 'add-mesh-router':
    case 'remove-mesh-router':
      keys('router');
      return { kind, router: text('router') };
  }
}
