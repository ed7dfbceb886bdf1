/**
 * The imported cluster as the scheduler sees it. Pods keep the nodes they are on; what only a manifest asks
 * for is placed by the scheduler itself, workload by workload. A pod that waits in the cluster waits here too,
 * with those that fit nowhere.
 */
import { randomStream } from '@/engine/kernel';
import { kubernetes } from '@/engine/twin';
import type { ClusterImport, ImportedWorkload } from '../../cluster-import';
import { CLUSTER_IMPORT_LIMITS } from '../../import-limits';

const PLACEMENT_SEED = 1;
/** As the node controller taints a node without a heartbeat. */
const NOT_READY: kubernetes.Taint = { key: 'node.kubernetes.io/not-ready', effect: 'NoSchedule' };

export type SchedulerState = {
  readonly spec: kubernetes.SnapshotSpec;
  /** Pods without a node, and those that only the twin gave one. */
  readonly waiting: readonly kubernetes.Pod[];
  readonly placedByTwin: number;
  /** Pods beyond `placedPodsMax`, of which there is nothing here but their number. */
  readonly leftOut: number;
};

export function schedulerState(cluster: ClusterImport): SchedulerState {
  const nodes = cluster.nodes.map(({ node, ready }) => (ready ? node : { ...node, taints: [...(node.taints ?? []), NOT_READY] }));
  const known = new Set(nodes.map(({ name }) => name));
  const selectors: readonly kubernetes.PodSelector[] = cluster.services.flatMap(({ namespace, name, selector }) => (selector === null ? [] : [{ kind: 'Service', name, namespace, selector: { matchLabels: selector } }]));
  const running = cluster.pods.filter(({ nodeName }) => nodeName !== undefined && known.has(nodeName));
  const base = { nodes, namespaces: cluster.namespaces, selectors, volumes: cluster.volumes };
  const scheduler = kubernetes.fastScheduler({ ...base, pods: running });
  const random = randomStream(PLACEMENT_SEED, 'import-placement');
  const placed: kubernetes.Pod[] = [];
  const waiting = cluster.pods.filter(({ nodeName }) => nodeName === undefined);
  const toPlace = podsToPlace(cluster, known);
  for (const pod of toPlace) {
    const { nodeName: _, ...free } = pod;
    const node = kubernetes.placePod(scheduler, free, random);
    if (node < 0) waiting.push(free);
    else placed.push({ ...free, nodeName: nodes[node]!.name });
  }
  return { spec: { ...base, pods: [...running, ...placed, ...waiting] }, waiting, placedByTwin: placed.length, leftOut: missingPods(cluster) - toPlace.filter(({ nodeName }) => nodeName === undefined).length };
}

/** Pods whose node was not exported, and those of workloads of which no pods were read. */
function podsToPlace(cluster: ClusterImport, known: ReadonlySet<string>): readonly kubernetes.Pod[] {
  const homeless = cluster.pods.filter(({ nodeName }) => nodeName !== undefined && !known.has(nodeName));
  const missing: kubernetes.Pod[] = [];
  for (const workload of cluster.workloads) if (isWithoutPods(workload)) missing.push(...podsOf(workload, CLUSTER_IMPORT_LIMITS.placedPodsMax - missing.length));
  return [...homeless, ...missing];
}

const isWithoutPods = ({ podsFound, planned }: ImportedWorkload) => podsFound === null || (podsFound === 0 && planned);
const missingPods = ({ workloads }: ClusterImport) => workloads.reduce((sum, workload) => sum + (isWithoutPods(workload) ? workload.replicasWanted : 0), 0);

function podsOf({ template, replicasWanted }: ImportedWorkload, most: number): readonly kubernetes.Pod[] {
  return Array.from({ length: Math.min(replicasWanted, most) }, (_, i) => ({ ...template, name: `${template.name}-${i + 1}` }));
}

export type ImportedExplanation = { readonly pod: string; readonly node: string | null; readonly explanation: kubernetes.PlacementExplanation };

/** Why a pod is where it is, or why it waits; null when there is no pod `namespace/name`. */
export function explainImported(cluster: ClusterImport, name: string): ImportedExplanation | null {
  const { spec } = schedulerState(cluster);
  const pod = spec.pods.find((each) => `${each.namespace}/${each.name}` === name || each.name === name);
  if (pod === undefined) return null;
  const { nodeName, nominatedNodeName: _, ...free } = pod;
  const snapshot = kubernetes.snapshotOf({ ...spec, pods: spec.pods.filter((each) => each !== pod) });
  return { pod: `${pod.namespace}/${pod.name}`, node: nodeName ?? null, explanation: kubernetes.explainPlacement(free, snapshot, kubernetes.defaultProfile(), nodeName ?? null) };
}
