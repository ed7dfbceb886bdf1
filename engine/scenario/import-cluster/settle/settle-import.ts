/** Everything found, fitted together: pods with workloads, claims with volumes, nodes where no file names any. */
import { kubernetes } from '@/engine/twin';
import type { ClusterImport, ImportedNode, ImportedWorkload } from '../cluster-import';
import type { Collected } from '../collected';
import type { FitCard } from '../fit-card/fit-card';
import { assume } from '../fit-card/ledger';
import { withApiDefaults } from './api-defaults';
import { assumedNodes } from './assumed-nodes';
import { compareText } from './compare-text';
import { settleWorkloads } from './settle-workloads';

export function settleImport(into: Collected, title: string, writeCard: (summary: string) => FitCard): ClusterImport {
  const settled = settleWorkloads(into).map((workload) => opened({ ...workload, reaches: servicesNamed(workload, into), template: withApiDefaults(workload.template) }, into));
  const named = [...into.nodes.values()].sort((x, y) => compareText(x.node.name, y.node.name));
  const nodes = named.length > 0 || settled.length === 0 ? named : assumedNodes(settled, into.ledger);
  const workloads = settled.map((workload) => (workload.replicasWanted < 0 ? { ...workload, replicasWanted: eligibleNodes(workload, nodes) } : workload));
  const pods = [...into.pods.values()].map(({ pod }) => withApiDefaults(pod)).sort((x, y) => compareText(x.namespace, y.namespace) || compareText(x.name, y.name));
  const homeless = pods.filter(({ nodeName }) => nodeName !== undefined && !into.nodes.has(nodeName)).length;
  assume(into.ledger, { what: 'Pods on nodes that are not in the files', value: 'the scheduler finds them a node', count: homeless, because: 'their nodes were not exported', instead: 'kubectl get nodes -o json' });
  return {
    title,
    nodes,
    groups: into.groups,
    workloads,
    pods,
    autoscalers: [...into.autoscalers.values()],
    budgets: [...into.budgets.values()],
    services: [...into.services.values()],
    volumes: boundVolumes(into),
    namespaces: into.namespaces,
    card: writeCard(summaryOf(nodes, workloads, pods.length, into)),
  };
}

/**
 * Of the words in an environment only those that name a Service are kept (`store`, `store.shop`,
 * `store.shop.svc.cluster.local`): what else stands there is nobody's business.
 */
function servicesNamed({ reaches, namespace }: ImportedWorkload, { services }: Collected): readonly string[] {
  const keys = reaches.flatMap((host) => {
    const [name = '', second = ''] = host.split('.');
    return [`${second}/${name}`, `${namespace}/${name}`].find((key) => services.has(key)) ?? [];
  });
  return [...new Set(keys)];
}

/** A Service open to the outside, or one that an Ingress leads to, opens the workloads it selects. */
function opened(workload: ImportedWorkload, { services, ingressed }: Collected): ImportedWorkload {
  const doors = [...services].filter(([key, service]) => service.namespace === workload.namespace && (service.published || ingressed.has(key)));
  return doors.some(([, { selector }]) => selectsPod(selector, workload.template)) ? { ...workload, published: true } : workload;
}

export const selectsPod = (selector: kubernetes.Labels | null, { labels }: kubernetes.Pod): boolean => selector !== null && Object.keys(selector).every((key) => kubernetes.labelOf(labels, key) === selector[key]);

/** One pod of a DaemonSet for each node it may go to. */
function eligibleNodes({ template }: ImportedWorkload, nodes: readonly ImportedNode[]): number {
  const matches = kubernetes.requiredNodeMatcher(template);
  return nodes.filter(({ node }) => matches(node) && kubernetes.untoleratedTaint(node.taints ?? [], template.tolerations ?? []) === undefined).length;
}

function boundVolumes({ boundTo, volumes }: Collected): ReadonlyMap<string, kubernetes.PersistentVolume> {
  return new Map([...boundTo].flatMap(([claim, name]) => {
    const volume = volumes.get(name);
    return volume === undefined ? [] : [[claim, volume] as const];
  }));
}

function summaryOf(nodes: readonly ImportedNode[], workloads: readonly ImportedWorkload[], pods: number, { autoscalers, budgets }: Collected): string {
  const many = (count: number, one: string, several = `${one}s`) => `${count} ${count === 1 ? one : several}`;
  const wanted = workloads.reduce((sum, { replicasWanted }) => sum + replicasWanted, 0);
  const parts = [many(nodes.length, 'node'), `${many(workloads.length, 'workload')} with ${many(pods > 0 ? pods : wanted, 'pod')}`];
  if (autoscalers.size > 0) parts.push(many(autoscalers.size, 'autoscaler'));
  if (budgets.size > 0) parts.push(many(budgets.size, 'disruption budget'));
  return parts.join(', ');
}
