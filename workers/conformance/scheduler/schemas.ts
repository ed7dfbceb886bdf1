/** The words of scheduler facts: pods, nodes and objects in their short form (cpu_m, mem, ns, prio …). */
import { z } from 'zod';

const integer = z.number();
export const resources = z.strictObject({
  cpu_m: integer.optional(),
  mem: integer.optional(),
  eph: integer.optional(),
  pods: integer.optional(),
  ext: z.record(z.string(), integer).optional(),
});
export type FactResources = z.output<typeof resources>;

const labels = z.record(z.string(), z.string());
const requirement = z.strictObject({ key: z.string(), operator: z.string(), values: z.array(z.string()).nullish() });
const labelSelector = z.strictObject({ matchLabels: labels.nullish(), matchExpressions: z.array(requirement).nullish() });
const nodeTerm = z.strictObject({ matchExpressions: z.array(requirement).nullish(), matchFields: z.array(requirement).nullish() });
export const nodeAffinity = z.strictObject({
  requiredDuringSchedulingIgnoredDuringExecution: z.strictObject({ nodeSelectorTerms: z.array(nodeTerm).nullish() }).nullish(),
  preferredDuringSchedulingIgnoredDuringExecution: z.array(z.strictObject({ weight: integer, preference: nodeTerm })).nullish(),
});
const podTerm = z.strictObject({
  labelSelector: labelSelector.nullish(),
  namespaceSelector: labelSelector.nullish(),
  namespaces: z.array(z.string()).nullish(),
  topologyKey: z.string().default(''),
  matchLabelKeys: z.array(z.string()).nullish(),
  mismatchLabelKeys: z.array(z.string()).nullish(),
});
const podAffinity = z.strictObject({
  requiredDuringSchedulingIgnoredDuringExecution: z.array(podTerm).nullish(),
  preferredDuringSchedulingIgnoredDuringExecution: z.array(z.strictObject({ weight: integer, podAffinityTerm: podTerm })).nullish(),
});
export const spreadConstraint = z.strictObject({
  maxSkew: integer,
  topologyKey: z.string(),
  whenUnsatisfiable: z.string(),
  labelSelector: labelSelector.nullish(),
  minDomains: integer.nullish(),
  matchLabelKeys: z.array(z.string()).nullish(),
  nodeAffinityPolicy: z.string().nullish(),
  nodeTaintsPolicy: z.string().nullish(),
});
export const container = z.strictObject({
  name: z.string().optional(),
  image: z.string().optional(),
  req: resources.nullish(),
  lim: resources.nullish(),
  ports: z.array(z.strictObject({ hostIP: z.string().optional(), hostPort: integer.optional(), protocol: z.string().optional(), containerPort: integer.optional() })).nullish(),
  restartPolicy: z.string().nullish(),
});
const toleration = z.strictObject({ key: z.string().optional(), operator: z.string().optional(), value: z.string().optional(), effect: z.string().optional(), tolerationSeconds: integer.nullish() });

export const pod = z.strictObject({
  name: z.string().nullish(),
  ns: z.string().nullish(),
  labels: labels.nullish(),
  node: z.string().nullish(),
  wantNode: z.string().nullish(),
  prio: integer.nullish(),
  start: integer.nullish(),
  terminating: z.boolean().nullish(),
  preemption: z.string().nullish(),
  nominated: z.string().nullish(),
  containers: z.array(container).nullish(),
  init: z.array(container).nullish(),
  overhead: resources.nullish(),
  nodeSelector: labels.nullish(),
  affinity: z.strictObject({ nodeAffinity: nodeAffinity.nullish(), podAffinity: podAffinity.nullish(), podAntiAffinity: podAffinity.nullish() }).nullish(),
  tolerations: z.array(toleration).nullish(),
  spread: z.array(spreadConstraint).nullish(),
});
export type FactPod = z.output<typeof pod>;

export const node = z.strictObject({
  name: z.string(),
  labels: labels.nullish(),
  taints: z.array(z.strictObject({ key: z.string().default(''), value: z.string().optional(), effect: z.string().default('') })).nullish(),
  unschedulable: z.boolean().nullish(),
  alloc: resources.nullish(),
  images: z.array(z.strictObject({ names: z.array(z.string()), bytes: integer })).nullish(),
});
export type FactNode = z.output<typeof node>;

export const object = z.strictObject({
  kind: z.string(),
  name: z.string().nullish(),
  ns: z.string().nullish(),
  labels: labels.nullish(),
  selector: z.record(z.string(), z.unknown()).nullish(),
});
export type FactObject = z.output<typeof object>;

export const budget = z.strictObject({
  name: z.string().nullish(),
  ns: z.string().nullish(),
  labels: labels.nullish(),
  selector: labelSelector.nullish(),
  allowed: integer,
  alreadyDisrupted: z.array(z.string()).nullish(),
});

export const cluster = z.strictObject({
  pod,
  pods: z.array(pod).nullish(),
  nodes: z.array(node).default([]),
  infeasibleNodes: z.array(node).nullish(),
  objects: z.array(object).nullish(),
});
export type FactCluster = z.output<typeof cluster>;
