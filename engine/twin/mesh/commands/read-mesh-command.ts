/** Validates a mesh command's shape; whether its objects exist is the target's to say. */
import { has, member, onlyKeys, readFlag, readList, readNumber, readText, type SpecReader } from '../../spec-reader';
import type { MeshCommand, MeshCommandKind, NewLink, NewNeighbour } from './mesh-command';

export const LOSS_PERCENT = { min: 0, max: 100 } as const;
const THROUGHPUT_MBPS = { min: 0.001, max: 400_000_000 } as const;
const COORDINATE = { min: -1e9, max: 1e9 } as const;
const NEIGHBOURS_MAX = 200;
const LINK_KEYS = ['lossPercent', 'lossPercentBack', 'throughputMbps'];

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
      keys('router', 'towards', ...LINK_KEYS);
      return { kind, router: text('router'), towards: text('towards'), ...readNewLink(at) };
    case 'add-mesh-router':
      keys('router', 'x', 'y', 'neighbours');
      return { kind, router: text('router'), ...number(at, 'x', COORDINATE), ...number(at, 'y', COORDINATE), ...(has(at, 'neighbours') ? { neighbours: readList(member(at, 'neighbours'), readNeighbour, { max: NEIGHBOURS_MAX }) } : {}) };
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
    case 'remove-mesh-router':
      keys('router');
      return { kind, router: text('router') };
  }
}

/** The named number where it is written, nothing where it is not: a command reads back as it was written. */
const number = (at: SpecReader, key: string, range: { readonly min: number; readonly max: number }) => (has(at, key) ? { [key]: readNumber(member(at, key), range) } : {});

const readNewLink = (at: SpecReader): NewLink => ({ ...number(at, 'lossPercent', LOSS_PERCENT), ...number(at, 'lossPercentBack', LOSS_PERCENT), ...number(at, 'throughputMbps', THROUGHPUT_MBPS) });

function readNeighbour(at: SpecReader): NewNeighbour {
  onlyKeys(at, ['router', ...LINK_KEYS]);
  return { router: readText(member(at, 'router')), ...readNewLink(at) };
}
