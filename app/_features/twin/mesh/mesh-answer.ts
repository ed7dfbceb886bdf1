/** Who reaches a gateway, how well, and what the routing itself costs: one sentence each, the answer first. */
import type { MeshSample } from '@/engine/telemetry';
import type { MeshSpec } from '@/engine/twin';
import { reachedIn } from './outages';

export function answerOf(mesh: MeshSpec, sample: MeshSample, gateways: readonly string[]): string {
  const up = new Set(sample.routers?.flatMap((seen) => (seen.up ? [seen.router] : [])));
  const there = mesh.routers.filter((router) => router.gateway !== true && (router.planned !== true || up.has(router.name)));
  const good = reachedIn(sample, gateways);
  const cut = there.filter((router) => !good.has(router.name));
  const routes = sample.routes.filter((route) => route.nextHop !== null && good.has(route.router));
  const weakest = routes.reduce<(typeof routes)[number] | null>((worst, route) => (worst === null || route.tq < worst.tq ? route : worst), null);
  const reach = cut.length === 0 ? `All ${there.length} routers reach a gateway` : `${there.length - cut.length} of ${there.length} routers reach a gateway; ${cut.slice(0, 4).map((router) => router.name).join(', ')}${cut.length > 4 ? ` and ${cut.length - 4} more` : ''} ${cut.length === 1 ? 'does' : 'do'} not`;
  return `${reach}.${weakest === null ? '' : ` The weakest way is that of ${weakest.router}: TQ ${weakest.tq} of 255 by ${weakest.nextHop}.`} OGMs take ${(sample.ogmBytesPerSecond / 1_000).toFixed(1)} kB/s in all.`;
}
