/** A replica and a node of the world as the scheduler's rules see them. */
import type { Node as KubernetesNode, Pod, Taint } from '../../kubernetes';
import type { Infra, Node, Replica, Service } from '../../infra';

const UNREACHABLE = 'node.kubernetes.io/unreachable';
const MEMORY_PRESSURE = 'node.kubernetes.io/memory-pressure';
const PRESSURE_US = 300_000_000; // a pressure condition lasts until the signal has been well for five minutes

/** What all pods of a service with these requests share. The caller keeps it: the scheduler knows pods of one template by its parts. */
export function templateOf({ name, rules, quotaMillicores, memoryLimitBytes }: Service, cpuRequest: number, memoryRequestBytes: number): Omit<Pod, 'name'> {
  const { template, resources, hostPorts, image } = rules;
  const limits = { ...(quotaMillicores === null ? {} : { cpu: quotaMillicores }), ...(memoryLimitBytes === null ? {} : { memory: memoryLimitBytes }), ...resources };
  const container = { name, requests: { cpu: cpuRequest, memory: memoryRequestBytes, ...resources }, limits, ports: hostPorts.map((hostPort) => ({ hostPort })) };
  return { ...template, containers: [image === null ? container : { ...container, image: image.name }] };
}

/** Conditions become taints, as the node lifecycle controller sets them. */
export function taintsOf(node: Node, nowUs: number): readonly Taint[] {
  const unreachable = node.ready ? [] : [{ key: UNREACHABLE, effect: 'NoSchedule' }, { key: UNREACHABLE, effect: 'NoExecute' }];
  return [...node.taints, ...unreachable, ...(isPressed(node, nowUs) ? [{ key: MEMORY_PRESSURE, effect: 'NoSchedule' }] : [])];
}

export const isPressed = ({ memoryShortUs }: Node, nowUs: number) => memoryShortUs >= 0 && nowUs - memoryShortUs < PRESSURE_US;

/** Nodes the API server knows: those that are gone, or not there yet, are no nodes. */
export const isRegistered = ({ phase }: Node) => phase === 'up' || phase === 'down';

export function kubernetesNode(infra: Infra, node: Node, nowUs: number): KubernetesNode {
  return {
    name: node.name,
    labels: node.labels,
    taints: taintsOf(node, nowUs),
    unschedulable: node.cordoned,
    allocatable: { cpu: node.allocatableMillicores, memory: node.allocatableBytes, pods: node.podsMax, ...node.resources },
    images: node.images.map((name) => ({ names: [name], sizeBytes: imageBytes(infra, name) })),
  };
}

const imageBytes = ({ services }: Infra, name: string) => services.find(({ rules }) => rules.image?.name === name)?.rules.image?.bytes ?? 0;

/** Admission tolerates memory pressure for every pod that asks for anything. */
export const admitted = (template: Omit<Pod, 'name'>): Omit<Pod, 'name'> => {
  const asks = template.containers.some(({ requests = {}, limits = {} }) => [requests, limits].some(({ cpu = 0, memory = 0 }) => cpu > 0 || memory > 0));
  return asks ? { ...template, tolerations: [...(template.tolerations ?? []), { key: MEMORY_PRESSURE, operator: 'Exists', effect: 'NoSchedule' }] } : template;
};

export const isTerminating = ({ phase }: Replica) => phase === 'draining';
