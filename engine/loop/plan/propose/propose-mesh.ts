/**
 * The few changes worth rehearsing for what was found in the mesh: send traffic another way by hop penalty, choose the
 * gateway anew, restart who is silent, build what is planned, renew SVIDs now. Whether one helps, the rehearsal says.
 */
import { meshCommandWords, type MeshCommand, type SystemSpec } from '@/engine/twin';
import type { Finding } from '../../analyze/analyze';
import type { MeshObservation } from '../../observe/observe-mesh';
import type { Proposal, Readiness } from './propose';

export const MESH_PROPOSALS_MAX = 6;
const PENALTY_STEP = 60;
const PENALTY_MAX = 255;

/** Best guesses first; each once. Nothing for objects that were changed a moment ago. */
export function proposeMesh(findings: readonly Finding[], seen: MeshObservation | null, system: SystemSpec, ready: Readiness): Proposal[] {
  if (seen === null) return [];
  const commands = findings.flatMap((finding) => answers(finding, seen, system));
  const unique = commands.filter((command, i) => commands.findIndex((other) => meshCommandWords(other) === meshCommandWords(command)) === i);
  return unique
    .filter((command) => ready.forMore('router' in command ? `router/${command.router}` : 'service' in command ? command.service : command.kind))
    .slice(0, MESH_PROPOSALS_MAX)
    .map((command) => ({ title: lowerFirst(meshCommandWords(command)), commands: [command], services: 'service' in command ? [command.service] : [] }));
}

const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);

function answers({ kind, subject }: Finding, seen: MeshObservation, system: SystemSpec): MeshCommand[] {
  switch (kind) {
    case 'link-degraded':
      return [...seen.routes.flatMap((route) => (route.nextHop !== null && subject.split('–').includes(route.router) && subject.split('–').includes(route.nextHop) ? penalties(seen, system, [route.nextHop]) : [])), ...planned(system, seen)];
    case 'route-flapping':
      return penalties(seen, system, new Set(seen.routes.find((route) => route.router === subject)?.hops));
    case 'routing-loop':
      return [{ kind: 'reselect-gateway', router: subject }];
    case 'gateway-lost':
      return [...(system.mesh !== undefined && system.mesh.routers.filter((router) => router.gateway === true).length > 1 ? [{ kind: 'reselect-gateway' as const, router: subject }] : []), ...planned(system, seen)];
    case 'originator-lost':
      return [{ kind: 'restart-mesh-router', router: subject }, ...planned(system, seen)];
    case 'svid-expiring':
    case 'svid-expired':
      return (seen.identity?.serversUp ?? 0) > 0 ? [{ kind: 'rotate-svid', service: subject }] : [];
    default:
      return [];
  }
}

/** Gateways relay nothing for others towards themselves, so a penalty does nothing there. */
function penalties({ routers }: MeshObservation, { mesh }: SystemSpec, names: Iterable<string>): MeshCommand[] {
  return [...names].flatMap((router): MeshCommand[] => {
    const now = routers.find((candidate) => candidate.router === router)?.hopPenalty;
    const isGateway = mesh?.routers.find((candidate) => candidate.name === router)?.gateway === true;
    return now === undefined || isGateway || now >= PENALTY_MAX ? [] : [{ kind: 'set-hop-penalty', router, hopPenalty: Math.min(PENALTY_MAX, now + PENALTY_STEP) }];
  });
}

/** What the plan of the mesh names and is not there yet. */
function planned({ mesh }: SystemSpec, { routers, links }: MeshObservation): MeshCommand[] {
  const isUp = (name: string) => routers.find((candidate) => candidate.router === name)?.up === true;
  const newRouters = (mesh?.routers ?? []).filter((router) => router.planned === true && !isUp(router.name));
  const newLinks = (mesh?.links ?? []).filter((link) => link.planned === true && links.some((seen) => seen.from === link.a && seen.to === link.b && !seen.up));
  return [...newRouters.map(({ name }): MeshCommand => ({ kind: 'add-mesh-router', router: name })), ...newLinks.map(({ a, b }): MeshCommand => ({ kind: 'add-mesh-link', router: a, towards: b }))];
}
