/**
 * The mesh and the identities as they were last observed, for rehearsals that change them: losses that explain the
 * TQs of the links, hop penalties as reported, what is silent silent for as long as it was seen to be, overdue SVIDs
 * overdue. What telemetry does not tell (windows, rings) fills while the believed world warms up.
 */
import { seconds, timeUs, US_PER_SECOND, type TimeUs } from '@/engine/kernel';
import { advanceWorld, lossFromTq, setIdentityServer, setMeshLink, setMeshRouter, type MeshLinkSpec, type MeshSpec, type World } from '@/engine/twin';
import { silentRouters, type MeshObservation } from '../../observe/observe-mesh';

/** Windows of 64 OGMs are full after so long. */
export const MESH_WARM_SECONDS = 80;
/** TQ scatters; a link is believed to be as specified unless it is this far from what the specification explains. */
const TQ_SCATTER = 25;
const TQ_MAX = 255;

/** Links with the losses that their TQs tell. */
export function observedMesh(mesh: MeshSpec, { links, routers }: MeshObservation): MeshSpec {
  const shown = (from: string, to: string) => links.find((link) => link.from === from && link.to === to);
  return {
    ...mesh,
    routers: mesh.routers.map((router) => ({ ...router, startSeconds: 0, hopPenalty: routers.find((seen) => seen.router === router.name)?.hopPenalty ?? router.hopPenalty, planned: router.planned === true && routers.find((seen) => seen.router === router.name)?.up !== true })),
    links: mesh.links.map((link): MeshLinkSpec => {
      const [atA, atB] = [shown(link.b, link.a), shown(link.a, link.b)];
      const planned = link.planned === true && atA?.up !== true;
      if (atA === undefined || atB === undefined || !atA.up || atA.tq === 0 || atB.tq === 0 || asSpecified(link, atA.tq, atB.tq)) return { ...link, planned };
      const [lossPercent, lossPercentBack] = lossFromTq(atA.tq / TQ_MAX, atB.tq / TQ_MAX);
      return { ...link, planned, lossPercent, lossPercentBack };
    }),
  };
}

function asSpecified(link: MeshLinkSpec, tqA: number, tqB: number): boolean {
  const out = 1 - (link.lossPercent ?? 0) / 100;
  const back = 1 - (link.lossPercentBack ?? link.lossPercent ?? 0) / 100;
  const expected = (own: number, other: number) => TQ_MAX * own * (1 - (1 - other) * (1 - other) * (1 - other));
  return Math.abs(expected(out, back) - tqA) < TQ_SCATTER && Math.abs(expected(back, out) - tqB) < TQ_SCATTER;
}

/** Warms the world up to its present and breaks on the way what was seen broken, when it was. */
export function breakAsSeen(world: World, seen: MeshObservation, warmSeconds: number): void {
  const { mesh, queue, coupling } = world;
  const { links, routers, identity } = seen;
  const dead = new Set([...silentRouters(seen).map(({ router }) => router), ...routers.filter((router) => !router.up).map(({ router }) => router)]);
  const cuts = links.filter((link) => link.downSeconds > 0 && !dead.has(link.from) && !dead.has(link.to)).map((link) => ({ at: warmSeconds - link.downSeconds, act: () => mesh !== null && setMeshLink(mesh, queue, link.from, link.to, false) }));
  const deaths = routers
    .filter(({ router }) => dead.has(router))
    .map((router) => ({ at: warmSeconds - (router.lastSeenSeconds ?? warmSeconds), act: () => mesh !== null && setMeshRouter(mesh, queue, router.router, false, world.nowUs) }));
  for (const { at, act } of [...cuts, ...deaths].sort((x, y) => x.at - y.at)) {
    advanceWorld(world, timeUs(Math.max(world.nowUs, seconds(Math.max(0, at)))));
    act();
  }
  advanceWorld(world, seconds(warmSeconds) as TimeUs);
  if (coupling.identity === null || identity === null) return;
  const { state } = coupling.identity;
  state.spec.servers.slice(identity.serversUp).forEach((server) => setIdentityServer(state, server.name, false));
  for (const held of identity.overdue) {
    const workload = state.spec.workloads.findIndex(({ name }) => name === held.workload);
    if (workload < 0) continue;
    state.workloads.svidNotAfterUs[workload] = world.nowUs + Math.round(held.leftSeconds * US_PER_SECOND);
    state.workloads.plan[workload] = state.workloads.plan[workload]! + 1; // its agent's next try is not within the horizon, as far as anybody knows
  }
}
