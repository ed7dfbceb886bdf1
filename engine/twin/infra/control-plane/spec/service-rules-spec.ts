/** What the control plane must know of a service beyond its program, all optional: read together, checked together. */
import { member, note, optional, readFlag, type SpecReader } from '../../../spec-reader';
import { readHpa, readVpa, type HpaSpec, type VpaSpec } from './autoscaling-spec';
import type { ClusterSettingsSpec } from './cluster-spec';
import type { NodeRulesSpec } from './node-rules-spec';
import { readDisruptionBudget, readPodRules, readRollout, type DisruptionBudgetSpec, type PodRulesSpec, type RolloutSpec } from './pod-rules-spec';
import type { ServiceStartSpec } from './start-spec';

export type ServiceRulesSpec = {
  readonly pod?: PodRulesSpec;
  readonly rollout?: RolloutSpec;
  readonly disruptionBudget?: DisruptionBudgetSpec;
  readonly autoscaler?: HpaSpec;
  readonly verticalAutoscaler?: VpaSpec;
  /** One pod on every node it may run on, as a DaemonSet has; `replicas` are those of the beginning. */
  readonly daemon?: boolean;
};

export const SERVICE_RULES_KEYS = ['pod', 'rollout', 'disruptionBudget', 'autoscaler', 'verticalAutoscaler', 'daemon'];

export const readServiceRules = (at: SpecReader): ServiceRulesSpec => ({
  pod: optional(at, 'pod', readPodRules),
  rollout: optional(at, 'rollout', readRollout),
  disruptionBudget: optional(at, 'disruptionBudget', readDisruptionBudget),
  autoscaler: optional(at, 'autoscaler', readHpa),
  verticalAutoscaler: optional(at, 'verticalAutoscaler', readVpa),
  daemon: optional(at, 'daemon', readFlag),
});

type Named = { readonly name: string };
type Service = Named & ServiceRulesSpec & ServiceStartSpec & { readonly cpuRequestMillicores: number; readonly replicas: number };
type Shape = { readonly nodes: readonly (Named & NodeRulesSpec)[]; readonly services: readonly Service[]; readonly cluster?: ClusterSettingsSpec };

/** Groups, volumes and services that are spoken of exist; what an autoscaler divides by is not 0. */
export function checkClusterNames(at: SpecReader, { nodes, services, cluster }: Shape): void {
  const under = (path: string): SpecReader => ({ ...at, path: at.path === '' ? path : `${at.path}.${path}` });
  const groups = cluster?.nodeGroups ?? [];
  const volumes = cluster?.volumes ?? [];
  const unknown = (path: string, what: string, name: string, known: readonly Named[]) => {
    if (name !== '' && !known.some((other) => other.name === name)) note(under(path), 'unknown-name', `there is no ${what} "${name}"`, known.length === 0 ? `define a ${what} first` : `known: ${known.slice(0, 8).map((other) => other.name).join(', ')}`);
  };
  noDuplicates(under('cluster.nodeGroups'), groups);
  noDuplicates(under('cluster.volumes'), volumes);
  nodes.forEach(({ group }, i) => group !== undefined && unknown(`nodes[${i}].group`, 'node group', group, groups));
  volumes.forEach(({ node }, i) => node !== undefined && unknown(`cluster.volumes[${i}].node`, 'node', node, nodes));
  groups.forEach(({ name, max }, i) => {
    const own = nodes.filter(({ group }) => group === name).length;
    if (own > max) note(under(`cluster.nodeGroups[${i}].max`), 'out-of-range', `${own} nodes belong to "${name}", more than its max of ${max}`, `raise max to ${own}`);
  });
  const nodeNames = new Set(nodes.map(({ name }) => name));
  services.forEach(({ pod, autoscaler, cpuRequestMillicores, startsOn = [], replicas }, i) => {
    startsOn.forEach((name, j) => name !== null && !nodeNames.has(name) && unknown(`services[${i}].startsOn[${j}]`, 'node', name, nodes));
    if (startsOn.length > replicas) note(under(`services[${i}].startsOn`), 'out-of-range', `${startsOn.length} places for ${replicas} replicas`, 'name one place for each replica, or fewer');
    pod?.volumes?.forEach((name, j) => unknown(`services[${i}].pod.volumes[${j}]`, 'volume', name, volumes));
    const readsCpuShare = autoscaler !== undefined && (autoscaler.metrics ?? [{ kind: 'Resource' as const, resource: 'cpu' as const, utilizationPercent: 80 }]).some((metric) => metric.kind === 'Resource' && metric.resource === 'cpu' && metric.utilizationPercent !== undefined);
    if (readsCpuShare && cpuRequestMillicores === 0) note(under(`services[${i}].autoscaler`), 'out-of-range', 'CPU utilization is a share of the request, and the request is 0', 'set cpuRequestMillicores, or use averageValue');
    autoscaler?.metrics?.forEach((metric, j) => {
      if ((metric.kind === 'Object' || metric.kind === 'External') && metric.service !== undefined) unknown(`services[${i}].autoscaler.metrics[${j}].service`, 'service', metric.service, services);
    });
  });
}

function noDuplicates(at: SpecReader, items: readonly Named[]): void {
  const seen = new Set<string>();
  items.forEach(({ name }, i) => {
    if (name !== '' && seen.has(name)) note(member({ ...at, path: `${at.path}[${i}]` }, 'name'), 'duplicate', `"${name}" is used twice`, 'names are unique: rename one');
    seen.add(name);
  });
}
