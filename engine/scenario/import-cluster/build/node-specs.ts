/** Nodes of the import as nodes of the running world, as they were found, and groups of nodes as those it can buy. */
import type { NodeSpec, SystemSpec } from '@/engine/twin';
import { CCF_AWS } from '@/engine/cost';
import { kubernetes } from '@/engine/twin';
import type { ClusterImport, ImportedNode } from '../cluster-import';
import { nodePrice } from './node-price';
import { NAME_MAX, nodeNameOf } from './placement/found-places';

const MIB = 1_048_576;
const LABELS_MAX = 200;
const OWN_FIELDS = new Set(['cpu', 'memory', 'pods']);
/** From the order to a node that takes pods: the middle of what clouds need (30 to 180 s). */
export const BOOT_SECONDS = 90;
const GROUP_NODES_MAX = 5_000;
const EFFECTS = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'] as const;

const within = (value: number, min: number, max: number) => Math.min(max, Math.max(min, value));
const short = (text: string) => text.length > 0 && text.length <= NAME_MAX;

/** Follow from whether a node is cordoned and heard of, which the twin knows by itself. */
const OWN_TAINTS = ['node.kubernetes.io/unschedulable', 'node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable'];

export const readyNodes = ({ nodes }: ClusterImport) => nodes.filter(({ ready }) => ready);

export function nodeSpecs(cluster: ClusterImport, resources: ReadonlySet<string>): readonly NodeSpec[] {
  const groups = new Set(usableGroups(cluster).map(({ name }) => name));
  return cluster.nodes.map((node) => ({
    name: nodeNameOf(node.node.name),
    ...machineOf(node, resources),
    ...(groups.has(node.pool) && node.origin === 'planned' ? { group: node.pool } : {}),
    ...(node.node.unschedulable === true ? { cordoned: true } : {}),
    ...(node.ready ? {} : { notReady: true }),
  }));
}

function machineOf({ node, capacity, zone, machineType, spot }: ImportedNode, resources: ReadonlySet<string>) {
  const cpu = within(capacity['cpu'] ?? node.allocatable['cpu'] ?? 1, 1, 1_000_000);
  const memoryMib = within(Math.floor((capacity['memory'] ?? node.allocatable['memory'] ?? MIB) / MIB), 1, 100_000_000);
  const pieces = Object.keys(node.allocatable).filter((name) => resources.has(name) && !OWN_FIELDS.has(name));
  const taints = (node.taints ?? []).flatMap(({ key, value, effect }) => {
    const known = EFFECTS.find((each) => each === effect);
    return known === undefined || !short(key) || OWN_TAINTS.includes(key) ? [] : [{ key, ...(value === undefined || !short(value) ? {} : { value }), effect: known }];
  });
  const architecture = kubernetes.labelOf(node.labels, 'kubernetes.io/arch');
  return {
    ...(short(zone) ? { zone } : {}),
    cpuMillicores: cpu,
    memoryMib,
    usdPerHour: nodePrice({ node, capacity, zone, machineType, spot, pool: '', ready: true, origin: 'running' }).usdPerHour,
    idleWatts: wattsOf(cpu, CCF_AWS.minWattsPerVcpu),
    maxWatts: wattsOf(cpu, CCF_AWS.maxWattsPerVcpu),
    labels: Object.fromEntries(Object.keys(node.labels).slice(0, LABELS_MAX).map((key) => [key, node.labels[key]!])),
    ...(taints.length === 0 ? {} : { taints: taints.slice(0, 100) }),
    podsMax: within(node.allocatable['pods'] ?? 110, 1, 10_000),
    allocatable: { cpuMillicores: within(node.allocatable['cpu'] ?? 0, 0, cpu), memoryMib: within(Math.floor((node.allocatable['memory'] ?? 0) / MIB), 0, memoryMib) },
    ...(pieces.length === 0 ? {} : { resources: Object.fromEntries(pieces.map((name) => [name, within(node.allocatable[name]!, 0, 1e15)])) }),
    ...(short(machineType) ? { instanceType: machineType } : {}),
    ...(architecture !== undefined && short(architecture) ? { architecture } : {}),
    ...(spot ? { spot: true } : {}),
  };
}

const wattsOf = (millicores: number, wattsPerVcpu: number) => Math.min(100_000, Math.round((millicores / 1_000) * wattsPerVcpu * 1_000) / 1_000);

/** Groups that have room above what runs, as long as all of them fit into a world. */
export function usableGroups({ groups }: ClusterImport): ClusterImport['groups'] {
  const most = groups.reduce((sum, { max }) => sum + max, 0);
  return most > GROUP_NODES_MAX ? [] : groups.filter(({ max, name }) => max > 0 && name.length <= 100);
}

export function nodeGroups(cluster: ClusterImport, resources: ReadonlySet<string>): NonNullable<SystemSpec['cluster']>['nodeGroups'] {
  return usableGroups(cluster).map(({ name, min, max, count, template }) => ({ ...machineOf(template, resources), name, min: Math.min(min, max), max: Math.max(max, count), bootSeconds: BOOT_SECONDS }));
}
