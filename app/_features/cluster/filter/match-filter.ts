/**
 * Which nodes and pods a filter means. Terms about nodes hold for a pod when they hold for its node, so a pod without a
 * node meets none of them. Terms about pods mean pods. Plain words mean nodes and pods alike.
 */
import type { cluster } from '@/engine/twin';
import { isOfNodes, isOfPods, type Comparison, type FilterTerm, type NumberField } from './filter-term';
import { markContaining, markNamed, nameIndex, type NameIndex } from './name-index';
import { podSuffix } from './pod-name';

export type FilterIndex = { readonly nodes: NameIndex; readonly labels: NameIndex | null; readonly workloads: NameIndex; readonly zones: NameIndex; readonly pools: NameIndex; readonly pods: NameIndex | null };

export type Matches = {
  /** 1: the node itself is meant; 2: a pod on it is. */
  readonly nodes: Uint8Array;
  readonly pods: Uint8Array;
  readonly nodeCount: number;
  readonly podCount: number;
};

export function filterIndex(shape: cluster.ClusterShape, podNames: readonly string[] | null): FilterIndex {
  return {
    nodes: nameIndex(shape.nodes.name),
    labels: shape.nodes.labels === null ? null : nameIndex(shape.nodes.labels),
    workloads: nameIndex(shape.workloads),
    zones: nameIndex(shape.zones),
    pools: nameIndex(shape.pools),
    pods: podNames === null ? null : nameIndex(podNames),
  };
}

/** Null when nothing is asked. */
export function matchFilter(picture: cluster.ClusterPicture, index: FilterIndex, terms: readonly FilterTerm[]): Matches | null {
  if (terms.length === 0) return null;
  const { nodes, pods } = picture.moment;
  const nodeOk = present(nodes.state);
  const podOk = present(pods.state);
  const nodeTerms = terms.filter(isOfNodes);
  const podTerms = terms.filter(isOfPods);
  const words = terms.filter((term) => term.kind === 'text');
  for (const term of nodeTerms) keep(nodeOk, nodeFlags(picture, index, term), term.not);
  for (const term of podTerms) keep(podOk, podFlags(picture, index, term), term.not);
  if (nodeTerms.length > 0) for (let pod = 0; pod < pods.count; pod += 1) if (pods.node[pod]! < 0 || nodeOk[pods.node[pod]!] === 0) podOk[pod] = 0;
  for (const term of words) {
    keep(nodeOk, nodeTextFlags(picture, index, term.value), term.not);
    keep(podOk, podTextFlags(picture, index, term.value), term.not);
  }
  if (podTerms.length > 0) nodeOk.fill(0);
  else if (!words.some(({ not }) => !not)) podOk.fill(0);
  return counted(nodeOk, podOk, pods.node);
}

function keep(flags: Uint8Array, wanted: Uint8Array, not: boolean): void {
  const drop = not ? 1 : 0;
  for (let i = 0; i < flags.length; i += 1) if (wanted[i] === drop) flags[i] = 0;
}

function counted(nodes: Uint8Array, pods: Uint8Array, nodeOf: Int32Array): Matches {
  let nodeCount = 0;
  let podCount = 0;
  for (let node = 0; node < nodes.length; node += 1) nodeCount += nodes[node]!;
  for (let pod = 0; pod < pods.length; pod += 1) {
    if (pods[pod] === 0) continue;
    podCount += 1;
    const node = nodeOf[pod]!;
    if (node >= 0 && nodes[node] === 0) nodes[node] = 2;
  }
  return { nodes, pods, nodeCount, podCount };
}

const present = (state: Uint8Array) => state.map((each) => (each === 0 ? 0 : 1));
const oneOf = (of: Uint8Array, states: readonly number[]) => of.map((state) => (states.includes(state) ? 1 : 0));

/** The flag of what each one points to. A loop: `Uint8Array.from` is ten times slower here. */
function through(of: Uint16Array | Uint32Array, flags: Uint8Array): Uint8Array {
  const found = new Uint8Array(of.length);
  for (let i = 0; i < of.length; i += 1) found[i] = flags[of[i]!]!;
  return found;
}

function nodeFlags({ shape, moment }: cluster.ClusterPicture, index: FilterIndex, term: FilterTerm): Uint8Array {
  if (term.kind === 'node-state') return oneOf(moment.nodes.state, term.states);
  if (term.kind === 'number') return numberFlags({ shape, moment }, term.field, term.comparison, term.value);
  if (term.kind !== 'name') return new Uint8Array(shape.nodes.name.length);
  if (term.field === 'zone') return through(shape.nodes.zone, markNamed(index.zones, term.values));
  if (term.field === 'pool') return through(shape.nodes.pool, markNamed(index.pools, term.values));
  return markNamed(index.nodes, term.values);
}

function podFlags(picture: cluster.ClusterPicture, index: FilterIndex, term: FilterTerm): Uint8Array {
  const { pods } = picture.moment;
  if (term.kind === 'pod-state') return oneOf(pods.state, term.states);
  if (term.kind !== 'name') return new Uint8Array(pods.count);
  if (term.field === 'workload') return through(pods.workload, markNamed(index.workloads, term.values));
  const flags = new Uint8Array(pods.count);
  for (const value of term.values) podTextFlags(picture, index, value).forEach((flag, pod) => flag === 1 && (flags[pod] = 1));
  return flags;
}

function nodeTextFlags({ shape }: cluster.ClusterPicture, index: FilterIndex, text: string): Uint8Array {
  const flags = new Uint8Array(shape.nodes.name.length);
  markContaining(index.nodes, text, flags);
  if (index.labels !== null) markContaining(index.labels, text, flags);
  return flags;
}

/** A pod without a name of its own is called after its workload: both parts are compared, nothing is spelled out. */
function podTextFlags({ shape, moment: { pods } }: cluster.ClusterPicture, index: FilterIndex, text: string): Uint8Array {
  const byWorkload = new Uint8Array(shape.workloads.length);
  markContaining(index.workloads, text, byWorkload);
  const flags = through(pods.workload, byWorkload);
  if (index.pods !== null) {
    markContaining(index.pods, text, flags);
    return flags;
  }
  const rests = new Map(shape.workloads.flatMap((name, i) => (text.startsWith(`${name.toLowerCase()}-`) ? [[i, text.slice(name.length + 1)] as const] : [])));
  if (rests.size > 0)
    for (let pod = 0; pod < pods.count; pod += 1) {
      const rest = rests.get(pods.workload[pod]!);
      if (rest !== undefined && podSuffix(pod, pods.life[pod]!).startsWith(rest)) flags[pod] = 1;
    }
  return flags;
}

function numberFlags({ shape, moment: { nodes, pods } }: cluster.ClusterPicture, field: NumberField, comparison: Comparison, bound: number): Uint8Array {
  const count = shape.nodes.name.length;
  const values = new Float64Array(count);
  if (field === 'pods') {
    for (let pod = 0; pod < pods.count; pod += 1) if (pods.node[pod]! >= 0) values[pods.node[pod]!] = values[pods.node[pod]!]! + 1;
  } else {
    const [part, whole] = field === 'memory' ? [nodes.memoryRequestedMib, shape.nodes.memoryMib] : [field === 'cpu' ? nodes.cpuUsedMillicores : nodes.cpuRequestedMillicores, shape.nodes.cpuMillicores];
    for (let i = 0; i < count; i += 1) values[i] = (100 * part[i]!) / whole[i]!;
  }
  const flags = new Uint8Array(count);
  for (let i = 0; i < count; i += 1) flags[i] = holds(values[i]!, comparison, bound) ? 1 : 0;
  return flags;
}

/** A share equals a bound when it reads so: to half a per cent. */
function holds(value: number, comparison: Comparison, bound: number): boolean {
  switch (comparison) {
    case '>':
      return value > bound;
    case '>=':
      return value >= bound;
    case '<':
      return value < bound;
    case '<=':
      return value <= bound;
    default:
      return Math.abs(value - bound) <= 0.5;
  }
}
