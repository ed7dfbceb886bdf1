/** The mesh of a laboratory scenario, and when its nodes are switched on. */
import type { MeshLinkSpec, MeshSpec } from '../mesh-spec';
import { gatewayMode } from './gateway-mode';
import type { LabLink, LabScenario, LabSettings } from './lab-scenario';
import { isOff } from './read-lab-settings';

/** From a node's turn to its first interface joining the mesh: making bat0 and setting it up, on the recording machine. */
const SET_UP_SECONDS = 0.02;

/** What the laboratory's virtual cables tell ethtool. */
const CABLE_MBPS = 10_000;

/** One scenario always starts its nodes at the same moments; everything else differs by seed. */
export function labMesh(scenario: LabScenario): MeshSpec {
  const random = startMoments(scenario.seed);
  const overall = scenario.settings;
  return {
    algorithm: scenario.algo,
    medium: scenario.medium,
    ogmIntervalMs: numberOf(overall, 'orig_interval'),
    hopPenalty: numberOf(overall, 'hop_penalty'),
    elpIntervalMs: numberOf(overall, 'elp_interval'),
    routers: scenario.nodes.map((name) => {
      const own = { ...overall, ...scenario.nodeSettings?.[name] };
      const gateway = own.gw_mode === undefined ? null : gatewayMode(String(own.gw_mode));
      return {
        name,
        startSeconds: startSeconds(scenario, name, random()) + SET_UP_SECONDS,
        ogmIntervalMs: numberOf(own, 'orig_interval'),
        hopPenalty: numberOf(own, 'hop_penalty'),
        aggregation: isOff(own.aggregation) ? false : undefined,
        elpIntervalMs: numberOf(own, 'elp_interval'),
        gateway: gateway?.server === true ? true : undefined,
        gatewayClass: gateway?.gatewayClass,
        gatewayDownMbps: gateway?.downMbps,
      };
    }),
    links: scenario.links.map(
      (link): MeshLinkSpec => ({
        a: link.a,
        b: link.b,
        lossPercent: link.loss[0],
        lossPercentBack: link.loss[1],
        delayMs: link.delay[0],
        delayMsBack: link.delay[1],
        jitterMs: link.jitter[0],
        jitterMsBack: link.jitter[1],
        burstPackets: link.burst[0],
        burstPacketsBack: link.burst[1],
        rateMbps: link.rate?.[0],
        rateMbpsBack: link.rate?.[1],
        throughputMbps: ownThroughput(scenario, link, 0) ?? overrideMbps(scenario, link.a) ?? CABLE_MBPS,
        throughputMbpsBack: ownThroughput(scenario, link, 1) ?? overrideMbps(scenario, link.b) ?? CABLE_MBPS,
      }),
    ),
  };
}

const numberOf = (settings: LabSettings, key: string) => (settings[key] === undefined ? undefined : Number(settings[key]));

/** A radio serves all its links, so that the laboratory sets no link's own value on it. */
const ownThroughput = ({ medium }: LabScenario, link: LabLink, way: 0 | 1) => (medium === 'link' ? link.throughput?.[way] : undefined);
/** 0 takes the override away. */
const overrideMbps = ({ settings, nodeSettings }: LabScenario, node: string) => numberOf({ ...settings, ...nodeSettings?.[node] }, 'throughput_override') || undefined;

/** Whole hundredths of a second, as the laboratory's shell counts. */
const startSeconds = ({ startAt }: LabScenario, name: string, draw: number) => Math.round((startAt?.[name] ?? 0) * 100 + draw * 100) / 100;

/** When each node's turn comes, as recordings tell it. */
export function startedAt(scenario: LabScenario): Readonly<Record<string, number>> {
  const random = startMoments(scenario.seed);
  return Object.fromEntries(scenario.nodes.map((name) => [name, startSeconds(scenario, name, random())]));
}

/** The laboratory's generator of start moments (mulberry32), part of the scenario's meaning. Draws in [0, 1). */
function startMoments(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
