/** Any mesh as a laboratory scenario, so that the laboratory can record the real thing and the twin can play it. */
import type { LabLink, LabScenario, LabSettings } from '../lab/lab-scenario';
import type { MeshLinkSpec, MeshRouterSpec, MeshSpec } from '../mesh-spec';

export type LabExport = { readonly name: string; readonly seed: number; readonly durationSeconds: number };

/** Everybody pings the first gateway, or the first router where there is none. */
export function exportLabScenario(mesh: MeshSpec, { name, seed, durationSeconds }: LabExport): LabScenario {
  const routers = mesh.routers.filter((router) => router.planned !== true);
  const there = new Set(routers.map((router) => router.name));
  const target = (routers.find((router) => router.gateway === true) ?? routers[0])?.name;
  const placed = routers.filter((router) => router.x !== undefined && router.y !== undefined);
  return {
    name,
    algo: mesh.algorithm ?? 'BATMAN_IV',
    medium: mesh.medium ?? 'radio',
    seed,
    duration: durationSeconds,
    sampleEvery: 1,
    neighEvery: 5,
    nodes: routers.map((router) => router.name),
    ...(placed.length === routers.length ? { pos: Object.fromEntries(placed.map((router) => [router.name, [router.x!, router.y!]])) } : {}),
    links: mesh.links.filter((link) => link.planned !== true && there.has(link.a) && there.has(link.b)).map(labLink),
    settings: settings({ orig_interval: mesh.ogmIntervalMs, hop_penalty: mesh.hopPenalty, elp_interval: mesh.elpIntervalMs }),
    nodeSettings: Object.fromEntries(
      routers.flatMap((router) => {
        const own = settings({ orig_interval: router.ogmIntervalMs, hop_penalty: router.hopPenalty, elp_interval: router.elpIntervalMs, aggregation: router.aggregation === false ? 0 : undefined, gw_mode: gatewayWords(router) });
        return Object.keys(own).length === 0 ? [] : [[router.name, own]];
      }),
    ),
    pings: routers.filter((router) => router.name !== target).map((router) => ({ src: router.name, dst: target! })),
    events: [],
    capture: [],
  };
}

function gatewayWords({ gateway, gatewayDownMbps, gatewayClass }: MeshRouterSpec): string | undefined {
  if (gateway === true) return gatewayDownMbps === undefined ? 'server' : `server ${gatewayDownMbps}mbit`;
  return gatewayClass === undefined ? undefined : `client ${gatewayClass}`;
}

const settings = (values: Readonly<Record<string, string | number | undefined>>): LabSettings => Object.fromEntries(Object.entries(values).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])));

const pair = (forth: number | undefined, back: number | undefined, missing: number) => [forth ?? missing, back ?? forth ?? missing] as const;

function labLink(link: MeshLinkSpec): LabLink {
  return {
    a: link.a,
    b: link.b,
    loss: pair(link.lossPercent, link.lossPercentBack, 0),
    delay: pair(link.delayMs, link.delayMsBack, 1),
    jitter: pair(link.jitterMs, link.jitterMsBack, 0),
    burst: pair(link.burstPackets, link.burstPacketsBack, 0),
    ...(link.rateMbps === undefined ? {} : { rate: pair(link.rateMbps, link.rateMbpsBack, 0) }),
    ...(link.throughputMbps === undefined ? {} : { throughput: pair(link.throughputMbps, link.throughputMbpsBack, 0) }),
  };
}
