/**
 * Propose: the few changes worth rehearsing for what was found. Scale out or raise the quota where work
 * waits; scale in or lower it where capacity idles. Candidates outside the service's own limits are not
 * proposed; doing nothing is always the first candidate.
 */
import { os, type Command, type SystemSpec } from '@/engine/twin';
import type { Finding } from '../../analyze/analyze';
import type { Observation, ServiceObservation } from '../../observe/observe';
import { proposeHosts } from './propose-hosts';
import { proposeMesh } from './propose-mesh';

export type Proposal = { readonly title: string; readonly commands: readonly Command[]; readonly services: readonly string[] };

export const DO_NOTHING: Proposal = { title: 'do nothing', commands: [], services: [] };
export const PROPOSALS_MAX = 8;

/** Which services may be given more, or less, now. */
export type Readiness = { forMore(service: string): boolean; forLess(service: string): boolean };

/** At most PROPOSALS_MAX changes of services come back after "do nothing", and what the mesh and the hosts could do. */
export function propose(all: readonly Finding[], observation: Observation, system: SystemSpec, ready: Readiness): readonly Proposal[] {
  const onHosts = new Set((system.hosts ?? []).flatMap(({ name, programs }) => programs.map((program) => os.serviceOfSpec(name, program))));
  const findings = all.filter(({ subject }) => !onHosts.has(subject)); // those are answered on their hosts
  const pressed = new Set(findings.filter((f) => f.kind === 'saturated' || f.kind === 'throttled').map((f) => f.subject));
  // a burning objective without a saturated service behind it: look at the busiest one
  if (pressed.size === 0 && findings.some((f) => f.kind === 'budget-burn')) busiest(observation, system).forEach((name) => pressed.add(name));
  const idle = findings.filter((f) => f.kind === 'idle').map((f) => f.subject);
  const burning = findings.some((f) => f.kind === 'budget-burn');
  const proposals = system.services.flatMap((spec) => {
    const seen = observation.services.find((o) => o.service === spec.name);
    if (seen === undefined || seen.replicas === null) return [];
    if (pressed.has(spec.name)) return ready.forMore(spec.name) ? moreOf(seen, spec.replicasMax ?? 100) : [];
    return idle.includes(spec.name) && !burning && ready.forLess(spec.name) ? lessOf(seen, Math.max(1, spec.replicasMin ?? 1)) : [];
  });
  return [DO_NOTHING, ...proposals.slice(0, PROPOSALS_MAX), ...proposeMesh(findings, observation.mesh, system, ready), ...proposeHosts(all, observation.hosts ?? [], system.hosts ?? [], ready)];
}

function busiest(observation: Observation, system: SystemSpec): string[] {
  const known = observation.services.filter((o) => o.utilization !== null && system.services.some((s) => s.name === o.service));
  if (known.length === 0) return [];
  return [known.reduce((best, o) => (o.utilization! > best.utilization! ? o : best)).service];
}

function moreOf(seen: ServiceObservation, max: number): Proposal[] {
  const now = seen.replicas!;
  const counts = [...new Set([now + 1, now + 2, now * 2])].filter((n) => n > now && n <= max).slice(0, 3);
  const quota = seen.quotaMillicores;
  return [...counts.map((n) => scaleTo(seen, n)), ...(quota === null ? [] : [quotaTo(seen, Math.round(quota * 1.5)), quotaTo(seen, quota * 2)])];
}

function lessOf(seen: ServiceObservation, min: number): Proposal[] {
  const now = seen.replicas!;
  return [...new Set([now - 1, Math.ceil(now / 2)])].filter((n) => n >= min && n < now).map((n) => scaleTo(seen, n));
}

const scaleTo = (seen: ServiceObservation, replicas: number): Proposal => ({
  title: `scale ${seen.service} from ${seen.replicas} to ${replicas} replicas`,
  commands: [{ kind: 'set-replicas', service: seen.service, replicas }],
  services: [seen.service],
});

const quotaTo = (seen: ServiceObservation, quotaMillicores: number): Proposal => ({
  title: `change the CPU quota of ${seen.service} from ${seen.quotaMillicores} to ${quotaMillicores} mCPU per replica`,
  commands: [{ kind: 'set-cpu-quota', service: seen.service, quotaMillicores }],
  services: [seen.service],
});
