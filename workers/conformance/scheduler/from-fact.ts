/** Scheduler facts in the words of the engine. A key that is absent is not requested; 0 is a request for zero. */
import { kubernetes } from '@/engine/twin';
import type { z } from 'zod';
import type { budget, container, FactCluster, FactNode, FactObject, FactPod, FactResources } from './schemas';

export function resourceListOf(resources: FactResources | null | undefined, withPods: boolean): kubernetes.ResourceList {
  const { cpu_m, mem, eph, pods, ext = {} } = resources ?? {};
  return {
    ...(cpu_m === undefined ? {} : { cpu: cpu_m }),
    ...(mem === undefined ? {} : { memory: mem }),
    ...(eph === undefined ? {} : { 'ephemeral-storage': eph }),
    ...(pods === undefined || !withPods ? {} : { pods }),
    ...ext,
  };
}

export const containerOf = ({ image, req, lim, ports, restartPolicy }: z.output<typeof container>): kubernetes.Container => ({
  ...(image === undefined ? {} : { image }),
  requests: resourceListOf(req, false),
  limits: resourceListOf(lim, false),
  ports: ports ?? [],
  ...(restartPolicy === 'Always' ? { restartPolicy } : {}),
});

/** `nodeName` is where the pod runs; for an incoming pod, the node it names. */
function podWith(fact: FactPod, fallbackName: string, nodeName: string | null | undefined): kubernetes.Pod {
  return {
    name: fact.name ?? fallbackName,
    namespace: fact.ns ?? '',
    labels: fact.labels ?? {},
    ...(nodeName ? { nodeName } : {}),
    ...(fact.nominated ? { nominatedNodeName: fact.nominated } : {}),
    priority: fact.prio ?? 0,
    ...(fact.preemption ? { preemptionPolicy: fact.preemption } : {}),
    ...(typeof fact.start === 'number' ? { startTime: fact.start } : {}),
    terminating: fact.terminating ?? false,
    containers: (fact.containers ?? []).map(containerOf),
    initContainers: (fact.init ?? []).map(containerOf),
    overhead: resourceListOf(fact.overhead, false),
    nodeSelector: fact.nodeSelector ?? {},
    affinity: fact.affinity ?? null,
    tolerations: fact.tolerations ?? [],
    topologySpreadConstraints: fact.spread ?? [],
  };
}

export const incomingPodOf = (fact: FactPod) => podWith(fact, 'incoming', fact.wantNode);
const existingPodOf = (fact: FactPod, index: number) => podWith(fact, `pod-${index}`, fact.node);

const nodeOf = ({ name, labels, taints, unschedulable, alloc, images }: FactNode): kubernetes.Node => ({
  name,
  labels: labels ?? {},
  taints: taints ?? [],
  unschedulable: unschedulable ?? false,
  allocatable: resourceListOf(alloc, true),
  images: (images ?? []).map((image) => ({ names: image.names, sizeBytes: image.bytes })),
});

const namespacesOf = (objects: readonly FactObject[]) => new Map(objects.filter(({ kind }) => kind === 'Namespace').map(({ name, labels }) => [name ?? '', labels ?? {}]));

const isLabelMap = (selector: Readonly<Record<string, unknown>>): selector is Record<string, string> => Object.values(selector).every((value) => typeof value === 'string');

function selectorsOf(objects: readonly FactObject[]): readonly kubernetes.PodSelector[] {
  return objects.flatMap(({ kind, name, ns, selector }) => {
    if (kind === 'Namespace' || selector === null || selector === undefined) return [];
    const labelSelector: kubernetes.LabelSelector = isLabelMap(selector) ? { matchLabels: selector } : selector;
    return [{ kind, name: name ?? '', namespace: ns ?? '', selector: labelSelector }];
  });
}

/** The cluster of a fact; nodes that only count come after those that are asked about. */
export function clusterOf(fact: FactCluster): { readonly pod: kubernetes.Pod; readonly snapshot: kubernetes.Snapshot; readonly asked: readonly kubernetes.NodeInfo[] } {
  const objects = fact.objects ?? [];
  const nodes = [...fact.nodes, ...(fact.infeasibleNodes ?? [])];
  const unlisted = new Set((fact.pods ?? []).flatMap(({ node }) => (node ? [node] : [])).filter((name) => nodes.every((other) => other.name !== name)));
  const snapshot = kubernetes.snapshotOf({
    nodes: [...nodes, ...[...unlisted].map((name) => ({ name }))].map(nodeOf),
    pods: (fact.pods ?? []).map(existingPodOf),
    namespaces: namespacesOf(objects),
    selectors: selectorsOf(objects),
  });
  return { pod: incomingPodOf(fact.pod), snapshot, asked: snapshot.nodes.slice(0, fact.nodes.length) };
}

export const budgetOf = ({ name, ns, labels, selector, allowed, alreadyDisrupted }: z.output<typeof budget>): kubernetes.DisruptionBudget => ({
  name: name ?? '',
  namespace: ns ?? '',
  selector: selector ?? { matchLabels: labels ?? {} },
  disruptionsAllowed: allowed,
  disruptedPods: alreadyDisrupted ?? [],
});

/**
 * The rules a fact is judged by. Facts say on which releases they were verified; rules that came later (leaving best-effort
 * pods out of balanced allocation in 1.33, calling a node that is too small out for good in 1.34) are applied only to
 * facts that were verified with them.
 */
export function factRules(verified: unknown, version: kubernetes.KubernetesVersion): kubernetes.KubernetesRules {
  const releases = Array.isArray(verified) ? verified.filter((release) => typeof release === 'string') : [];
  const since = (minor: number) => releases.some((release) => Number(/^1\.(\d+)/.exec(release)?.[1] ?? 0) >= minor);
  const rules = kubernetes.rulesOf(version);
  return { ...rules, balancedSkipsBestEffort: rules.balancedSkipsBestEffort && since(33), oversizedIsFinal: rules.oversizedIsFinal && since(34) };
}
