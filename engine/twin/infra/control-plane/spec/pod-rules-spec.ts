/**
 * What a service asks of the cluster for its pods: where they may run, how important they are, how they start, stop and
 * are replaced. Affinity and spread constraints keep the field names of the Kubernetes API. Requests and limits of CPU
 * and memory are fields of the service itself (`quotaMillicores` and `memoryLimitMib` are the limits); the quality of
 * service follows from them.
 */
import { has, member, note, onlyKeys, optional, readChoice, readFlag, readList, readNumber, readText, type SpecReader } from '../../../spec-reader';
import type { Labels } from '../../kubernetes/api/labels';
import { readAffinity, readSpreadConstraint } from '../../kubernetes/api/manifest/read-affinity';
import type { Affinity, ResourceList, Toleration, TopologySpreadConstraint } from '../../kubernetes/api/pod';
import type { BudgetSpec } from '../../kubernetes/node/disruption-budget';
import type { IntOrPercent } from '../../kubernetes/node/rolling-update';
import { readLabels, readPieces } from './node-rules-spec';

/** `tolerationSeconds`: how long a NoExecute taint is borne; absent: for ever. */
export type TolerationSpec = Toleration & { readonly tolerationSeconds?: number };

export type ProbeRuleSpec = { readonly initialDelaySeconds?: number; readonly periodSeconds?: number; readonly timeoutSeconds?: number; readonly failureThreshold?: number; readonly successThreshold?: number };
export type ProbesSpec = { readonly startup?: ProbeRuleSpec; readonly readiness?: ProbeRuleSpec; readonly liveness?: ProbeRuleSpec };

export type PodRulesSpec = {
  /** Beside `app: NAME OF THE SERVICE`. */
  readonly labels?: Labels;
  readonly nodeSelector?: Labels;
  readonly affinity?: Affinity;
  readonly tolerations?: readonly TolerationSpec[];
  readonly topologySpread?: readonly TopologySpreadConstraint[];
  readonly priority?: number;
  /** Whether its pods may push out less important ones, default true. */
  readonly preempts?: boolean;
  readonly hostPorts?: readonly number[];
  /** Devices and other resources by name, in pieces. */
  readonly resources?: ResourceList;
  /** Memory asked for, where it is not what a pod uses (`memoryMib`). */
  readonly memoryRequestMib?: number;
  /** Names of volumes of the cluster that its pods mount. */
  readonly volumes?: readonly string[];
  readonly image?: { readonly name: string; readonly mib: number };
  /** From the order to stop until the process is killed, preStop included; default 30. */
  readonly terminationGraceSeconds?: number;
  /** Sleeps before the process is asked to stop; until then it takes requests. */
  readonly preStopSeconds?: number;
  readonly probes?: ProbesSpec;
};

export type RolloutSpec = { readonly strategy?: 'RollingUpdate' | 'Recreate'; readonly maxSurge?: IntOrPercent; readonly maxUnavailable?: IntOrPercent; readonly minReadySeconds?: number };
export type DisruptionBudgetSpec = BudgetSpec;

const POD_KEYS = ['labels', 'nodeSelector', 'affinity', 'tolerations', 'topologySpread', 'priority', 'preempts', 'hostPorts', 'resources', 'memoryRequestMib', 'volumes', 'image', 'terminationGraceSeconds', 'preStopSeconds', 'probes'];

export function readPodRules(at: SpecReader): PodRulesSpec {
  onlyKeys(at, POD_KEYS);
  return {
    labels: optional(at, 'labels', readLabels),
    nodeSelector: optional(at, 'nodeSelector', readLabels),
    affinity: optional(at, 'affinity', (m) => {
      onlyKeys(m, ['nodeAffinity', 'podAffinity', 'podAntiAffinity']);
      return readAffinity(m) ?? {};
    }),
    tolerations: optional(at, 'tolerations', (m) => readList(m, readToleration, { max: 100 })),
    topologySpread: optional(at, 'topologySpread', (m) => readList(m, readSpread, { max: 20 })),
    priority: optional(at, 'priority', (m) => readNumber(m, { min: -2_147_483_648, max: 2_147_483_647, integer: true })),
    preempts: optional(at, 'preempts', readFlag),
    hostPorts: optional(at, 'hostPorts', (m) => readList(m, (port) => readNumber(port, { min: 1, max: 65_535, integer: true }), { max: 100 })),
    resources: optional(at, 'resources', readPieces),
    memoryRequestMib: optional(at, 'memoryRequestMib', (m) => readNumber(m, { min: 0, max: 10_000_000 })),
    volumes: optional(at, 'volumes', (m) => readList(m, (name) => readText(name), { max: 100 })),
    image: optional(at, 'image', (m) => {
      onlyKeys(m, ['name', 'mib']);
      return { name: readText(member(m, 'name'), 500), mib: readNumber(member(m, 'mib'), { min: 0, max: 1_000_000 }) };
    }),
    terminationGraceSeconds: optional(at, 'terminationGraceSeconds', (m) => readNumber(m, { min: 0, max: 86_400 })),
    preStopSeconds: optional(at, 'preStopSeconds', (m) => readNumber(m, { min: 0, max: 86_400 })),
    probes: optional(at, 'probes', (m) => {
      onlyKeys(m, ['startup', 'readiness', 'liveness']);
      return { startup: optional(m, 'startup', readProbe), readiness: optional(m, 'readiness', readProbe), liveness: optional(m, 'liveness', readProbe) };
    }),
  };
}

function readToleration(at: SpecReader): TolerationSpec {
  onlyKeys(at, ['key', 'operator', 'value', 'effect', 'tolerationSeconds']);
  return {
    key: optional(at, 'key', readText),
    operator: optional(at, 'operator', (m) => readChoice(m, ['Equal', 'Exists'])),
    value: optional(at, 'value', readText),
    effect: optional(at, 'effect', (m) => readChoice(m, ['NoSchedule', 'PreferNoSchedule', 'NoExecute'])),
    tolerationSeconds: optional(at, 'tolerationSeconds', (m) => readNumber(m, { min: 0, max: 31_536_000 })),
  };
}

function readSpread(at: SpecReader): TopologySpreadConstraint {
  onlyKeys(at, ['maxSkew', 'topologyKey', 'whenUnsatisfiable', 'labelSelector', 'minDomains', 'matchLabelKeys', 'nodeAffinityPolicy', 'nodeTaintsPolicy']);
  readNumber(member(at, 'maxSkew'), { min: 1, max: 1_000_000, integer: true });
  readText(member(at, 'topologyKey'));
  readChoice(member(at, 'whenUnsatisfiable'), ['DoNotSchedule', 'ScheduleAnyway']);
  return readSpreadConstraint({ ...at, issues: [] }); // its numbers and texts were judged above, with advice
}

function readProbe(at: SpecReader): ProbeRuleSpec {
  onlyKeys(at, ['initialDelaySeconds', 'periodSeconds', 'timeoutSeconds', 'failureThreshold', 'successThreshold']);
  const whole = (key: keyof ProbeRuleSpec, min: number) => optional(at, key, (m) => readNumber(m, { min, max: 86_400, integer: true }));
  return { initialDelaySeconds: whole('initialDelaySeconds', 0), periodSeconds: whole('periodSeconds', 1), timeoutSeconds: whole('timeoutSeconds', 1), failureThreshold: whole('failureThreshold', 1), successThreshold: whole('successThreshold', 1) };
}

export function readRollout(at: SpecReader): RolloutSpec {
  onlyKeys(at, ['strategy', 'maxSurge', 'maxUnavailable', 'minReadySeconds']);
  return {
    strategy: optional(at, 'strategy', (m) => readChoice(m, ['RollingUpdate', 'Recreate'])),
    maxSurge: optional(at, 'maxSurge', readCountOrShare),
    maxUnavailable: optional(at, 'maxUnavailable', readCountOrShare),
    minReadySeconds: optional(at, 'minReadySeconds', (m) => readNumber(m, { min: 0, max: 86_400 })),
  };
}

export function readDisruptionBudget(at: SpecReader): DisruptionBudgetSpec {
  onlyKeys(at, ['minAvailable', 'maxUnavailable', 'unhealthyPodEvictionPolicy']);
  if (has(at, 'minAvailable') === has(at, 'maxUnavailable')) note(at, 'wrong-type', 'a budget has either minAvailable or maxUnavailable', 'keep one of the two');
  return {
    minAvailable: optional(at, 'minAvailable', readCountOrShare),
    maxUnavailable: optional(at, 'maxUnavailable', readCountOrShare),
    unhealthyPodEvictionPolicy: optional(at, 'unhealthyPodEvictionPolicy', (m) => readChoice(m, ['IfHealthyBudget', 'AlwaysAllow'])),
  };
}

/** 3 or "25%". */
export function readCountOrShare(at: SpecReader): IntOrPercent {
  if (typeof at.value === 'string' && /^\d{1,3}%$/.test(at.value)) return at.value;
  if (typeof at.value === 'string') note(at, 'not-parsable', `"${at.value.slice(0, 40)}" is neither a number nor a percentage`, 'write 1 or "25%"');
  else return readNumber(at, { min: 0, max: 10_000, integer: true });
  return 0;
}
