/**
 * How hot a thing is, in five steps, from one second of telemetry. The thresholds are the usual ones: queues
 * grow fast above 75 % utilisation (M/M/c), SRE alerts on error share, PSI "some" above 0.3 is felt, and
 * batman-adv's TQ below 150 of 255 loses about every third round trip.
 */
import type { MeshSample, NodeSample, ServiceSample } from '@/engine/telemetry';

export type RiskLevel = 0 | 1 | 2 | 3 | 4;

/** 0 below the first edge, one more for each edge reached; null counts as calm. */
export function stepOf(value: number | null, edges: readonly number[]): RiskLevel {
  const reached = value === null ? 0 : edges.filter((edge) => value >= edge).length;
  return reached === 0 ? 0 : reached === 1 ? 1 : reached === 2 ? 2 : reached === 3 ? 3 : 4;
}

const worst = (...levels: readonly RiskLevel[]): RiskLevel => levels.reduce((top, level) => (level > top ? level : top), 0);

const UTILISATION = [0.6, 0.75, 0.9] as const;
const ERROR_SHARE = [0.001, 0.005, 0.02, 0.1] as const;
const THROTTLED = [0.05, 0.25, 0.5] as const;
const NODE_UTILISATION = [0.7, 0.85, 0.97] as const;
const PRESSURE = [0.1, 0.3, 0.6] as const;
const QUALITY_LOST = [55, 105, 155] as const;
const TQ_MAX = 255;

export function serviceRisk(sample: ServiceSample, capacityCores: number | null): RiskLevel {
  const ended = (sample.servedRps ?? 0) + (sample.errorRps ?? 0);
  const errors = sample.errorRps === null || ended === 0 ? null : sample.errorRps / ended;
  const busy = sample.cpuCores === null || capacityCores === null || capacityCores === 0 ? null : sample.cpuCores / capacityCores;
  const missing = sample.replicas !== null && sample.replicasReady !== null && sample.replicasReady < sample.replicas;
  const gone = missing && sample.replicasReady === 0;
  return worst(stepOf(busy, UTILISATION), stepOf(errors, ERROR_SHARE), stepOf(sample.throttledShare, THROTTLED), gone ? 4 : missing ? 2 : 0);
}

export function nodeRisk(sample: NodeSample): RiskLevel {
  if (!sample.up) return 4;
  const busy = sample.cpuCores === null ? null : sample.cpuCores / sample.cpuCapacityCores;
  return worst(stepOf(busy, NODE_UTILISATION), stepOf(sample.cpuPressure, PRESSURE));
}

export function routerRisk(router: string, mesh: MeshSample, isGateway: boolean): RiskLevel {
  const links = mesh.links.filter((link) => link.from === router || link.to === router);
  if (links.length > 0 && links.every((link) => !link.up)) return 4;
  if (isGateway) return 0;
  const route = mesh.routes.find((candidate) => candidate.router === router);
  if (route === undefined || route.gateway === null) return 4;
  return stepOf(TQ_MAX - route.tq, QUALITY_LOST);
}
