/** A service's rules, compiled: the pod template of the API, and times in microseconds. Pods are alike, so each has one container, named after the service. */
import { mebibytes, seconds } from '@/engine/kernel';
import type { ServiceSpec } from '../../../system-spec';
import type { Affinity, NodeAffinity, NodeSelectorTerm, Pod, Toleration } from '../../kubernetes';
import { GRACE_SECONDS, PROBE_DEFAULTS, type BudgetSpec, type IntOrPercent, type ProbeSpec } from '../../kubernetes';
import type { HpaSpec, ProbeRuleSpec, TolerationSpec, VpaSpec } from '../spec';
import { scalingState, type ScalingState } from './scaling-state';

export type PodTemplate = Omit<Pod, 'name' | 'containers' | 'terminating' | 'nodeName' | 'nominatedNodeName'>;
export type Probes = { readonly startup: ProbeSpec | null; readonly readiness: ProbeSpec | null; readonly liveness: ProbeSpec | null };

export type ServiceRules = {
  readonly template: PodTemplate;
  readonly resources: Readonly<Record<string, number>>;
  readonly hostPorts: readonly number[];
  readonly image: { readonly name: string; readonly bytes: number } | null;
  readonly graceUs: number;
  readonly preStopUs: number;
  /** How long a node that is NotReady is borne; null: as the cluster says; Infinity: for ever. */
  readonly notReadyUs: number | null;
  readonly probes: Probes;
  readonly rollout: { readonly recreate: boolean; readonly maxSurge: IntOrPercent; readonly maxUnavailable: IntOrPercent; readonly minReadyUs: number };
  readonly budget: BudgetSpec | null;
  readonly hpa: HpaSpec | null;
  readonly vpa: VpaSpec | null;
  /** One pod on every node it may run on. */
  readonly daemon?: true;
  /** Of the pods that are made now. */
  cpuRequest: number;
  memoryRequestBytes: number;
  revision: number;
  /** A rollout is on its way. */
  rolling: boolean;
  /** Requests served before the running window, for metrics per pod. */
  servedBefore: number;
  scaling: ScalingState;
};

const DEFAULT_ROLLOUT = '25%'; // upstream's maxSurge and maxUnavailable of a Deployment
const HOSTNAME = 'kubernetes.io/hostname';
const NOT_READY_TAINTS = ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable'];

export function serviceRules(spec: ServiceSpec, cpuRequest: number): ServiceRules {
  const { pod = {}, rollout = {} } = spec;
  const probe = (rule: ProbeRuleSpec | undefined): ProbeSpec | null => (rule === undefined ? null : { ...PROBE_DEFAULTS, ...withoutGaps(rule) });
  return {
    template: templateOf(spec),
    resources: pod.resources ?? {},
    hostPorts: pod.hostPorts ?? [],
    image: pod.image === undefined ? null : { name: pod.image.name, bytes: mebibytes(pod.image.mib) },
    graceUs: seconds(pod.terminationGraceSeconds ?? GRACE_SECONDS),
    preStopUs: seconds(pod.preStopSeconds ?? 0),
    notReadyUs: spec.daemon === true ? Infinity : toleranceOf(pod.tolerations ?? []),
    probes: { startup: probe(pod.probes?.startup), readiness: probe(pod.probes?.readiness), liveness: probe(pod.probes?.liveness) },
    rollout: { recreate: rollout.strategy === 'Recreate', maxSurge: rollout.maxSurge ?? DEFAULT_ROLLOUT, maxUnavailable: rollout.maxUnavailable ?? DEFAULT_ROLLOUT, minReadyUs: seconds(rollout.minReadySeconds ?? 0) },
    budget: spec.disruptionBudget === undefined ? null : withoutGaps(spec.disruptionBudget),
    hpa: spec.autoscaler ?? null,
    vpa: spec.verticalAutoscaler ?? null,
    ...(spec.daemon === true ? { daemon: true as const } : {}),
    cpuRequest,
    memoryRequestBytes: mebibytes(pod.memoryRequestMib ?? spec.memoryMib),
    revision: 1,
    rolling: false,
    servedBefore: 0,
    scaling: scalingState(spec),
  };
}

/** Members that are undefined would hide a default when spread. */
function withoutGaps<T extends object>(value: T): T {
  const kept = { ...value };
  for (const key of Object.keys(kept) as (keyof T)[]) if (kept[key] === undefined) delete kept[key];
  return kept;
}

/** A daemon's pods keep away from each other, and the controller lets them tolerate every condition of a node. */
const DAEMON_TOLERATIONS: readonly Toleration[] = [
  ...NOT_READY_TAINTS.map((key): Toleration => ({ key, operator: 'Exists', effect: 'NoExecute' })),
  ...['disk-pressure', 'memory-pressure', 'pid-pressure', 'unschedulable', 'network-unavailable'].map((what): Toleration => ({ key: `node.kubernetes.io/${what}`, operator: 'Exists', effect: 'NoSchedule' })),
  { key: 'node.kubernetes.io/unreachable', operator: 'Exists', effect: 'NoSchedule' },
];

function oneToANode(name: string, affinity: Affinity): Affinity {
  const required = affinity.podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? [];
  const apart = { labelSelector: { matchLabels: { app: name } }, topologyKey: HOSTNAME };
  return { ...affinity, podAntiAffinity: { ...affinity.podAntiAffinity, requiredDuringSchedulingIgnoredDuringExecution: [...required, apart] } };
}

function templateOf({ name, nodes, daemon = false, pod = {} }: ServiceSpec): PodTemplate {
  const affinity = daemon ? oneToANode(name, pod.affinity ?? {}) : pod.affinity;
  return withoutGaps<PodTemplate>({
    namespace: 'default',
    labels: { app: name, ...pod.labels },
    priority: pod.priority ?? 0,
    preemptionPolicy: pod.preempts === false ? 'Never' : 'PreemptLowerPriority',
    owner: { kind: daemon ? 'DaemonSet' : 'ReplicaSet', name },
    nodeSelector: pod.nodeSelector ?? {},
    affinity: nodes === undefined ? (affinity ?? null) : pinned(affinity ?? {}, nodes),
    tolerations: [...(pod.tolerations ?? []), ...(daemon ? DAEMON_TOLERATIONS : [])].map(({ tolerationSeconds: _, ...toleration }: TolerationSpec): Toleration => withoutGaps(toleration)),
    topologySpreadConstraints: pod.topologySpread ?? [],
    claims: pod.volumes ?? [],
  });
}

/** The service's `nodes`, as a required affinity to their host names, within every term there is already. */
function pinned(affinity: Affinity, nodes: readonly string[]): Affinity {
  const onThese: NodeSelectorTerm = { matchExpressions: [{ key: HOSTNAME, operator: 'In', values: nodes }] };
  const terms = affinity.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? [{}];
  const nodeAffinity: NodeAffinity = {
    ...affinity.nodeAffinity,
    requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: terms.map((term) => ({ ...term, matchExpressions: [...(term.matchExpressions ?? []), ...onThese.matchExpressions!] })) },
  };
  return { ...affinity, nodeAffinity };
}

/** The shortest time among the tolerations that speak of a node that is not ready. */
function toleranceOf(tolerations: readonly TolerationSpec[]): number | null {
  const meant = tolerations.filter(({ key, effect }) => (key === undefined || NOT_READY_TAINTS.includes(key)) && (effect === undefined || effect === 'NoExecute'));
  if (meant.length === 0) return null;
  return meant.reduce((least, { tolerationSeconds }) => Math.min(least, tolerationSeconds === undefined ? Infinity : seconds(tolerationSeconds)), Infinity);
}
