/** Resources that make machines: how many, of what type, where, with which labels and taints. */
import type { kubernetes } from '@/engine/twin';
import { isMembers } from '../sanitize/sanitize';
import type { PlanResource } from './plan-resources';

export type MachineGroup = { readonly name: string; readonly count: number; readonly min: number; readonly max: number; readonly machineType: string; readonly zones: readonly string[]; readonly spot: boolean; readonly labels: kubernetes.Labels; readonly taints: readonly kubernetes.Taint[]; readonly isCluster: boolean };

export type PlanContext = { readonly byAddress: ReadonlyMap<string, PlanResource>; readonly references: ReadonlyMap<string, readonly string[]>; readonly resources: readonly PlanResource[] };

type Members = Readonly<Record<string, unknown>>;
const COUNT_MAX = 20_000;
/** Of EKS, for a group that names no type; of GKE likewise. */
const EKS_DEFAULT_TYPE = 't3.medium';
const GKE_DEFAULT_TYPE = 'e2-medium';
const GKE_DEFAULT_COUNT = 3;

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const count = (value: unknown): number | null => (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && value <= COUNT_MAX ? value : null);
const block = (value: unknown): Members => (Array.isArray(value) ? block((value as readonly unknown[])[0]) : isMembers(value) ? value : {});
const texts = (value: unknown): readonly string[] => (Array.isArray(value) ? (value as readonly unknown[]).filter((item) => typeof item === 'string') : []);
const labelsOf = (value: unknown): kubernetes.Labels => (isMembers(value) ? Object.fromEntries(Object.keys(value).flatMap((key) => (typeof value[key] === 'string' ? [[key, value[key]] as const] : []))) : {});

const EFFECTS: Readonly<Record<string, string>> = { NO_SCHEDULE: 'NoSchedule', NO_EXECUTE: 'NoExecute', PREFER_NO_SCHEDULE: 'PreferNoSchedule' };
const taintsOf = (value: unknown): readonly kubernetes.Taint[] => (Array.isArray(value) ? (value as readonly unknown[]) : []).flatMap((taint) => (isMembers(taint) && text(taint.key) !== '' ? [{ key: text(taint.key), value: text(taint.value), effect: EFFECTS[text(taint.effect)] ?? 'NoSchedule' }] : []));

type GroupReader = (resource: PlanResource, plan: PlanContext) => MachineGroup | null;

export const MACHINE_READERS: Readonly<Record<string, GroupReader>> = {
  aws_instance: ({ name, values }) => ({ ...single(name), machineType: text(values.instance_type), zones: zoneList(values.availability_zone), spot: Object.keys(block(values.instance_market_options)).length > 0 }),
  aws_spot_instance_request: ({ name, values }) => ({ ...single(name), machineType: text(values.instance_type), zones: zoneList(values.availability_zone), spot: true }),
  google_compute_instance: ({ name, values }) => ({ ...single(text(values.name) || name), machineType: lastPart(values.machine_type), zones: zoneList(values.zone), spot: isPreemptible(block(values.scheduling)) }),
  aws_eks_node_group: readEksGroup,
  aws_autoscaling_group: readScalingGroup,
  google_container_node_pool: ({ name, values }) => readGkePool(text(values.name) || name, values),
  google_container_cluster: ({ name, values }) => (values.remove_default_node_pool === true || values.enable_autopilot === true ? null : readGkePool(`${text(values.name) || name}-default`, values)),
  google_compute_instance_group_manager: readManager,
  google_compute_region_instance_group_manager: readManager,
};

const single = (name: string): MachineGroup => ({ name, count: 1, min: 1, max: 1, machineType: '', zones: [], spot: false, labels: {}, taints: [], isCluster: false });
const zoneList = (value: unknown): readonly string[] => (text(value) === '' ? [] : [lastPart(value)]);
const lastPart = (value: unknown): string => text(value).split('/').pop() ?? '';
const isPreemptible = (scheduling: Members): boolean => scheduling.preemptible === true || text(scheduling.provisioning_model) === 'SPOT';

function readEksGroup({ name, values }: PlanResource): MachineGroup {
  const scaling = block(values.scaling_config);
  const desired = count(scaling.desired_size) ?? count(scaling.min_size) ?? 1;
  return { name: text(values.node_group_name) || name, count: desired, min: count(scaling.min_size) ?? desired, max: Math.max(desired, count(scaling.max_size) ?? desired), machineType: texts(values.instance_types)[0] ?? EKS_DEFAULT_TYPE, zones: [], spot: text(values.capacity_type) === 'SPOT', labels: labelsOf(values.labels), taints: taintsOf(values.taint), isCluster: true };
}

function readScalingGroup(resource: PlanResource, plan: PlanContext): MachineGroup {
  const { name, values } = resource;
  const mixed = block(values.mixed_instances_policy);
  const override = text(block(block(mixed.launch_template).override).instance_type);
  const desired = count(values.desired_capacity) ?? count(values.min_size) ?? 1;
  const spot = block(mixed.instances_distribution).on_demand_percentage_above_base_capacity === 0;
  return { name: text(values.name) || name, count: desired, min: count(values.min_size) ?? desired, max: Math.max(desired, count(values.max_size) ?? desired), machineType: override || text(templateOf(resource, plan, ['aws_launch_template', 'aws_launch_configuration'])?.values.instance_type), zones: texts(values.availability_zones), spot, labels: {}, taints: [], isCluster: false };
}

function readManager(resource: PlanResource, plan: PlanContext): MachineGroup {
  const { name, values } = resource;
  const size = count(values.target_size) ?? 1;
  const template = templateOf(resource, plan, ['google_compute_instance_template', 'google_compute_region_instance_template']);
  return { ...single(text(values.name) || name), count: size, min: size, max: size, machineType: lastPart(template?.values.machine_type), zones: zoneList(values.zone), spot: isPreemptible(block(template?.values.scheduling)) };
}

/** The template a group refers to; the only one of the plan where the configuration does not say. */
function templateOf({ address }: PlanResource, { references, byAddress, resources }: PlanContext, types: readonly string[]): PlanResource | undefined {
  for (const reference of references.get(address.replace(/\[[^\]]*\]/g, '')) ?? []) {
    const found = byAddress.get(reference) ?? byAddress.get(reference.split('.').slice(0, -1).join('.'));
    if (found !== undefined && types.includes(found.type)) return found;
  }
  const all = resources.filter(({ type }) => types.includes(type));
  return all.length === 1 ? all[0] : undefined;
}

/** Counts are per zone; a regional pool that names no zones has three. */
function readGkePool(name: string, values: Members): MachineGroup {
  const config = block(values.node_config);
  const scaling = block(values.autoscaling);
  const location = text(values.location);
  const named = texts(values.node_locations);
  const zones = named.length > 0 ? named : /-[a-z]$/.test(location) ? [location] : location === '' ? [] : ['a', 'b', 'c'].map((letter) => `${location}-${letter}`);
  const perZone = count(values.node_count) ?? count(values.initial_node_count) ?? count(scaling.min_node_count) ?? GKE_DEFAULT_COUNT;
  const times = Math.max(1, zones.length);
  const total = Math.min(COUNT_MAX, perZone * times);
  const [min, max] = [count(scaling.total_min_node_count) ?? (count(scaling.min_node_count) ?? perZone) * times, count(scaling.total_max_node_count) ?? (count(scaling.max_node_count) ?? perZone) * times];
  return { name, count: total, min: Math.min(min, total), max: Math.max(max, total), machineType: text(config.machine_type) || GKE_DEFAULT_TYPE, zones, spot: config.spot === true || config.preemptible === true, labels: labelsOf(config.labels), taints: taintsOf(config.taint), isCluster: true };
}
