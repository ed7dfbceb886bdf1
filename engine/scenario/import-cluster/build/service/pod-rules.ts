/** What a workload asks of the scheduler and of the kubelet, as rules of a service of the running world. */
import { kubernetes, type ServiceSpec } from '@/engine/twin';
import type { ImportedWorkload } from '../../cluster-import';

type PodRules = NonNullable<ServiceSpec['pod']>;

const MIB = 1_048_576;
const TEXT_MAX = 200;
const OPERATORS = ['Equal', 'Exists'] as const;
const EFFECTS = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'] as const;
const ACTIONS = ['DoNotSchedule', 'ScheduleAnyway'];
const IMAGE_NAME_MAX = 500;
const IMAGE_MIB_MAX = 1_000_000;
const PRIORITY_MAX = 2_147_483_647;
/** Requests of these have fields of their own; the rest are devices and the like. */
const OWN_FIELDS = new Set(['cpu', 'memory', 'pods']);

const short = (text: string | undefined): text is string => text !== undefined && text !== '' && text.length <= TEXT_MAX;
const given = <T extends readonly unknown[] | object>(value: T): T | undefined => ((Array.isArray(value) ? value.length : Object.keys(value).length) === 0 ? undefined : value);

export function podRules(workload: ImportedWorkload, volumes: readonly string[], imageMib: ReadonlyMap<string, number>): PodRules {
  const { template, life } = workload;
  const { priority, affinity } = template;
  const requests = kubernetes.podRequests(template);
  const devices = Object.keys(requests).filter((name) => !OWN_FIELDS.has(name) && Number.isSafeInteger(requests[name]) && requests[name]! <= 1e15);
  const ports = template.containers.flatMap((container) => (container.ports ?? []).flatMap(({ hostPort = 0 }) => (Number.isInteger(hostPort) && hostPort >= 1 && hostPort <= 65_535 ? [hostPort] : [])));
  const rules: PodRules = {
    labels: given(template.labels),
    nodeSelector: given(template.nodeSelector ?? {}),
    affinity: affinityOf(affinity ?? {}),
    tolerations: given((template.tolerations ?? []).slice(0, 100).map(tolerationOf)),
    topologySpread: given((template.topologySpreadConstraints ?? []).filter(isSpread).slice(0, 20)),
    priority: priority === undefined || priority === 0 || Math.abs(priority) > PRIORITY_MAX ? undefined : priority,
    preempts: template.preemptionPolicy === 'Never' ? false : undefined,
    hostPorts: given([...new Set(ports)].slice(0, 100)),
    resources: given(Object.fromEntries(devices.map((name) => [name, requests[name]!]))),
    memoryRequestMib: Math.min(10_000_000, Math.ceil((requests['memory'] ?? 0) / MIB)),
    volumes: given(volumes.slice(0, 100)),
    image: imageOf(template, imageMib),
    terminationGraceSeconds: life?.graceSeconds,
    preStopSeconds: life === null || life.preStopSeconds === 0 ? undefined : life.preStopSeconds,
    probes: life === null ? undefined : given({ ...(life.startup === null ? {} : { startup: life.startup }), ...(life.readiness === null ? {} : { readiness: life.readiness }), ...(life.liveness === null ? {} : { liveness: life.liveness }) }),
  };
  return rules;
}

/** All images of a pod together, under the name of the first; undefined where a node does not know one's size. */
function imageOf({ containers }: kubernetes.Pod, imageMib: ReadonlyMap<string, number>): PodRules['image'] {
  const name = containers[0]?.image ?? '';
  const sizes = containers.map(({ image }) => imageMib.get(image ?? ''));
  if (name === '' || name.length > IMAGE_NAME_MAX || sizes.includes(undefined)) return undefined;
  return { name, mib: Math.min(IMAGE_MIB_MAX, sizes.reduce<number>((sum, mib) => sum + (mib ?? 0), 0)) };
}

/** Null members say nothing; without them the file is easier to read. */
function affinityOf(affinity: kubernetes.Affinity): kubernetes.Affinity | undefined {
  const parts = (['nodeAffinity', 'podAffinity', 'podAntiAffinity'] as const).flatMap((name) => (affinity[name] === null || affinity[name] === undefined ? [] : [[name, affinity[name]] as const]));
  return parts.length === 0 ? undefined : (Object.fromEntries(parts) as kubernetes.Affinity);
}

function tolerationOf({ key, operator, value, effect }: kubernetes.Toleration): kubernetes.Toleration {
  return {
    ...(short(key) ? { key } : {}),
    ...(OPERATORS.some((each) => each === operator) ? { operator } : {}),
    ...(short(value) ? { value } : {}),
    ...(EFFECTS.some((each) => each === effect) ? { effect } : {}),
  };
}

const isSpread = ({ maxSkew, topologyKey, whenUnsatisfiable }: kubernetes.TopologySpreadConstraint) => maxSkew >= 1 && maxSkew <= 1_000_000 && short(topologyKey) && ACTIONS.includes(whenUnsatisfiable);
