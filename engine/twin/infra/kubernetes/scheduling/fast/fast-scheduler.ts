/**
 * The scheduler for whole clusters: the same decisions as `decide` (a property test compares them), from
 * columns and tallies that follow every pod that comes and goes. One cycle looks at each node once and
 * allocates almost nothing.
 *
 * It knows neither nominated pods nor preemption: take a snapshot (`snapshotNow`) and ask the plain version.
 */
import { nextBelow, type Random } from '@/engine/kernel';
import type { Pod } from '../../api/pod';
import { defaultProfile, type SchedulerProfile } from '../profile';
import { nodesToFind } from '../schedule';
import { snapshotOf, type Snapshot, type SnapshotSpec } from '../snapshot';
import { applyEffect } from './affinity-tally';
import { allocationScorer, type AllocationScorer } from './allocation-score';
import { classOf } from './class-registry';
import { changeLoad, columnsOf, type NodeColumns } from './columns';
import type { TopologyDomains } from './domains';
import { enabledFilters, findFeasible, type Search } from './find-feasible';
import type { PodClass } from './pod-class';
import { scoreFeasible, scratchFor, type Scratch } from './score-feasible';
import { changeMatcher, type Matcher } from './spread-tally';

export type FastScheduler = {
  readonly profile: SchedulerProfile;
  readonly columns: NodeColumns;
  readonly search: Search;
  readonly scratch: Scratch;
  readonly spec: SnapshotSpec;
  readonly bare: Snapshot;
  readonly classes: Map<string, PodClass>;
  /** The class last found for a list of containers: pods of one template share it. */
  readonly classOfTemplate: WeakMap<Pod['containers'], PodClass>;
  readonly matchers: Map<string, Matcher>;
  readonly domains: Map<string, TopologyDomains>;
  readonly scorer: AllocationScorer;
  /** Pods that run, by `namespace/name`. */
  readonly running: Map<string, { readonly pod: Pod; readonly podClass: PodClass; readonly node: number }>;
  nextStart: number;
};

export function fastScheduler(spec: SnapshotSpec, profile: SchedulerProfile = defaultProfile()): FastScheduler {
  const columns = columnsOf(spec.nodes);
  const scheduler: FastScheduler = {
    profile,
    columns,
    search: { feasible: new Int32Array(spec.nodes.length), found: 0, looked: 0 },
    scratch: scratchFor(spec.nodes.length),
    spec,
    bare: snapshotOf({ ...spec, pods: [] }),
    classes: new Map(),
    classOfTemplate: new WeakMap(),
    matchers: new Map(),
    domains: new Map(),
    scorer: allocationScorer(columns, profile),
    running: new Map(),
    nextStart: 0,
  };
  for (const pod of spec.pods) {
    const node = columns.indexOf.get(pod.nodeName ?? '');
    if (node !== undefined) runPod(scheduler, pod, node);
  }
  return scheduler;
}

const nameOf = ({ namespace, name }: Pod) => `${namespace}/${name}`;

/** Places a pod and lets it run there: the node's index, or −1 when it fits nowhere. Ties are drawn from `random`. */
export function placePod(scheduler: FastScheduler, pod: Pod, random: Random): number {
  const podClass = classOf(scheduler, pod);
  const { columns, search, profile } = scheduler;
  const count = columns.nodes.length;
  findFeasible(search, podClass, columns, enabledFilters(profile), scheduler.nextStart, nodesToFind(count));
  if (count > 0) scheduler.nextStart = (scheduler.nextStart + search.looked) % count;
  if (search.found === 0) return -1;
  const node = search.found === 1 ? search.feasible[0]! : chooseBest(scheduler, podClass, random);
  start(scheduler, pod, podClass, node);
  return node;
}

function chooseBest({ search, columns, profile, scorer, scratch }: FastScheduler, podClass: PodClass, random: Random): number {
  const best = scoreFeasible(search, podClass, columns, profile.weights, scorer, scratch);
  let ties = 0;
  for (let i = 0; i < search.found; i += 1) if (scratch.total[i] === best) ties += 1;
  let skip = ties === 1 ? 0 : nextBelow(random, ties);
  for (let i = 0; i < search.found; i += 1) {
    if (scratch.total[i] !== best) continue;
    if (skip === 0) return search.feasible[i]!;
    skip -= 1;
  }
  return search.feasible[0]!;
}

/** A pod runs on a node without having been placed here. */
export function runPod(scheduler: FastScheduler, pod: Pod, node: number): void {
  const { nodeName: _, ...free } = pod;
  start(scheduler, pod, classOf(scheduler, free), node);
}

/** A pod is gone; false when it did not run. */
export function removePod(scheduler: FastScheduler, namespace: string, name: string): boolean {
  const entry = scheduler.running.get(`${namespace}/${name}`);
  if (entry === undefined) return false;
  scheduler.running.delete(`${namespace}/${name}`);
  change(scheduler, entry.podClass, entry.node, -1);
  return true;
}

/** The cluster as it is now, for the plain rules (preemption, explanations). */
export function snapshotNow({ spec, running, columns }: FastScheduler): Snapshot {
  const pods = [...running.values()].map(({ pod, node }) => ({ ...pod, nodeName: columns.nodes[node]!.name }));
  return snapshotOf({ ...spec, pods: [...pods, ...spec.pods.filter(({ nodeName }) => nodeName === undefined)] });
}

function start(scheduler: FastScheduler, pod: Pod, podClass: PodClass, node: number): void {
  removePod(scheduler, pod.namespace, pod.name);
  scheduler.running.set(nameOf(pod), { pod, podClass, node });
  change(scheduler, podClass, node, 1);
}

function change(scheduler: FastScheduler, podClass: PodClass, node: number, sign: 1 | -1): void {
  changeLoad(scheduler.columns, node, podClass.load, sign);
  for (const matcher of podClass.matchers) changeMatcher(matcher, node, sign);
  for (const effect of podClass.effects) applyEffect(effect, node, sign);
  const left = (podClass.onNode.get(node) ?? 0) + sign;
  if (left === 0) podClass.onNode.delete(node);
  else podClass.onNode.set(node, left);
}
