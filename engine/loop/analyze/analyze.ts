/**
 * Analyze: what in the observation calls for a decision. Saturation (too little and too much capacity,
 * throttling) and the burn of the error budget; a service without data is a finding, not a zero.
 * Burn rate = share of bad seconds / share the objective allows (SRE Workbook, chapter 5).
 */
import type { os } from '@/engine/twin';
import type { LoopPolicy } from '../policy';
import type { Observation, ServiceObservation } from '../observe/observe';
import { analyzeHosts } from './analyze-hosts';
import { analyzeMesh } from './analyze-mesh';

export type FindingKind = 'saturated' | 'throttled' | 'budget-burn' | 'idle' | 'replicas-missing' | 'no-data' | MeshFindingKind | os.FoundOnHost['kind'];
export type MeshFindingKind = 'link-degraded' | 'originator-lost' | 'gateway-lost' | 'route-flapping' | 'routing-loop' | 'svid-expiring' | 'svid-expired' | 'edge-cut-off';
export type Finding = {
  readonly kind: FindingKind;
  readonly subject: string;
  readonly severity: 'page' | 'ticket' | 'info';
  readonly value: number | null;
  readonly limit: number;
  readonly unit: string;
  readonly detail: string;
  /** When it comes if nothing is done, seconds from now: likeliest, earliest, latest (null: it may never); left out where nobody can tell. */
  readonly dueSeconds?: { readonly expected: number; readonly earliest: number; readonly latest: number | null };
};

/** Findings in a fixed order: by service as observed, then by kind as listed here; then those of the mesh and the identities, then of the hosts. */
export function analyze(observation: Observation, policy: LoopPolicy): readonly Finding[] {
  return [...observation.services.flatMap((service) => analyzeService(service, policy)), ...analyzeMesh(observation.mesh), ...analyzeHosts(observation.hosts ?? [])];
}

function analyzeService(o: ServiceObservation, policy: LoopPolicy): Finding[] {
  const found: Finding[] = [];
  const percent = (share: number) => `${(share * 100).toFixed(0)} %`;
  if (o.offeredRps === null && o.servedRps === null && o.cpuCores === null) {
    return [{ kind: 'no-data', subject: o.service, severity: 'ticket', value: null, limit: 1, unit: 'frames', detail: `nothing was measured in the window; decisions about ${o.service} wait` }];
  }
  if (o.badShare !== null && o.badShare / policy.budget >= policy.burnHigh) {
    const burn = o.badShare / policy.budget;
    found.push({ kind: 'budget-burn', subject: o.service, severity: burn >= 6 ? 'page' : 'ticket', value: burn, limit: policy.burnHigh, unit: '× budget', detail: `${percent(o.badShare)} of the seconds missed the objective; ${percent(policy.budget)} are allowed` });
  }
  if (o.utilization !== null && o.utilization >= policy.utilizationHigh)
    found.push({ kind: 'saturated', subject: o.service, severity: 'ticket', value: o.utilization, limit: policy.utilizationHigh, unit: 'share', detail: `uses ${percent(o.utilization)} of ${o.capacityCores?.toFixed(2)} cores` });
  if (o.throttledShare !== null && o.throttledShare >= policy.throttledShareHigh)
    found.push({ kind: 'throttled', subject: o.service, severity: 'ticket', value: o.throttledShare, limit: policy.throttledShareHigh, unit: 'share', detail: `its CPU quota stopped it in ${percent(o.throttledShare)} of the periods` });
  if (o.replicas !== null && o.replicasReady !== null && o.replicasReady < o.replicas)
    found.push({ kind: 'replicas-missing', subject: o.service, severity: 'info', value: o.replicasReady, limit: o.replicas, unit: 'replicas', detail: `${o.replicasReady} of ${o.replicas} replicas are ready` });
  const burning = found.some((f) => f.kind === 'budget-burn' || f.kind === 'throttled');
  if (!burning && o.utilization !== null && o.utilization <= policy.utilizationLow && (o.replicas ?? 0) > 0)
    found.push({ kind: 'idle', subject: o.service, severity: 'info', value: o.utilization, limit: policy.utilizationLow, unit: 'share', detail: `uses ${percent(o.utilization)} of ${o.capacityCores?.toFixed(2)} cores` });
  return found;
}
