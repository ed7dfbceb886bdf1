/**
 * A `kubernetes_*` resource as the manifest it stands for. The provider writes blocks as lists of one, lists
 * in the singular and names with underscores; maps of a person's own keys stay as they are.
 */
import { isMembers } from '../sanitize/sanitize';
import type { PlanResource } from './plan-resources';

type Members = Readonly<Record<string, unknown>>;

const KINDS: Readonly<Record<string, readonly [apiVersion: string, kind: string]>> = {
  deployment: ['apps/v1', 'Deployment'],
  stateful_set: ['apps/v1', 'StatefulSet'],
  daemonset: ['apps/v1', 'DaemonSet'],
  daemon_set: ['apps/v1', 'DaemonSet'],
  replication_controller: ['v1', 'ReplicationController'],
  job: ['batch/v1', 'Job'],
  cron_job: ['batch/v1', 'CronJob'],
  pod: ['v1', 'Pod'],
  service: ['v1', 'Service'],
  ingress: ['networking.k8s.io/v1', 'Ingress'],
  namespace: ['v1', 'Namespace'],
  secret: ['v1', 'Secret'],
  config_map: ['v1', 'ConfigMap'],
  horizontal_pod_autoscaler: ['autoscaling/v2', 'HorizontalPodAutoscaler'],
  pod_disruption_budget: ['policy/v1', 'PodDisruptionBudget'],
  persistent_volume_claim: ['v1', 'PersistentVolumeClaim'],
  persistent_volume: ['v1', 'PersistentVolume'],
  priority_class: ['scheduling.k8s.io/v1', 'PriorityClass'],
  network_policy: ['networking.k8s.io/v1', 'NetworkPolicy'],
  service_account: ['v1', 'ServiceAccount'],
  role: ['rbac.authorization.k8s.io/v1', 'Role'],
  role_binding: ['rbac.authorization.k8s.io/v1', 'RoleBinding'],
  cluster_role: ['rbac.authorization.k8s.io/v1', 'ClusterRole'],
  cluster_role_binding: ['rbac.authorization.k8s.io/v1', 'ClusterRoleBinding'],
  limit_range: ['v1', 'LimitRange'],
  resource_quota: ['v1', 'ResourceQuota'],
  storage_class: ['storage.k8s.io/v1', 'StorageClass'],
};

/** Blocks that the API has as lists, by the name it has for them. */
const LISTS: Readonly<Record<string, string>> = {
  container: 'containers', init_container: 'initContainers', env: 'env', env_from: 'envFrom', port: 'ports', volume: 'volumes', volume_mount: 'volumeMounts', toleration: 'tolerations', host_aliases: 'hostAliases',
  topology_spread_constraint: 'topologySpreadConstraints', match_expressions: 'matchExpressions', match_fields: 'matchFields', node_selector_term: 'nodeSelectorTerms', preferred_during_scheduling_ignored_during_execution: 'preferredDuringSchedulingIgnoredDuringExecution',
  metric: 'metrics', policy: 'policies', rule: 'rules', path: 'paths', tls: 'tls', volume_claim_template: 'volumeClaimTemplates', image_pull_secrets: 'imagePullSecrets', access_modes: 'accessModes', values: 'values',
};
const MAPS = new Set(['labels', 'match_labels', 'node_selector', 'limits', 'requests', 'capacity']);
const REQUIRED = 'required_during_scheduling_ignored_during_execution';
const DEEP_MAX = 40;

const kindOf = (type: string) => {
  const name = type.replace(/^kubernetes_/, '').replace(/_v\d+(?:(?:alpha|beta)\d+)?$/, '');
  return Object.hasOwn(KINDS, name) ? KINDS[name] : undefined;
};

/** Null when the resource stands for no object that is known here. */
export function manifestOfResource({ type, values }: PlanResource): Members | null {
  if (type === 'kubernetes_manifest') return isMembers(values.manifest) ? values.manifest : isMembers(values.object) ? values.object : null;
  const known = kindOf(type);
  if (known === undefined) return null;
  const fields = isMembers(values) ? membersOf(values, 0, '') : {};
  const { metadata, spec, ...rest } = fields;
  return { apiVersion: known[0], kind: known[1], metadata: metadata ?? {}, ...(spec === undefined ? {} : { spec: known[1] === 'Service' && isMembers(spec) ? { ...spec, selector: selectorOf(values) } : spec }), ...rest };
}

/** The selector of a Service is a map of labels; that of a workload is a block. */
function selectorOf(values: Members): unknown {
  const spec = Array.isArray(values.spec) ? (values.spec as readonly unknown[])[0] : values.spec;
  return isMembers(spec) ? spec.selector : undefined;
}

function membersOf(value: Members, depth: number, within: string): Record<string, unknown> {
  const members: Record<string, unknown> = {};
  for (const key of Object.keys(value)) {
    const converted = convert(key, value[key], depth, within);
    if (converted !== undefined && converted !== null) members[nameOf(key, within)] = converted;
  }
  return members;
}

const camel = (key: string) => key.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
const nameOf = (key: string, within: string) => (isList(key, within) && Object.hasOwn(LISTS, key) ? LISTS[key]! : camel(key));
/** The required terms are a list for pods and one block for nodes; a rule of an ingress is a list, its `service.port` is not. */
const isList = (key: string, within: string) => (key === REQUIRED ? within !== 'node_affinity' : Object.hasOwn(LISTS, key) && !(key === 'port' && within === 'service') && !(key === 'path' && within !== 'http') && !(key === 'values' && depthless(within)));
const depthless = (within: string) => within === '';

function convert(key: string, value: unknown, depth: number, within: string): unknown {
  if (depth > DEEP_MAX) return undefined;
  if (key === 'replicas' && typeof value === 'string' && /^\d{1,6}$/.test(value)) return Number(value); // the provider has it as a text
  if (MAPS.has(key)) return Array.isArray(value) ? (value as readonly unknown[])[0] : value;
  if (Array.isArray(value)) {
    const items = (value as readonly unknown[]).map((item) => (isMembers(item) ? membersOf(item, depth + 1, key) : item));
    return isList(key, within) || !items.every(isMembers) ? items : items.length === 0 ? undefined : items[0];
  }
  return isMembers(value) ? membersOf(value, depth + 1, key) : value;
}
