/** Workloads with the pods they have: how many, how long they took to start, what they use. */
import { compareText } from './compare-text';
import type { kubernetes } from '@/engine/twin';
import type { ImportedWorkload, MeasuredUse } from '../cluster-import';
import { workloadKey, type Collected, type FoundPod, type FoundWorkload } from '../collected';
import { assume } from '../fit-card/ledger';
import { rootOwner, workloadKindOf } from './root-owner';

const SYSTEM_PRIORITIES: ReadonlyMap<string, number> = new Map([['system-cluster-critical', 2_000_000_000], ['system-node-critical', 2_000_001_000]]);

export function settleWorkloads(collected: Collected): readonly ImportedWorkload[] {
  const podsOf = new Map<string, FoundPod[]>();
  const known = new Map(collected.workloads);
  let guessed = 0;
  for (const found of collected.pods.values()) {
    const { kind, name } = rootOwner(found, collected);
    const key = workloadKey(workloadKindOf(kind), found.pod.namespace, name);
    if (!known.has(key)) {
      known.set(key, workloadOfPod(found, workloadKindOf(kind), name));
      if (found.pod.owner !== undefined) guessed += 1;
    }
    const pods = podsOf.get(key);
    if (pods === undefined) podsOf.set(key, [found]);
    else pods.push(found);
  }
  assume(collected.ledger, { what: 'Workloads known only by their pods', value: 'the template is that of the first pod', count: guessed, because: 'their Deployment, StatefulSet or other owner is not in the files', instead: 'kubectl get deploy,sts,ds,rs -A -o json' });
  const settled = [...known].flatMap(([key, workload]) => (isRevision(workload, known) ? [] : [settle(workload, podsOf.get(key) ?? [], collected)]));
  return settled.sort((x, y) => compareText(x.namespace, y.namespace) || compareText(x.name, y.name) || compareText(x.kind, y.kind));
}

/** A ReplicaSet whose Deployment is there is one of its revisions, no workload of its own. So is a Job nothing runs of. */
const isRevision = ({ owner, namespace, kind, replicas }: FoundWorkload, known: ReadonlyMap<string, FoundWorkload>) => (owner !== null && known.has(workloadKey(owner.kind, namespace, owner.name))) || (kind === 'Job' && replicas === 0) || (kind === 'ReplicaSet' && owner !== null && replicas === 0);

/** A pod as the next of its kind: without the node it runs on, and without the one its DaemonSet made it for. */
function asTemplate(pod: kubernetes.Pod, name: string): kubernetes.Pod {
  const { nodeName: _node, nominatedNodeName: _nominated, startTime: _start, ...free } = pod;
  const node = pod.owner?.kind === 'DaemonSet' ? pod.affinity?.nodeAffinity : undefined;
  const affinity = node === undefined || node === null ? pod.affinity : { ...pod.affinity, nodeAffinity: { ...node, requiredDuringSchedulingIgnoredDuringExecution: null } };
  return { ...free, affinity, name, terminating: false };
}

/** Labels that each pod has for itself alone. */
const OWN_LABELS = ['apps.kubernetes.io/pod-index', 'statefulset.kubernetes.io/pod-name', 'batch.kubernetes.io/job-completion-index'];
const sharedLabels = (labels: kubernetes.Labels): kubernetes.Labels => Object.fromEntries(Object.keys(labels).filter((key) => !OWN_LABELS.includes(key)).map((key) => [key, labels[key]!]));

const workloadOfPod = ({ pod, reaches, life }: FoundPod, kind: FoundWorkload['kind'], name: string): FoundWorkload => ({ kind, namespace: pod.namespace, name, owner: null, planned: false, replicas: -1, template: asTemplate(pod, name), priorityClass: '', reaches, published: false, rollout: null, life, readinessDelaySeconds: 0 });

function settle(workload: FoundWorkload, pods: readonly FoundPod[], collected: Collected): ImportedWorkload {
  const { kind, namespace, name, replicas, reaches, published, rollout, life, readinessDelaySeconds } = workload;
  const alive = pods.filter(({ pod }) => pod.terminating !== true);
  const sample = alive[0]?.pod ?? pods[0]?.pod;
  return {
    kind,
    namespace,
    name,
    planned: workload.planned,
    replicasWanted: replicas >= 0 ? replicas : kind === 'DaemonSet' && pods.length === 0 ? -1 : alive.length,
    podsFound: collected.pods.size === 0 ? null : alive.length,
    standsOn: alive.map(({ pod }) => (pod.nodeName === undefined || pod.nodeName === '' ? null : pod.nodeName)),
    template: { ...workload.template, labels: sharedLabels(sample === undefined ? workload.template.labels : sample.labels), owner: sample?.owner ?? { kind, name }, priority: workload.template.priority ?? sample?.priority ?? priorityOf(workload, collected) },
    reaches: [...new Set([...reaches, ...(sample === undefined ? [] : (alive[0] ?? pods[0])!.reaches)])],
    published,
    rollout,
    life,
    readinessDelaySeconds,
    startSeconds: medianStart(alive),
    use: useOf(alive, collected),
  };
}

const priorityOf = ({ priorityClass }: FoundWorkload, { priorities, globalPriority }: Collected) => priorities.get(priorityClass) ?? SYSTEM_PRIORITIES.get(priorityClass) ?? globalPriority;

function medianStart(pods: readonly FoundPod[]): ImportedWorkload['startSeconds'] {
  const seconds = pods.flatMap(({ startSeconds }) => startSeconds ?? []).sort((x, y) => x - y);
  return seconds.length === 0 ? null : { median: seconds[seconds.length >> 1]!, pods: seconds.length };
}

function useOf(pods: readonly FoundPod[], { use }: Collected): MeasuredUse | null {
  const measured = pods.flatMap(({ pod }) => use.get(`${pod.namespace}/${pod.name}`) ?? []);
  if (measured.length === 0) return null;
  return measured.reduce((sum, each) => ({ cpuMillicores: sum.cpuMillicores + each.cpuMillicores, memoryBytes: sum.memoryBytes + each.memoryBytes, pods: sum.pods + each.pods }), { cpuMillicores: 0, memoryBytes: 0, pods: 0 });
}
