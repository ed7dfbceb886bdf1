/** What in the mesh and the identities calls for a decision: named after what an operator would say, with the numbers. */
import { CHANGES_SECONDS, SILENT_SECONDS, silentRouters, type MeshObservation } from '../observe/observe-mesh';
import type { Finding } from './analyze';

const LOW_SECONDS = 10;
const LOST_SECONDS = 5;
const FLAP_CHANGES = 4;

/** Findings in a fixed order: links, routes, routers, identities, edge stores. */
export function analyzeMesh(seen: MeshObservation | null): Finding[] {
  if (seen === null) return [];
  return [...links(seen), ...routes(seen), ...silent(seen), ...identities(seen), ...stores(seen)];
}

const seconds = (value: number) => `${value.toFixed(0)} s`;

function links({ links: observed }: MeshObservation): Finding[] {
  return observed.flatMap((link): Finding[] =>
    link.usualTq === null || link.lowSeconds < LOW_SECONDS
      ? []
      : [{ kind: 'link-degraded', subject: `${link.from}–${link.to}`, severity: 'ticket', value: link.tq, limit: Math.round(link.usualTq), unit: 'TQ', detail: `${link.to} hears ${link.from} with TQ ${link.tq} for ${seconds(link.lowSeconds)}; usual is ${link.usualTq.toFixed(0)}` }],
  );
}

function routes({ routes: observed, routers }: MeshObservation): Finding[] {
  const isUp = (name: string) => routers.find((router) => router.router === name)?.up ?? true;
  return observed.flatMap((route): Finding[] => {
    const changes = Math.max(0, route.hops.length - 1);
    const flapping: Finding[] = changes < FLAP_CHANGES ? [] : [{ kind: 'route-flapping', subject: route.router, severity: 'ticket', value: changes, limit: FLAP_CHANGES, unit: 'changes', detail: `its next hop changed ${changes} times in ${seconds(CHANGES_SECONDS)} between ${[...new Set(route.hops)].join(' and ')}` }];
    const loop: Finding[] = route.loops ? [{ kind: 'routing-loop', subject: route.router, severity: 'page', value: route.way.length - 1, limit: 0, unit: 'hops', detail: `its way goes round: ${route.way.join(' → ')}` }] : [];
    const isLost = route.lostSeconds >= LOST_SECONDS && isUp(route.router);
    const lost: Finding[] = isLost ? [{ kind: 'gateway-lost', subject: route.router, severity: 'page', value: route.lostSeconds, limit: LOST_SECONDS, unit: 's', detail: `no frame of it reaches ${route.gateway ?? 'a gateway'} since ${seconds(route.lostSeconds)}${route.nextHop === null ? '' : `; it still sends to ${route.nextHop}`}` }] : [];
    return [...flapping, ...loop, ...lost];
  });
}

function silent(seen: MeshObservation): Finding[] {
  return silentRouters(seen).flatMap(({ router, lastSeenSeconds }): Finding[] => [
    { kind: 'originator-lost', subject: router, severity: 'page', value: lastSeenSeconds, limit: SILENT_SECONDS, unit: 's', detail: `no neighbour has heard it for ${seconds(lastSeenSeconds)}; its TQ is frozen until 200 s are over` },
  ]);
}

/** One finding per service: its worst SVID. */
function identities({ identity }: MeshObservation): Finding[] {
  if (identity === null) return [];
  const worst = new Map<string, (typeof identity.overdue)[number]>();
  for (const held of identity.overdue) if (!worst.has(held.service)) worst.set(held.service, held);
  const servers = `${identity.serversUp} of ${identity.servers} identity servers answer`;
  return [...worst].map(([service, held]): Finding =>
    held.leftSeconds > 0
      ? { kind: 'svid-expiring', subject: service, severity: 'ticket', value: held.leftSeconds, limit: 0, unit: 's', detail: `the SVID of ${held.workload} should have been renewed; ${seconds(held.leftSeconds)} are left, ${held.failedTries} tries failed, ${servers}` }
      : { kind: 'svid-expired', subject: service, severity: 'page', value: held.leftSeconds, limit: 0, unit: 's', detail: `${held.workload} has no valid SVID since ${seconds(-held.leftSeconds)}; its calls are refused, ${servers}` },
  );
}

function stores({ edge }: MeshObservation): Finding[] {
  return edge.flatMap((store): Finding[] => (store.cutSeconds < SILENT_SECONDS ? [] : [{ kind: 'edge-cut-off', subject: store.store, severity: 'ticket', value: store.pendingWrites, limit: 0, unit: 'writes', detail: `exchanges fail since ${seconds(store.cutSeconds)}; ${store.pendingWrites} writes wait, ${store.refused} were refused` }]));
}
